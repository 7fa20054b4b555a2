import { spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeCluster, StackFault } from '@nself/dev-stack';
import { addressTable } from '../output/addresses';
import { confirmed } from '../output/confirm';
import { explain, showFault } from '../output/fault';
import { Progress } from '../output/progress';
import { colours, marks, print, printJson, seconds } from '../output/terminal';
import { homeOf, prepareHome, type Home } from '../state/home';
import { liveRun, type Run } from '../state/run';
import { endLeftovers } from '../supervisor/leftovers';
import type { StackEvent, Tell } from '../supervisor/report';
import { endServersOf } from '../supervisor/servers';
import { aborted, untilStopSignal } from '../supervisor/signals';
import { Interrupted, supervise } from '../supervisor/supervise';

export interface StartOptions {
  readonly detach?: boolean;
  readonly fresh?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `nself start`: brings the whole stack up, here or in the background. */
export async function start(options: StartOptions): Promise<number> {
  const home = homeOf(process.env);
  const running = liveRun(home);
  if (running) return alreadyRunning(running, options);
  if (options.fresh && !(await emptyStack(home, options))) return 1;
  return options.detach ? startDetached(home, options) : startHere(home, options);
}

function alreadyRunning(run: Run, { json, fresh }: StartOptions): number {
  if (fresh) throw new StackFault('A running stack cannot be emptied.', 'End it first with ./nself stop.');
  if (json) printJson(run);
  else print(`${marks.good} This stack is running already.\n\n${addressTable(run)}`);
  return 0;
}

async function emptyStack(home: Home, { yes }: StartOptions): Promise<boolean> {
  if (!yes && !(await confirmed(`This deletes all data below ${home.state}.`))) return false;
  await endLeftovers(home);
  await endServersOf(home);
  removeCluster(home.postgres);
  for (const part of [home.redis, home.objects, home.mail, home.logs]) {
    rmSync(part, { recursive: true, force: true });
  }
  return true;
}

async function startHere(home: Home, options: StartOptions): Promise<number> {
  const tell = teller(options);
  const say = (line: string): void => (options.json ? undefined : print(line));
  const stopping = untilStopSignal();
  try {
    const supervision = await supervise(home, process.env, tell, stopping);
    say(colours.dim('\n  Ctrl-C stops everything.'));
    await aborted(stopping);
    say('\n  stopping');
    await supervision.stop();
    say(`  ${marks.good} stopped`);
    return 0;
  } catch (error) {
    tell(failure(error));
    return 1;
  }
}

/** The supervisor runs on without us; we show its progress until it is ready or has failed. */
async function startDetached(home: Home, options: StartOptions): Promise<number> {
  prepareHome(home);
  const log = openSync(join(home.logs, 'supervisor.log'), 'a', 0o600);
  const child = spawn(process.execPath, [join(__dirname, '..', 'main.js'), 'supervise'], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    cwd: home.root,
  });
  closeSync(log);
  const tell = teller(options);
  const giveUp = (): void => void child.kill('SIGTERM');
  process.on('SIGINT', giveUp);
  const code = await new Promise<number>(resolve => {
    let failed = false;
    child.once('error', error => resolve(told(tell, failure(error))));
    child.once('exit', () => {
      resolve(failed ? 1 : told(tell, failure(new Error('the supervisor ended at once'))));
    });
    child.on('message', event => {
      const { kind } = event as StackEvent;
      tell(event as StackEvent);
      failed ||= kind === 'failed';
      if (kind === 'ready') resolve(0);
    });
  });
  child.removeAllListeners();
  if (child.connected) child.disconnect();
  child.unref();
  return code;
}

/** `nself supervise`: the process behind a detached stack; started by `start --detach` only. */
export async function superviseDetached(): Promise<number> {
  const tell: Tell = event => {
    print(`${new Date().toISOString()} ${JSON.stringify(event)}`);
    if (process.connected) process.send?.(event, undefined, undefined, () => undefined);
  };
  const stopping = untilStopSignal();
  try {
    const supervision = await supervise(homeOf(process.env), process.env, tell, stopping);
    await aborted(stopping);
    await supervision.stop();
    return 0;
  } catch (error) {
    tell(failure(error));
    return 1;
  } finally {
    if (process.connected) process.disconnect();
  }
}

function told(tell: Tell, event: StackEvent): number {
  tell(event);
  return event.kind === 'ready' ? 0 : 1;
}

function failure(error: unknown): StackEvent {
  if (error instanceof Interrupted) {
    return { kind: 'failed', message: 'Interrupted; everything was stopped again.', remedy: '' };
  }
  return { kind: 'failed', ...explain(error) };
}

/** Shows the events of a start: progress and a table for people, one document at the end for machines. */
function teller({ json }: StartOptions): Tell {
  const progress = new Progress();
  return event => {
    if (json) return event.kind === 'ready' ? printJson(event.run) : showFailure(event);
    if (event.kind !== 'ready' && event.kind !== 'failed') return progress.show(event);
    progress.end();
    if (event.kind === 'failed') return showFailure(event);
    print(`\n${addressTable(event.run)}\n\n${marks.good} ready after ${seconds(event.ms)}`);
  };
}

function showFailure(event: StackEvent): void {
  if (event.kind === 'failed') showFault(new StackFault(event.message, event.remedy));
}
