import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify } from '../process/identity';
import { anyFreePort, isPortFree, nextFreePort } from './ports';
import { releasePorts, reservePort } from './reservation';

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

describe('a promised port', () => {
  it('is drawn once, although nobody listens there yet', async () => {
    const ports = await Promise.all(Array.from({ length: 600 }, () => anyFreePort()));
    expect(new Set(ports).size).toBe(600);
    releasePorts(ports);
  });

  it('is kept from every other process until it is given back or its owner is gone', async () => {
    const port = await anyFreePort();
    const other = `
      const { existsSync, readFileSync } = require('node:fs');
      const file = require('node:path').join(require('node:os').tmpdir(), 'nself-ports', '${port}');
      console.log(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).pid : 'free');`;
    const seen = (): string => execFileSync(process.execPath, ['-e', other], { encoding: 'utf8' }).trim();
    expect(seen()).toBe(String(process.pid));
    releasePorts([port]);
    expect(seen()).toBe('free');
  });

  it('of a process that is gone may be had again', () => {
    const port = 19_999;
    const file = join(tmpdir(), 'nself-ports', String(port));
    writeFileSync(file, JSON.stringify({ pid: 2 ** 22, startedAt: '1' }));
    expect(reservePort(port)).toBe(true);
    const init = identify(1);
    releasePorts([port]);
    writeFileSync(file, JSON.stringify(init));
    expect(reservePort(port)).toBe(false);
    rmSync(file);
  });
});
