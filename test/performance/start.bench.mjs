// How long a person waits for `nself start`, and what the stack takes of their machine when nobody uses it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const title = 'Start and rest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const rounds = 5;

export async function run() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'nself-bench-')));
  try {
    const first = timed(folder, ['start', '--detach']);
    const warm = [];
    for (let round = 0; round < rounds; round++) {
      nself(folder, ['stop']);
      warm.push(timed(folder, ['start', '--detach']));
    }
    await sleep(10_000);
    const processes = memoryOf(folder);
    const total = processes.reduce((sum, { pss }) => sum + pss, 0);
    return report({ first, warm: warm.sort((a, b) => a - b), processes, total });
  } finally {
    nself(folder, ['stop']);
    rmSync(realpathSync(join(folder, '.nself', 'postgres')), { recursive: true });
    rmSync(folder, { recursive: true });
  }
}

function report({ first, warm, processes, total }) {
  const median = warm[Math.floor(warm.length / 2)];
  const services = processes.filter(({ name }) => !['postgres', 'redis', 'supervisor'].includes(name)).length;
  return `
| what | measured | goal |
|---|---|---|
| \`./nself start\` to all ready, warm (median of ${warm.length}; ${services} services) | ${seconds(median)} (${seconds(warm[0])} to ${seconds(warm.at(-1))}) | 10 s on two cores |
| the first start: cluster, secrets, schema, metadata | ${seconds(first)} | |
| memory of the whole stack at rest (PSS) | ${mebibytes(total)} | under 1024 MiB |

| process | PSS |
|---|---|
${processes.map(({ name, pss }) => `| ${name} | ${mebibytes(pss)} |`).join('\n')}
`;
}

function timed(folder, args) {
  const begun = performance.now();
  nself(folder, args);
  return performance.now() - begun;
}

function nself(folder, args) {
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr } = spawnSync(join(root, 'nself'), args, {
    env: { PATH, HOME, NSELF_DIR: folder },
    encoding: 'utf8',
  });
  if (status !== 0 && args[0] === 'start') throw new Error(stdout + stderr);
  return stdout;
}

/** PSS: memory that processes share is counted once, in equal parts. Postgres is a family of processes. */
function memoryOf(folder) {
  const { supervisor, processes } = JSON.parse(nself(folder, ['status', '--json']));
  const named = [
    ...processes.map(({ name, pid }) => ({ name, pid })),
    { name: 'supervisor', pid: supervisor },
  ];
  return named
    .map(({ name, pid }) => ({
      name,
      pss: [pid, ...childrenOf(pid)].reduce((sum, one) => sum + pss(one), 0),
    }))
    .map(one => (one.name === 'supervisor' ? { ...one, pss: pss(supervisor) } : one));
}

function childrenOf(pid) {
  const children = readdirSync(`/proc/${pid}/task`).flatMap(task =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
  return children.flatMap(child => [child, ...childrenOf(child)]);
}

function pss(pid) {
  return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024;
}

const seconds = ms => `${(ms / 1000).toFixed(1)} s`;
const mebibytes = bytes => `${Math.round(bytes / 2 ** 20)} MiB`;
