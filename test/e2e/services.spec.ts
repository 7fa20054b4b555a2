import { once } from 'node:events';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import sharp from 'sharp';
import { expectStatus, Person, send, testStack, type Answer, type TestStack } from '../support';
import { eventually } from './processes';

// Whole stacks come and go here, on machines that may be slow and busy.
jest.setTimeout(600_000);

const SERVICES = ['auth', 'api', 'graphql', 'stream-gateway', 'scheduler'];

interface Readiness {
  readonly status: string;
  readonly checks: Readonly<Record<string, string>>;
}

const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 9, height: 9, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();

/** Stands between the services and a server, and can be cut. */
class Relay {
  private readonly wires = new Set<Socket>();
  private server: Server;
  private port = 0;

  constructor(private readonly target: URL) {}

  async open(): Promise<string> {
    this.server = createServer(wire =>
      this.join(wire, connect(Number(this.target.port), this.target.hostname)),
    );
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
    return Object.assign(new URL(this.target), { host: `127.0.0.1:${this.port}` }).href;
  }

  async cut(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const wire of this.wires) wire.destroy();
    await closed;
  }

  private join(one: Socket, other: Socket): void {
    for (const [wire, peer] of [
      [one, other],
      [other, one],
    ] as const) {
      this.wires.add(wire);
      wire.on('error', () => peer.destroy());
      wire.on('close', () => {
        this.wires.delete(wire);
        peer.destroy();
      });
      wire.pipe(peer);
    }
  }
}

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE_ID}-00f067aa0ba902b7-01`;

describe('the services together', () => {
  const postgres = new Relay(new URL(process.env.TEST_DATABASE_URL ?? ''));
  const redis = new Relay(new URL(process.env.TEST_REDIS_URL ?? ''));
  let stack: TestStack;

  beforeAll(async () => {
    process.env.TEST_DATABASE_URL = await postgres.open();
    process.env.TEST_REDIS_URL = await redis.open();
    stack = await testStack(SERVICES);
  }, 300_000);
  afterAll(async () => {
    await stack?.stop();
    await Promise.all([postgres.cut(), redis.cut()]);
  });

  it('carry one trace from the request into the trail, the job, and the log of whoever works on it', async () => {
    const person = await Person.register(stack, 'Tracy');
    const form = new FormData();
    form.append('file', new Blob([await picture()], { type: 'image/png' }), 'a.png');
    const headers = { traceparent: TRACEPARENT };
    const answer = expectStatus(await person.call('api', '/v1/storage/upload', { form, headers }), 201);
    expect(answer.headers.get('traceparent')).toContain(TRACE_ID);
    expect(
      await rows('select distinct trace_id from ops.audit_events where type = $1', 'media.uploaded'),
    ).toEqual([{ trace_id: expect.stringContaining(TRACE_ID) }]);
    expect(await rows('select trace_id from ops.jobs where family_id = $1', person.familyId)).toEqual([
      { trace_id: expect.stringContaining(TRACE_ID) },
    ]);
    await rows(`insert into ops.jobs (name, trace_id) values ('nobody.can', $1) returning id`, TRACEPARENT);
    await eventually(() => {
      const log = readFileSync(join(stack.folder, 'scheduler.log'), 'utf8').split('\n');
      expect(log.filter(line => line.includes('nobody.can') && line.includes(TRACE_ID))).not.toEqual([]);
    });
  });

  const rows = async (text: string, value: string): Promise<unknown[]> => {
    const client = new Client({ connectionString: stack.database.ownerUrl });
    await client.connect();
    try {
      return (await client.query(text, [value])).rows;
    } finally {
      await client.end();
    }
  };

  const ready = (service: string): Promise<Answer<Readiness>> =>
    send<Readiness>(stack.url(service, '/ready'));

  /** Waits until every service says so, and sees that none of them is restarted for it. */
  async function allSay(status: number, about: Readonly<Record<string, string>>): Promise<void> {
    for (const service of SERVICES) {
      await eventually(async () => {
        const answer = await ready(service);
        expect({ service, status: answer.status, checks: answer.body.checks }).toEqual({
          service,
          status,
          checks: expect.objectContaining(about),
        });
      });
      expect((await send(stack.url(service, '/health'))).status).toBe(200);
    }
  }

  it('name in /ready what each leans on', async () => {
    await allSay(200, { postgres: 'up', redis: 'up' });
    for (const service of ['api', 'scheduler']) expect((await ready(service)).body.checks.objects).toBe('up');
  });

  it('say 503 while Postgres is away, and 200 when it is back', async () => {
    await postgres.cut();
    await allSay(503, { postgres: 'down' });
    await postgres.open();
    await allSay(200, { postgres: 'up' });
  });

  it('go on without Redis, and say so', async () => {
    await redis.cut();
    await allSay(200, { redis: 'degraded', postgres: 'up' });
    await redis.open();
    await allSay(200, { redis: 'up' });
  });

  it('say 503 where files are out of reach', async () => {
    const objects = join(stack.folder, 'objects');
    renameSync(objects, `${objects}.away`);
    writeFileSync(objects, 'no folder');
    await eventually(async () => {
      const { status, body } = await ready('api');
      expect({ status, ...body.checks }).toMatchObject({ status: 503, objects: 'down', postgres: 'up' });
    });
    rmSync(objects);
    renameSync(`${objects}.away`, objects);
    await eventually(async () => expect((await ready('api')).status).toBe(200));
  });
});
