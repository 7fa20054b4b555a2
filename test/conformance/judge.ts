import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { graphqlService } from '../../apps/graphql/src/service';
import { createService } from '../../libs/kernel/src';
import { emptyDatabase } from '../support';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..');

/** Where Hasura's own cases lie, beside the checkout. */
export const SUITE = join(ROOT, '..', 'shared', 'hasura-conformance');
export const suiteIsThere = existsSync(join(SUITE, 'run.mjs'));

export interface Verdict {
  readonly id: string;
  readonly area: string;
  readonly result: 'PASS' | 'FAIL' | 'SKIP';
  /** Whether error codes, paths and messages are Hasura's too. */
  readonly strict: boolean;
  readonly reason?: string;
}

export interface Hearing {
  readonly profile: string;
  readonly areas: readonly string[];
  /** Only these groups of the areas. */
  readonly groups?: readonly string[];
  /** What the database has beyond a plain Postgres, as the runner names it. */
  readonly provide?: string;
  /** Ten ports from here on are for the runner's helper servers. */
  readonly helperPort: number;
}

/** Serves the engine on a scratch database as a profile wants it, and has Hasura's cases of some areas judged. */
export async function judge(hearing: Hearing): Promise<readonly Verdict[]> {
  const { profile, helperPort } = hearing;
  const folder = mkdtempSync(join(tmpdir(), 'nself-conformance-'));
  const database = await emptyDatabase();
  try {
    cpSync(SUITE, folder, { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const common = ['run.mjs', '--profile', profile, '--helper-port', String(helperPort)];
    const { stdout } = await run(process.execPath, [...common, '--print-env'], { cwd: folder });
    return await serve({ ...environmentIn(stdout), HASURA_GRAPHQL_DATABASE_URL: database.ownerUrl }, url =>
      ask(folder, [...common, ...choice(hearing), '--url', url]),
    );
  } finally {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const choice = ({ areas, groups = [], provide }: Hearing): string[] => [
  ...areas.flatMap(area => ['--area', area]),
  ...groups.flatMap(group => ['--only', `${group} ::`]),
  ...(provide === undefined ? [] : ['--provide', provide]),
];

const SECRET = 'a-secret-for-the-judge-0123456789';

async function serve<T>(env: Record<string, string>, work: (url: string) => Promise<T>): Promise<T> {
  const own = { NODE_ENV: 'test', LOG_LEVEL: 'silent', HASURA_GRAPHQL_ADMIN_SECRET: SECRET };
  const full = { ...env, ...own };
  const { app } = await createService(graphqlService(full), full);
  try {
    await app.listen(0, '127.0.0.1');
    return await work(await app.getUrl());
  } finally {
    await app.close();
  }
}

async function ask(folder: string, args: readonly string[]): Promise<readonly Verdict[]> {
  const report = join(folder, 'report.json');
  const options = ['--secret', SECRET, '--helpers', '--quiet', '--json', report];
  await run(process.execPath, [...args, ...options], { cwd: folder, maxBuffer: 1 << 28 }).catch(onlyFailures);
  const { cases } = JSON.parse(readFileSync(report, 'utf8')) as { cases: (Verdict & { case: string })[] };
  return cases;
}

/** Exit status 1 means that cases failed, which the report tells better. */
function onlyFailures(error: unknown): void {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 1) return;
  throw error;
}

function environmentIn(text: string): Record<string, string> {
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map(line => [line.slice(0, line.indexOf('=')), unquoted(line.slice(line.indexOf('=') + 1))]),
  );
}

const unquoted = (text: string): string => (text.startsWith('"') ? String(JSON.parse(text)) : text);
