import { StackFault } from '@nself/dev-stack';
import { colours, marks, print, printJson, table } from '../output/terminal';
import { homeOf } from '../state/home';
import { liveRun, readRun, type ProcessReport, type Run } from '../state/run';
import { leftovers } from '../supervisor/leftovers';

interface Line extends Omit<ProcessReport, 'process'> {
  readonly pid?: number;
  readonly address?: string;
}

/** `nself status`: what runs, since when, how often it had to be started again. Exit code 1 unless all is ready. */
export async function status({ json }: { json?: boolean }): Promise<number> {
  const home = homeOf(process.env);
  const run = liveRun(home);
  if (!run) {
    const orphans = readRun(home) ? leftovers(home).map(({ name }) => name) : [];
    if (json) printJson({ running: false, orphans });
    else throw notRunning(orphans);
    return 1;
  }
  const lines = await Promise.all(run.processes.map(report => lineOf(run, report)));
  const allReady = run.state === 'ready' && lines.every(({ state }) => state === 'ready');
  if (json) {
    const { state, since, moved, addresses, supervisor } = run;
    printJson({
      running: true,
      ready: allReady,
      state,
      since,
      supervisor: supervisor.pid,
      moved,
      addresses,
      processes: lines,
    });
  } else show(run, lines);
  return allReady ? 0 : 1;
}

async function lineOf({ addresses }: Run, { process, ...report }: ProcessReport): Promise<Line> {
  const address = addresses[report.name];
  const ready = report.state !== 'ready' || !address?.startsWith('http') || (await answersReady(address));
  return { ...report, state: ready ? report.state : 'failed', pid: process?.pid, address };
}

/** The supervisor knows that a process lives; only the service itself knows that it is ready now. */
async function answersReady(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/ready`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

function show({ since, moved }: Run, lines: readonly Line[]): void {
  const rows = lines.map(({ name, state, pid, restarts, lastExit, address }) => [
    colours.bold(name),
    state === 'ready' ? colours.green(state) : colours.red(state),
    colours.cyan(address ?? ''),
    pid === undefined ? '' : String(pid),
    restarts === 0 ? '' : colours.yellow(`${restarts} (last: ${lastExit})`),
  ]);
  print(table(['name', 'state', 'address', 'process', 'restarts'], rows));
  for (const { name, wanted, got } of moved) {
    print(`  ${marks.note} ${name} uses port ${got}, because ${wanted} was taken`);
  }
  print(colours.dim(`\n  up since ${new Date(since).toLocaleString()}`));
}

function notRunning(orphans: readonly string[]): StackFault {
  if (orphans.length === 0)
    return new StackFault('The stack is not running.', 'Start it with ./nself start.');
  return new StackFault(
    `The supervisor is gone, but ${orphans.join(', ')} still run.`,
    './nself start takes the stack over, ./nself stop ends it.',
  );
}
