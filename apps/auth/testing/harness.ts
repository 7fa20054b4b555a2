import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Type } from '@nestjs/common';
import { createService } from '@nself/kernel';
import { Client } from 'pg';
import { anyFreePort, testDatabase, testRedis, type TestDatabase } from '../../../test/support';
import { authService } from '../src/auth.service';
import { Browser, newEmail, PASSWORD } from './browser';
import { Mailbox } from './mailbox';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PRIVATE_KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** An auth service of its own, on a database of its own, spoken to over HTTP. */
export interface RunningAuth {
  url: string;
  database: TestDatabase;
  redisUrl: string;
  mailbox: Mailbox;
  /** The service's own parts, for what HTTP would be too slow a way to. */
  part: <T>(type: Type<T>) => T;
  /** A client without any token. */
  browser(): Browser;
  /** Somebody who has just signed up, with a family of their own. */
  newcomer(name?: string): Promise<Browser>;
  /** Somebody who joins the owner's family with this role. */
  member(owner: Browser, role: string): Promise<Browser>;
  /** As if the codes that apps have shown until now had never been: a third of them within a minute is refused else. */
  forgetShownCodes(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts auth in this process on a free port. `environment` overrides what the tests usually say. */
export async function startAuth(environment: Record<string, string> = {}): Promise<RunningAuth> {
  const database = await testDatabase();
  const redis = testRedis();
  const mailbox = await Mailbox.open();
  const port = environment.AUTH_PORT ? Number(environment.AUTH_PORT) : await anyFreePort();
  const url = `http://127.0.0.1:${port}`;
  const { app } = await createService(authService, {
    ...defaults(database, redis.url),
    AUTH_URL: url,
    SMTP_PORT: String(mailbox.port),
    ...environment,
  });
  await app.listen(port, '127.0.0.1');
  const enter = (name: string | undefined, invitation?: string): Promise<Browser> =>
    new Browser(url).enter('/v1/auth/register', { email: newEmail(name), password: PASSWORD, invitation });
  return {
    url,
    database,
    redisUrl: redis.url,
    mailbox,
    part: type => app.get(type, { strict: false }),
    browser: () => new Browser(url),
    newcomer: name => enter(name),
    member: async (owner, role) => {
      const path = `/v1/families/${owner.familyId}/invitations`;
      const { body } = await owner.post<{ token: string }>(path, { role });
      return enter(role.toLowerCase(), body.token);
    },
    forgetShownCodes: () => ownerDoes(database, 'delete from auth.totp_uses'),
    stop: async () => {
      await app.close();
      await mailbox.close();
      await database.drop();
    },
  };
}

const defaults = (database: TestDatabase, redisUrl: string): Record<string, string> => ({
  NODE_ENV: 'test',
  LOG_LEVEL: 'warn',
  AUTH_DATABASE_URL: database.authUrl,
  REDIS_URL: redisUrl,
  AUTH_JWT_PRIVATE_KEY: PRIVATE_KEY,
  MASTER_KEY: randomBytes(32).toString('hex'),
  AUTH_ARGON2_MEMORY_KIB: '1024',
  // All specs come from one address and share what is counted of it.
  AUTH_RATE_LIMIT_GLOBAL_BURST: '100000',
  AUTH_RATE_LIMIT_SIGNUPS_BURST: '10000',
  AUTH_RATE_LIMIT_BRUTE_FORCE_BURST: '10000',
});

async function ownerDoes({ ownerUrl }: TestDatabase, statement: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}
