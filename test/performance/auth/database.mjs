// A migrated database for the bench of auth, as nself_auth sees it.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';

export async function authDatabase(serverUrl, migrations, require) {
  const name = `nself_bench_auth_${randomBytes(4).toString('hex')}`;
  const { bootstrapRoles, migrateUp } = require(join(migrations, 'index.js'));
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(`create database ${name}`);
  const own = new URL(serverUrl);
  own.pathname = `/${name}`;
  // The test suite uses the same words, because roles belong to the whole server and both may share one.
  await bootstrapRoles(own.href, { app: 'test-app', auth: 'test-auth', admin: 'test-admin' });
  await migrateUp(own.href);
  const asAuth = new URL(own.href);
  Object.assign(asAuth, { username: 'nself_auth', password: 'test-auth' });
  return {
    name,
    url: asAuth.href,
    drop: async () => {
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}
