// Child processes of a bench, and rounds of load on them.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from './load.mjs';
import { backendTimes, cpuOf, timeBetween } from './processor-time.mjs';

export function freePort() {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a server and waits until it answers at all. */
export async function serve(args, env, port, node = process.execPath) {
  const child = spawn(node, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`${args[0]} ended with ${child.exitCode}`);
    const alive = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      error => error.cause?.code !== 'ECONNREFUSED',
    );
    if (alive) return { pid: child.pid, port, stop: () => stop(child) };
    await sleep(100);
  }
  throw new Error(`${args[0]} does not answer`);
}

function stop(child) {
  return new Promise(resolve => {
    child.once('exit', resolve);
    child.kill('SIGKILL');
  });
}

export const rssOf = pid =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** One round of load on a server: requests a second, latencies, processor time per request in microseconds. */
export async function round(server, database, plan) {
  const before = [cpuOf(server.pid), backendTimes(database)];
  const measured = await load({ port: server.port, ...plan });
  if (measured.failures > 0) throw new Error(`${measured.failures} of ${measured.requests} requests failed`);
  const spent = [cpuOf(server.pid) - before[0], timeBetween(before[1], backendTimes(database))].map(
    seconds => (seconds * 1e6) / measured.requests,
  );
  return { ...measured, node: spent[0], postgres: spent[1] };
}

export const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
