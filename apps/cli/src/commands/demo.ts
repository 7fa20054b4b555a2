import { StackFault } from '@nself/dev-stack';
import type { Demo, Services } from '../../../../seeds';
import { colours, isInteractive, marks, print, printJson, table } from '../output/terminal';
import { homeOf } from '../state/home';
import { liveRun, type Run } from '../state/run';
import { readSettings } from '../state/settings-file';

const query =
  '{ posts(order_by: {created_at: desc}, limit: 3) { body author { displayName } comments { body } } }';

const NAMED_KINDS = 6;

/** `nself demo`: fills the running stack with two families, once, and prints how to sign in. */
export async function demo({ json }: { json?: boolean }): Promise<number> {
  const home = homeOf(process.env);
  const run = liveRun(home);
  if (!run) throw new StackFault('The stack is not running.', 'Start it with ./nself start --detach.');
  if (readSettings(home, process.env).NODE_ENV === 'production') {
    throw new StackFault(
      'The demo world has known passwords; this stack runs in production.',
      'Use another stack.',
    );
  }
  const { loadDemo } = await import('../../../../seeds/index.js');
  const world = await loadDemo(servicesOf(run), what =>
    json ? undefined : print(`  ${marks.good} ${what}`),
  );
  if (json) printJson({ ...world, query });
  else show(run, world);
  return 0;
}

function servicesOf({ addresses }: Run): Services {
  if (!(addresses.auth && addresses.api && addresses.graphql)) {
    throw new StackFault('The demo needs auth, api and graphql.', 'Start the stack without NSELF_SERVICES.');
  }
  return { url: (service, path = '') => `${addresses[service]}${path}` };
}

function show({ addresses }: Run, { accounts, counts }: Demo): void {
  print(`\n  ${summary(counts)}\n`);
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

/** The whole list is long, and `--json` has it. */
function summary(counts: Demo['counts']): string {
  const kinds = Object.entries(counts).sort(([, one], [, other]) => other - one);
  if (kinds.length === 0) return 'The demo world is there already.';
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  const most = kinds.slice(0, NAMED_KINDS).map(([what, count]) => `${count} ${what}`);
  return `${total} things of ${kinds.length} kinds: ${most.join(', ')} and more.`;
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
