import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readIfThere, replaceFile } from './files';
import type { Home } from './home';

/**
 * The password of one of our own servers. It lies beside the server's data and not in `.env`: whoever throws one of
 * the two away must not be locked out of the other.
 */
export function serverPassword(home: Home, server: 'postgres' | 'redis'): string {
  const file = join(home.state, `${server}.password`);
  const known = readIfThere(file);
  if (known) return known;
  const made = randomBytes(24).toString('hex');
  replaceFile(file, made);
  return made;
}
