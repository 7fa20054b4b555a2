import { Controller, Get, HttpCode, Module, Post, Res, type INestApplication } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { Response } from 'express';
import request from 'supertest';
import { randomUUID } from 'node:crypto';
import { testDatabase, type TestDatabase } from '../../../../test/support';
import { SafePool } from '../database';
import { Conflict } from '../errors';
import { createService } from '../http';
import { markEffect } from './effect';
import { IdempotencyInterceptor } from './idempotency.interceptor';
import { IdempotencyStore } from './idempotency-store';

/** What the routes do beside answering: each effect is a row, written in a transaction that is marked. */
class Ledger {
  beforeCommit = async (): Promise<void> => {};
  afterCommit = async (): Promise<void> => {};

  constructor(readonly pool: SafePool) {}

  async write(): Promise<string> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query(`insert into effects default values returning id`);
      await this.beforeCommit();
      await markEffect({ query: async (text, values) => (await client.query(text, values)).rows });
      await client.query('commit');
      await this.afterCommit();
      return rows[0].id;
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }
}

@Controller()
class LedgerController {
  constructor(private readonly ledger: Ledger) {}

  @Post('effects')
  async write(@Res({ passthrough: true }) response: Response): Promise<object> {
    response.setHeader('location', '/effects/7');
    return { id: await this.ledger.write(), text: 'naïve "quote"', at: 1.5 };
  }

  @Post('quiet')
  @HttpCode(204)
  async quiet(): Promise<void> {
    await this.ledger.write();
  }

  @Post('refused')
  refuse(): never {
    throw new Conflict();
  }

  @Get('effects')
  async read(): Promise<object> {
    return { id: await this.ledger.write() };
  }
}

describe('Idempotency-Key', () => {
  let database: TestDatabase;
  let pool: SafePool;
  let ledger: Ledger;
  let app: INestApplication;

  const post = (path: string, key: string, body: object = {}): request.Test =>
    request(app.getHttpServer()).post(path).set('idempotency-key', key).send(body);

  const effects = async (): Promise<number> => {
    const { rows } = await pool.query('select count(*)::integer as n from effects');
    return rows[0].n;
  };

  beforeAll(async () => {
    database = await testDatabase();
    pool = new SafePool({ connectionString: database.ownerUrl, max: 4 });
    await pool.query('create table effects (id uuid primary key default gen_random_uuid())');
    ledger = new Ledger(pool);
    const store = new IdempotencyStore(async (text, values) => (await pool.query(text, values)).rows);

    @Module({
      controllers: [LedgerController],
      providers: [
        { provide: Ledger, useValue: ledger },
        { provide: IdempotencyStore, useValue: store },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
    })
    class LedgerModule {}

    const service = { name: 'ledger', module: LedgerModule, settings: [], port: () => 0 };
    const env = { NODE_ENV: 'test', LOG_LEVEL: 'silent', TRUSTED_PROXIES: 'loopback' };
    ({ app } = await createService(service, env));
    await app.init();
  });

  beforeEach(async () => {
    ledger.beforeCommit = async () => {};
    ledger.afterCommit = async () => {};
    await pool.query('delete from effects');
  });

  afterAll(async () => {
    await app?.close();
    await pool?.end();
    await database?.drop();
  });

  it('replays status, headers and bytes, and does nothing twice', async () => {
    const key = randomUUID();
    const first = await post('/effects', key, { a: 1 }).expect(201);
    const second = await post('/effects', key, { a: 1 }).expect(201);
    expect(second.text).toBe(first.text);
    expect(second.headers).toMatchObject({ location: '/effects/7', 'idempotent-replayed': 'true' });
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(await effects()).toBe(1);
  });

  it('replays an answer without content', async () => {
    const key = randomUUID();
    await post('/quiet', key).expect(204);
    const second = await post('/quiet', key).expect(204);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(await effects()).toBe(1);
  });

  it('refuses another body under the same key', async () => {
    const key = randomUUID();
    await post('/effects', key, { a: 1 }).expect(201);
    const other = await post('/effects', key, { a: 2 }).expect(422);
    expect(other.body.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  it('keeps keys of other routes apart, and requests without key', async () => {
    const key = randomUUID();
    await post('/effects', key).expect(201);
    await post('/quiet', key).expect(204);
    await request(app.getHttpServer()).post('/effects').send({}).expect(201);
    expect(await effects()).toBe(3);
  });

  it('keeps strangers apart, who may choose the same key for the same wish', async () => {
    const key = randomUUID();
    const at = (address: string): request.Test =>
      post('/effects', key, { a: 1 }).set('x-forwarded-for', address).expect(201);
    const [first, other, again] = [await at('192.0.2.1'), await at('192.0.2.2'), await at('192.0.2.1')];
    expect(other.body.id).not.toBe(first.body.id);
    expect(again.text).toBe(first.text);
    expect(await effects()).toBe(2);
  });

  it('does not touch what only reads', async () => {
    const key = randomUUID();
    for (const _ of [1, 2])
      await request(app.getHttpServer()).get('/effects').set('idempotency-key', key).expect(200);
    expect(await effects()).toBe(2);
  });

  it('says that the first is still running', async () => {
    const key = randomUUID();
    let entered = (): void => {};
    let leave = (): void => {};
    const inside = new Promise<void>(resolve => (entered = resolve));
    const may = new Promise<void>(resolve => (leave = resolve));
    ledger.beforeCommit = async () => {
      entered();
      await may;
    };
    const first = post('/effects', key).then(answer => answer);
    await inside;
    const second = await post('/effects', key).expect(409);
    expect(second.body.code).toBe('IDEMPOTENCY_IN_FLIGHT');
    leave();
    expect((await first).status).toBe(201);
    await post('/effects', key).expect(201);
    expect(await effects()).toBe(1);
  });

  it('carries one of twenty racing requests out', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/effects', key)));
    expect(new Set(answers.map(each => each.status))).toEqual(
      new Set(answers.some(each => each.status === 409) ? [201, 409] : [201]),
    );
    expect(await effects()).toBe(1);
  });

  it('lets a refused request be tried again', async () => {
    const key = randomUUID();
    for (const _ of [1, 2]) expect((await post('/refused', key)).body.code).toBe('CONFLICT');
  });

  it('refuses a key that is none', async () => {
    await post('/effects', 'with blanks in it').expect(400);
    await post('/effects', 'x'.repeat(256)).expect(400);
    expect(await effects()).toBe(0);
  });

  const overdue = (): Promise<unknown> =>
    pool.query(`update ops.idempotency_keys set locked_until = now() - interval '1 second'`);

  it('carries a request out again that was killed before it took effect', async () => {
    const key = randomUUID();
    ledger.beforeCommit = () => Promise.reject(new Error('killed'));
    const store = app.get(IdempotencyStore);
    const release = jest.spyOn(store, 'release').mockResolvedValue();
    await post('/effects', key).expect(500);
    release.mockRestore();
    ledger.beforeCommit = async () => {};
    await post('/effects', key).expect(409);
    await overdue();
    await post('/effects', key).expect(201);
    expect(await effects()).toBe(1);
  });

  it('does nothing twice when it was killed between effect and answer', async () => {
    const key = randomUUID();
    ledger.afterCommit = () => Promise.reject(new Error('killed'));
    await post('/effects', key).expect(500);
    await overdue();
    const again = await post('/effects', key).expect(409);
    expect(again.body.code).toBe('IDEMPOTENCY_ANSWER_LOST');
    expect(await effects()).toBe(1);
  });

  it('does nothing twice when a slow request is overtaken', async () => {
    const key = randomUUID();
    ledger.beforeCommit = async () => {
      ledger.beforeCommit = async () => {};
      await overdue();
      await post('/effects', key).expect(201);
    };
    const slow = await post('/effects', key).expect(409);
    expect(slow.body.code).toBe('IDEMPOTENCY_IN_FLIGHT');
    expect(await effects()).toBe(1);
  });

  it('stores no answer that could be read, and no key', async () => {
    const key = randomUUID();
    await post('/effects', key).expect(201);
    const { rows } = await pool.query(
      `select k::text || encode(k.response_body, 'escape') as all from ops.idempotency_keys k`,
    );
    const text = rows.map(row => row.all).join();
    expect(text).not.toContain(key);
    expect(text).not.toContain('quote');
  });

  it('forgets after a day', async () => {
    await pool.query(`update ops.idempotency_keys set expires_at = now()`);
    await app.get(IdempotencyStore).purge();
    const { rowCount } = await pool.query('select from ops.idempotency_keys');
    expect(rowCount).toBe(0);
  });
});
