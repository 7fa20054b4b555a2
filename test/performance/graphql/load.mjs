// Load on a server: connections that ask as fast as they are answered. What makes the load takes part of the machine
// away from what is measured, so it is wrk where there is one, and else a loop of our own, which costs several times
// as much.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = name => new URL(`./${name}`, import.meta.url).pathname;

export const generator = (() => {
  try {
    execFileSync('which', ['wrk']);
    return 'wrk';
  } catch {
    return 'loop';
  }
})();

/** Requests, failures, p50 and p99 in milliseconds, requests a second. */
export async function load(plan) {
  await check(plan);
  return generator === 'wrk' ? withWrk(plan) : withLoop(plan);
}

/** The answers that are measured must be answers. */
async function check({ port, requests }) {
  for (const { headers, body } of [requests[0], requests.at(-1)]) {
    const type = { 'content-type': 'application/json' };
    const response = await fetch(`http://127.0.0.1:${port}/v1/graphql`, {
      method: 'POST',
      headers: { ...type, ...headers },
      body,
    });
    const text = await response.text();
    if (!response.ok || text.includes('"errors"')) throw new Error(text.slice(0, 500));
  }
}

async function withWrk({ port, connections, seconds, requests }) {
  const folder = mkdtempSync(join(tmpdir(), 'nself-bench-load-'));
  const bodies = join(folder, 'bodies');
  writeFileSync(bodies, requests.map(({ body }) => body).join('\n'));
  const headers = Object.entries(requests[0].headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const args = [
    '-t1',
    `-c${connections}`,
    `-d${Math.max(1, Math.round(seconds))}s`,
    '--timeout',
    '30s',
    '-s',
    here('wrk.lua'),
    ...headers,
    `http://127.0.0.1:${port}/v1/graphql`,
    '--',
    bodies,
  ];
  try {
    const { stdout } = await run('wrk', args);
    return JSON.parse(stdout.trim().split('\n').at(-1));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function withLoop(plan) {
  const loading = run(process.execPath, [here('loop.mjs')], { maxBuffer: 1 << 24 });
  loading.child.stdin.end(JSON.stringify(plan));
  const { stdout } = await loading;
  return JSON.parse(stdout);
}
