import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The account that a server runs under. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Postgres refuses to run as root. When we are root, this is the account it gets instead:
 * `postgres` where there is one, otherwise `nobody`. An ordinary user keeps their own: undefined.
 */
export function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = accounts(readFileSync('/etc/passwd', 'utf8'));
  const account = known.get('postgres') ?? known.get('nobody');
  if (!account) throw new Error('neither the user "postgres" nor "nobody" exists');
  return account;
}

/** The lines of passwd(5) by name. */
export function accounts(passwd: string): Map<string, Account> {
  const rows = passwd.split('\n').map(line => line.split(':'));
  return new Map(
    rows
      .filter(row => row.length >= 7)
      .map(([name = '', , uid, gid]) => [name, { name, uid: Number(uid), gid: Number(gid) }]),
  );
}

/** The first folder on the way to `path` that the account may not pass through, if there is one. */
export function barrier(path: string, account: Account): string | undefined {
  const blocked = mayPass(path, account) ? undefined : path;
  const parent = dirname(path);
  return (parent === path ? undefined : barrier(parent, account)) ?? blocked;
}

function mayPass(folder: string, account: Account): boolean {
  const { uid, gid, mode } = statSync(folder);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & 1) === 1;
}
