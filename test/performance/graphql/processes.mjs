// Child processes of a bench, and what they and Postgres take of the processor.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from './load.mjs';

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

/** Seconds of processor time that the threads of a process have taken, to the nanosecond. */
export function cpuOf(pid) {
  return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + cpuOfThread(pid, thread), 0);
}

function cpuOfThread(pid, thread) {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]) / 1e9;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return 0; // It ended meanwhile.
    throw error;
  }
}

/** The same for the server processes of one database, those left out that have ended or are named. */
export function postgresCpu(database, without = []) {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name) && !without.includes(Number(name)));
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
  const measured = await load({ port: server.port, ...plan });
  if (measured.failures > 0) throw new Error(`${measured.failures} of ${measured.requests} requests failed`);
  const spent = [cpuOf(server.pid) - before[0], postgresCpu(database) - before[1]].map(seconds => (seconds * 1e6) / measured.requests);
  return { ...measured, node: spent[0], postgres: spent[1] };
}

export const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
