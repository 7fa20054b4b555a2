import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { StackFault } from '../fault';
import { fetchDebianRedis } from './debian';

/** A program that speaks Redis, and where its libraries are when they are not the system's. */
export interface RedisProgram {
  readonly file: string;
  readonly libraries?: string;
}

const names = ['redis-server', 'valkey-server'];

/**
 * Finds a Redis: on the PATH; else the one fetched before; else fetched now from Debian's or Ubuntu's packages
 * into `cache`, which needs no root. Elsewhere a person has to install it.
 */
export async function findRedis(cache: string, say: (line: string) => void): Promise<RedisProgram> {
  const installed = onPath(names);
  if (installed) return { file: installed };
  if (!onPath(['apt-get']) || !onPath(['dpkg-deb'])) throw notFound('none is installed');
  return fetchDebianRedis(cache, say).catch((error: Error) => {
    throw notFound(error.message);
  });
}

export function onPath(candidates: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const sbin = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/opt/homebrew/bin', '/usr/local/bin'];
  return [...folders, ...sbin]
    .flatMap(folder => candidates.map(name => join(folder, name)))
    .find(file => existsSync(file));
}

function notFound(reason: string): StackFault {
  const how = process.platform === 'darwin' ? 'brew install redis' : 'apt-get install redis-server';
  return new StackFault(
    `There is no Redis: ${reason}.`,
    `Install it (${how}), or set REDIS_URL to one of your own.`,
  );
}
