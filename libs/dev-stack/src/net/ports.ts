import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { StackFault } from '../fault';
import { reservePort } from './reservation';

/** Can a server listen there now? */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** Promises a port to this process, if nobody listens there and no other stack was promised it. */
export async function claimPort(port: number, host?: string): Promise<boolean> {
  return (await isPortFree(port, host)) && reservePort(port);
}

/** The first port from `from` on that can be had and is not in `taken`; it is promised to this process. */
export async function nextFreePort(
  from: number,
  { host, taken = new Set<number>() }: { host?: string; taken?: ReadonlySet<number> } = {},
): Promise<number> {
  for (let port = from; port <= 65_535; port++) {
    if (!taken.has(port) && (await claimPort(port, host))) return port;
  }
  throw new StackFault(
    `There is no free port from ${from} on.`,
    'End programs that hold ports you do not need.',
  );
}

/** What this process drew: a port that was promised to it is still free until it listens there. */
const drawn = new Set<number>();

/**
 * Some port, promised to this process and never drawn before: below those that systems give to outgoing connections,
 * which never ask.
 */
export async function anyFreePort(host?: string): Promise<number> {
  for (let attempt = 0; attempt < 1_000; attempt++) {
    const port = randomInt(20_000, 32_000);
    if (drawn.has(port)) continue;
    drawn.add(port);
    if (await claimPort(port, host)) return port;
  }
  throw new StackFault(
    'There is no free port between 20000 and 32000.',
    'End programs that hold such ports.',
  );
}
