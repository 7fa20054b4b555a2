import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { colours, marks, print } from '../output/terminal';
import { homeOf } from '../state/home';
import { readIfThere } from '../state/files';
import { lastLine, passed, type Outcome } from './test-outcome';

/**
 * `nself test`: every spec, or those below the given paths, on servers of their own beside a running stack. The last
 * line counts what passed and failed; exit code 1 when something failed or nothing ran.
 */
export async function test(paths: readonly string[], { long }: { long?: boolean }): Promise<number> {
  const { root } = homeOf(process.env);
  const folder = mkdtempSync(join(tmpdir(), 'nself-test-'));
  const report = join(folder, 'report.json');
  try {
    const code = await jest(
      root,
      [...paths, '--json', `--outputFile=${report}`, '--maxWorkers=2'],
      Boolean(long),
    );
    const outcome = JSON.parse(readIfThere(report) ?? 'null') as Outcome | null;
    if (!outcome) print(`${marks.bad} The tests did not run to their end (code ${code}).`);
    else for (const name of failedFiles(outcome, root)) print(`${marks.bad} ${colours.bold(name)}`);
    print(lastLine(outcome));
    return code === 0 && passed(outcome) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Jest reports as it goes on standard error; its JSON on standard output would be noise. */
function jest(root: string, args: readonly string[], long: boolean): Promise<number> {
  const program = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'test', ...(long ? { NSELF_LONG: '1' } : {}) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}

function failedFiles({ testResults }: Outcome, root: string): string[] {
  return testResults
    .filter(({ status }) => status === 'failed')
    .map(({ name }) => name.replace(`${root}/`, ''));
}
