import { createService, type Environment } from '@nself/kernel';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { testDatabase, testRedis, type TestDatabase } from '../../../test/support';
import { graphqlService } from './service';

export const SECRET = 'a-secret-of-the-house-0123456789';
const ISSUER = 'https://auth.example';

/** The claims that matter to the engine. */
export interface Person {
  readonly userId: string;
  readonly familyId?: string;
  readonly role: string;
  readonly seconds?: number;
}

/** The GraphQL service as part of the house, in this process, with a key server of its own. */
export class House {
  private constructor(
    readonly url: string,
    readonly database: TestDatabase,
    private readonly key: CryptoKey,
    private readonly closing: readonly (() => Promise<void>)[],
  ) {}

  static async open(extra: Environment = {}): Promise<House> {
    const database = await testDatabase();
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
    const keys = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
    const env = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      APP_DATABASE_URL: database.appUrl,
      ADMIN_DATABASE_URL: database.adminUrl,
      REDIS_URL: testRedis().url,
      AUTH_JWKS_URL: await listen(keys),
      AUTH_JWT_ISSUER: ISSUER,
      HASURA_GRAPHQL_ADMIN_SECRET: SECRET,
      ...extra,
    };
    const { app } = await createService(graphqlService(env), env);
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    return new House(url, database, privateKey, [
      () => app.close(),
      () => close(keys),
      () => database.drop(),
    ]);
  }

  async close(): Promise<void> {
    for (const step of this.closing) await step();
  }

  /** As the owner of the schema, behind the engine's back. */
  async rows(text: string): Promise<readonly Record<string, unknown>[]> {
    const client = new Client({ connectionString: this.database.ownerUrl });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  }

  token({ userId, familyId, role, seconds = 600 }: Person): Promise<string> {
    const claims = {
      'x-hasura-user-id': userId,
      ...(familyId === undefined ? {} : { 'x-hasura-family-id': familyId }),
      'x-hasura-default-role': role,
      'x-hasura-allowed-roles': [role, 'user', 'me'],
    };
    return new SignJWT({ sid: randomUUID(), 'https://hasura.io/jwt/claims': claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: 'JWT' })
      .setSubject(userId)
      .setIssuer(ISSUER)
      .setAudience('nself')
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
      .sign(this.key);
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<unknown> {
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return response.json();
  }

  admin(path: string, body: unknown): Promise<unknown> {
    return this.post(path, body, { 'x-hasura-admin-secret': SECRET });
  }

  async ask(person: Person, query: string, variables: object = {}): Promise<unknown> {
    return this.post(
      '/v1/graphql',
      { query, variables },
      { authorization: `Bearer ${await this.token(person)}` },
    );
  }
}

function listen(server: Server): Promise<string> {
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

const close = (server: Server): Promise<void> => new Promise(resolve => void server.close(() => resolve()));
