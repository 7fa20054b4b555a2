// Child processes of a bench, and what they and Postgres take of the processor.
import { execFile, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TICKS = 100;

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
  const child = spawn(node, args, { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`${args[0]} ended with ${child.exitCode}`);
    const alive = await fetch(`http://127.0.0.1:${port}/`).then(() => true, error => error.cause?.code !== 'ECONNREFUSED');
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

/** Seconds of processor time that a process has taken, its threads included. */
export function cpuOf(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** The same for the server processes of one database, those that have ended left out. */
export function postgresCpu(database) {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name));
  return pids.filter(pid => isBackendOf(pid, database)).reduce((sum, pid) => sum + cpuOf(pid), 0);
}

function isBackendOf(pid, database) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('postgres:') && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(` ${database} `);
  } catch {
    return false;
  }
}

export const rssOf = pid => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** One round of load on a server: requests a second, latencies, processor time per request in microseconds. */
export async function round(server, database, plan) {
  const before = [cpuOf(server.pid), postgresCpu(database)];
  const loading = run(process.execPath, [new URL('./load.mjs', import.meta.url).pathname], { maxBuffer: 1 << 24 });
  loading.child.stdin.end(JSON.stringify({ port: server.port, ...plan }));
  const { stdout } = await loading;
  const measured = JSON.parse(stdout);
  if (measured.failures > 0) throw new Error(`${measured.failures} of ${measured.requests} requests failed`);
  const spent = [cpuOf(server.pid) - before[0], postgresCpu(database) - before[1]].map(seconds => (seconds * 1e6) / measured.requests);
  return { ...measured, node: spent[0], postgres: spent[1] };
}

export const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
