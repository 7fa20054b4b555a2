import { createServer, type Server } from 'node:net';
import { anyFreePort, isPortFree, nextFreePort } from './ports';

const listen = (port: number): Promise<Server> =>
  new Promise(resolve => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server));
  });

describe('ports', () => {
  it('passes over a taken port, and over one that is promised to somebody else', async () => {
    const port = await anyFreePort();
    const server = await listen(port);
    expect(await isPortFree(port)).toBe(false);
    const next = await nextFreePort(port);
    expect(next).toBeGreaterThan(port);
    expect(await nextFreePort(port, { taken: new Set([next]) })).toBeGreaterThan(next);
    await new Promise(closed => server.close(closed));
    expect(await isPortFree(port)).toBe(true);
  });
});
