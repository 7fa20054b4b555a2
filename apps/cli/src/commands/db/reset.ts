import { rmSync } from 'node:fs';
import { Client } from 'pg';
import { confirmed } from '../../output/confirm';
import { marks, print, printJson } from '../../output/terminal';
import { assertStopped, withDatabase } from '../../state/database';
import { homeOf } from '../../state/home';
import { upgradeSchema } from '../../supervisor/schema';

const dropEverything = `
  drop schema if exists app, auth, storage, ops, hdb_catalog cascade;
  drop schema if exists public cascade;
  create schema public;
  grant usage on schema public to public;
`;

/** `nself db reset`: an empty schema instead of the one there is, and no objects. Asks first; the stack must be stopped. */
export async function reset({ yes, json }: { yes?: boolean; json?: boolean }): Promise<number> {
  const home = homeOf(process.env);
  assertStopped(home);
  if (!yes && !(await confirmed('This deletes all rows and all objects of this stack.'))) return 1;
  const applied = await withDatabase(home, async plan => {
    await run(plan.databaseUrl, dropEverything);
    return upgradeSchema(plan);
  });
  rmSync(home.objects, { recursive: true, force: true });
  if (json) printJson({ applied });
  else print(`${marks.good} The schema is new: ${applied.length} migrations applied.`);
  return 0;
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
