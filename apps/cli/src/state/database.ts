import { join } from 'node:path';
import { nextFreePort, PostgresServer, runServer, StackFault, type StackPlan } from '@nself/dev-stack';
import { serverPorts } from '../plan/ports';
import { ensureDatabase } from '../supervisor/schema';
import { databaseAddress } from './addresses';
import { prepareHome, type Home } from './home';
import { releaseLock, takeLock } from './lock';
import { serverPassword } from './password';
import { liveRun } from './run';
import { completeSecrets, readSettings } from './settings-file';

/**
 * Lends the stack's database to `work`, as its owner: the configured one, the one of the running stack, or else our own
 * Postgres, which then runs for as long as the work takes.
 */
export async function withDatabase<T>(home: Home, work: (plan: StackPlan) => Promise<T>): Promise<T> {
  prepareHome(home);
  completeSecrets(home, process.env);
  const running = databaseAddress(home);
  if (running) return work(planOf(home, running));
  return withServer(home, work);
}

/** @throws StackFault while the stack runs: its services must not see the schema go away under them. */
export function assertStopped(home: Home): void {
  if (!liveRun(home)) return;
  throw new StackFault('The stack is running.', 'End it first with ./nself stop.');
}

async function withServer<T>(home: Home, work: (plan: StackPlan) => Promise<T>): Promise<T> {
  takeLock(home);
  try {
    const port = await nextFreePort(serverPorts.postgres.preferred);
    const password = serverPassword(home, 'postgres');
    const server = new PostgresServer({ home: home.postgres, port, password });
    const running = await runServer(server, { logFile: join(home.logs, 'postgres.log') });
    try {
      await ensureDatabase(server, 'nself');
      return await work(planOf(home, server.url('nself')));
    } finally {
      await running.stop();
    }
  } finally {
    releaseLock(home);
  }
}

function planOf(home: Home, databaseUrl: string): StackPlan {
  const given = readSettings(home, process.env);
  return { given, databaseUrl, redisUrl: '', ports: {}, objects: home.objects };
}
