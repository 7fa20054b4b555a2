import { Controller, Get, Module, Req } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import {
  appDatabaseSettings,
  connectRedis,
  createService,
  Public,
  redisSettings,
  SafePool,
  type PrincipalRequest,
} from '@nself/kernel';
import { setTimeout as wait } from 'node:timers/promises';
import request from 'supertest';
import { testDatabase, testRedis, type TestDatabase, type TestRedis } from '../../../test/support';
import type { Actor } from './actor';
import { CurrentActor, Roles } from './guards';
import { IdentityModule } from './identity.module';
import { identitySettings } from './identity.settings';
import { REVOCATION_CHANNEL, Revocations } from './revocations';
import { KeySource, LocalKeys } from './tokens';
import {
  AUDIENCE,
  claims,
  FAMILY,
  hmacForged,
  ISSUER,
  signer,
  SESSION,
  USER,
  type Signer,
} from './tokens/token.fixture';

@Controller()
class DoorsController {
  @Get('closed')
  closed(@CurrentActor() actor: Actor): object {
    return { userId: actor.userId, role: actor.role };
  }

  @Public()
  @Get('open')
  open(@CurrentActor() actor: Actor, @Req() { principal }: PrincipalRequest): object {
    return { kind: actor.kind, principal };
  }

  @Roles('owner', 'admin_member')
  @Get('admins')
  admins(): string {
    return 'welcome';
  }
}

/** Asks until the answer is as wished; the deadline of the test is the limit. */
async function until(wished: () => Promise<boolean>): Promise<void> {
  while (!(await wished())) await wait(20);
}

describe('a service that knows who is asking', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let owner: SafePool;
  let keys: Signer;
  let app: NestExpressApplication;

  const get = (path: string, token?: string): request.Test => {
    const asked = request(app.getHttpServer()).get(path);
    return token === undefined ? asked : asked.set('authorization', `Bearer ${token}`);
  };

  const sessionToken = (sid: string): Promise<string> => keys.sign(claims({ sid }));

  beforeAll(async () => {
    [database, keys] = await Promise.all([testDatabase(), signer()]);
    redis = testRedis();
    owner = new SafePool({ connectionString: database.ownerUrl, max: 1 });
    const { jwks } = keys;

    @Module({
      imports: [
        IdentityModule.forRoot({ keys: { provide: KeySource, useFactory: () => new LocalKeys(() => jwks) } }),
      ],
      controllers: [DoorsController],
    })
    class DoorsModule {}

    const settings = [identitySettings, redisSettings, appDatabaseSettings];
    const env = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      AUTH_JWT_ISSUER: ISSUER,
      AUTH_JWT_AUDIENCE: AUDIENCE,
      REDIS_URL: redis.url,
      APP_DATABASE_URL: database.appUrl,
    };
    ({ app } = await createService({ name: 'doors', module: DoorsModule, settings, port: () => 0 }, env));
    await app.init();
  });

  afterAll(async () => {
    await app?.close();
    await owner?.end();
    await database?.drop();
  });

  it('closes every route that does not say otherwise', async () => {
    const refused = await get('/closed').expect(401);
    expect(refused.body).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(refused.headers['www-authenticate']).toBe('Bearer');
    const answer = await get('/closed', await keys.sign()).expect(200);
    expect(answer.body).toEqual({ userId: USER, role: 'adult' });
  });

  it('takes tokens from the header only', async () => {
    const token = await keys.sign();
    await request(app.getHttpServer()).get(`/closed?access_token=${token}&token=${token}`).expect(401);
    await request(app.getHttpServer()).get('/closed').set('cookie', `token=${token}`).expect(401);
    await request(app.getHttpServer()).get('/closed').set('authorization', `Basic ${token}`).expect(401);
  });

  it('tells an expired token from a bad one', async () => {
    const expired = await keys.sign(claims({ exp: 1_000_000_000 }));
    expect((await get('/closed', expired).expect(401)).body.code).toBe('TOKEN_EXPIRED');
    expect((await get('/closed', hmacForged(keys.publicPem)).expect(401)).body.code).toBe('UNAUTHENTICATED');
  });

  it('opens public routes to everybody, and knows there who is known', async () => {
    expect((await get('/open').expect(200)).body).toEqual({ kind: 'anonymous' });
    expect((await get('/open', 'nonsense').expect(200)).body).toEqual({ kind: 'anonymous' });
    const known = await get('/open', await keys.sign()).expect(200);
    expect(known.body).toEqual({ kind: 'user', principal: `${USER} ${FAMILY}` });
    const machine = await get('/open', await keys.sign(claims({ kind: 'machine' }))).expect(200);
    expect(machine.body.principal).toBe(`${USER} ${FAMILY} ${SESSION}`);
  });

  it('opens routes for roles to those roles', async () => {
    const owner = claims({}, { 'x-hasura-default-role': 'owner', 'x-hasura-allowed-roles': ['owner'] });
    await get('/admins', await keys.sign(owner)).expect(200);
    expect((await get('/admins', await keys.sign()).expect(403)).body.code).toBe('FORBIDDEN');
    await get('/admins').expect(401);
  });

  it('refuses a session that Redis tells to be over', async () => {
    const sid = '0190c0de-0000-7000-8000-0000000000a1';
    const token = await sessionToken(sid);
    await get('/closed', token).expect(200);
    const teller = connectRedis(redis.url);
    await teller.publish(
      REVOCATION_CHANNEL,
      JSON.stringify({ kind: 'session', sessionId: sid, at: Date.now() }),
    );
    await until(async () => (await get('/closed', token)).status === 401);
    teller.disconnect();
  });

  it('refuses a session that only Postgres knows to be over', async () => {
    const sid = '0190c0de-0000-7000-8000-0000000000a2';
    const token = await sessionToken(sid);
    await get('/closed', token).expect(200);
    const heard: unknown[] = [];
    app.get(Revocations).onRevoked(each => heard.push(each));
    await owner.query(
      `insert into auth.revocations (kind, session_id, expires_at) values ('session', $1, now() + interval '1 hour')`,
      [sid],
    );
    await until(async () => (await get('/closed', token)).status === 401);
    expect(heard).toEqual([expect.objectContaining({ kind: 'session', sessionId: sid })]);
  });

  it('refuses everybody when it cannot tell any more who was thrown out', async () => {
    const token = await keys.sign();
    await owner.query('revoke execute on function app.live_revocations() from nself_app');
    await until(async () => (await get('/closed', token)).status === 503);
    expect((await get('/closed', token)).body.code).toBe('REVOCATIONS_STALE');
    await owner.query('grant execute on function app.live_revocations() to nself_app');
    await until(async () => (await get('/closed', token)).status === 200);
  });
});
