import { createServer } from 'node:net';

/** Can a server listen there now? */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The first free port from `from` on that is not in `taken` either. */
export async function nextFreePort(
  from: number,
  { host = '127.0.0.1', taken = new Set<number>() }: { host?: string; taken?: ReadonlySet<number> } = {},
): Promise<number> {
  for (let port = from; port <= 65_535; port++) {
    if (!taken.has(port) && (await isPortFree(port, host))) return port;
  }
  throw new Error(`no free port from ${from} on`);
}

/** A port that the system hands out: free now, and unlikely to be handed out again soon. */
export function anyFreePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host }, () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
