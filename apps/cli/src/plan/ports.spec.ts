import { anyFreePort } from '@nself/dev-stack';
import { createServer, type Server } from 'node:net';
import { choosePorts } from './ports';

const host = '127.0.0.1';
const listen = (port: number): Promise<Server> =>
  new Promise(resolve => {
    const server = createServer().listen(port, host, () => resolve(server));
  });

describe('ports of a stack', () => {
  let taken: number;
  let blocker: Server;
  beforeAll(async () => {
    taken = await anyFreePort();
    blocker = await listen(taken);
  });
  afterAll(() => blocker.close());

  it('move on from a taken default, each to one of its own, and say so', async () => {
    const wishes = ['a', 'b'].map(name => ({ name, variable: `${name}_PORT`, preferred: taken }));
    const { ports, moved } = await choosePorts(wishes, {}, host);
    expect(ports.a).toBeGreaterThan(taken);
    expect(ports.b).toBeGreaterThan(ports.a ?? 0);
    expect(moved).toEqual([
      { name: 'a', wanted: taken, got: ports.a },
      { name: 'b', wanted: taken, got: ports.b },
    ]);
  });

  it('never take a port that a person gave to somebody else', async () => {
    const free = await anyFreePort();
    const wishes = [
      { name: 'a', variable: 'A', preferred: free },
      { name: 'b', variable: 'B', preferred: free },
    ];
    const { ports } = await choosePorts(wishes, { B: String(free) }, host);
    expect(ports.b).toBe(free);
    expect(ports.a).toBeGreaterThan(free);
  });

  it('stop the start with one line for each that was configured and cannot be had', async () => {
    const free = String(await anyFreePort());
    const wishes = ['A', 'B', 'C', 'D'].map(name => ({ name, variable: name, preferred: 1 }));
    const given = { A: String(taken), B: 'eighty', C: free, D: free };
    await expect(choosePorts(wishes, given, host)).rejects.toThrow(
      [
        `A is ${taken}, and that port is taken.`,
        'B is wrong; expected a port from 1 to 65535.',
        `D is ${free}, which another setting names too.`,
      ].join('\n'),
    );
  });
});
