import type { Home } from './home';
import { serverPassword } from './password';
import { liveRun } from './run';
import { readSettings } from './settings-file';

/** The database of the stack as its owner: the configured one, else that of the running stack; undefined without either. */
export function databaseAddress(home: Home): string | undefined {
  const configured = readSettings(home, process.env).DATABASE_URL;
  const address = liveRun(home)?.addresses.postgres;
  return configured || (address && withPassword(address, 'postgres', serverPassword(home, 'postgres')));
}

/** The Redis of the stack, with its password; undefined when none is configured and the stack does not run. */
export function redisAddress(home: Home): string | undefined {
  const configured = readSettings(home, process.env).REDIS_URL;
  const address = liveRun(home)?.addresses.redis;
  return configured || (address && withPassword(address, '', serverPassword(home, 'redis')));
}

function withPassword(address: string, username: string, password: string): string {
  return Object.assign(new URL(address), { username, password }).href;
}
