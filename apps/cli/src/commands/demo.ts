import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { StackFault } from '@nself/dev-stack';
import type { Demo } from '../../../../seeds';
import { colours, isInteractive, marks, print, printJson, table } from '../output/terminal';
import { readIfThere, replaceFile } from '../state/files';
import { homeOf, type Home } from '../state/home';
import { liveRun, type Run } from '../state/run';

const query = `{ posts(order_by: {created_at: desc}) { body author { display_name } comments { body } } }`;

/** `nself demo`: fills the running stack with two families, once, and prints how to sign in. */
export async function demo({ json }: { json?: boolean }): Promise<number> {
  const home = homeOf(process.env);
  const run = liveRun(home);
  if (!run) throw new StackFault('The stack is not running.', 'Start it with ./nself start --detach.');
  const world = await knownOrNew(home, run, Boolean(json));
  if (json) printJson({ ...world, query });
  else show(run, world);
  return 0;
}

/** The passwords are random; so that they can be shown again they are kept beside the data that they open. */
async function knownOrNew(home: Home, run: Run, json: boolean): Promise<Demo> {
  const { loadDemo } = await import('../../../../seeds/index.js');
  const file = join(home.state, 'demo.json');
  const known = readIfThere(file);
  if (known && (await stillThere(run, JSON.parse(known) as Demo))) return JSON.parse(known) as Demo;
  const world = await loadDemo(
    addressesOf(run),
    () => randomBytes(12).toString('base64url'),
    what => (json ? undefined : print(`  ${marks.good} ${what}`)),
  );
  replaceFile(file, JSON.stringify(world, null, 2));
  return world;
}

async function stillThere(run: Run, { accounts: [first] }: Demo): Promise<boolean> {
  const { Person, Refused } = await import('../../../../seeds/index.js');
  if (!first) return false;
  try {
    await Person.signIn(addressesOf(run), first);
    return true;
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return false;
    throw error;
  }
}

function addressesOf({ addresses }: Run): { auth: string; api: string; graphql: string } {
  const { auth, api, graphql } = addresses;
  if (auth && api && graphql) return { auth, api, graphql };
  throw new StackFault('The demo needs auth, api and graphql.', 'Start the stack without NSELF_SERVICES.');
}

function show({ addresses }: Run, { accounts, counts }: Demo): void {
  const made = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  print(`\n  ${made.join(', ')}\n`);
  const rows = accounts.map(one => [
    one.family,
    one.displayName ?? '',
    one.role,
    colours.cyan(one.email),
    one.password,
  ]);
  print(table(['family', 'name', 'role', 'e-mail', 'password'], rows));
  const [first] = accounts;
  if (first)
    print(`\n  A first question, as ${first.displayName}:\n\n${indented(firstQuestion(addresses, first))}`);
  if (isInteractive()) print(colours.dim(`\n  Or open ${addresses.graphql}/console.`));
}

function firstQuestion(addresses: Run['addresses'], { email, password }: Demo['accounts'][number]): string {
  return [
    `TOKEN=$(curl -s ${addresses.auth}/v1/auth/login -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify({ email, password })}' | node -pe 'JSON.parse(fs.readFileSync(0)).accessToken')`,
    `curl -s ${addresses.graphql}/v1/graphql -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify({ query })}'`,
  ].join('\n');
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ');
}
