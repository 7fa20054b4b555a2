import { rmSync } from 'node:fs';
import { isAlive, type ProcessIdentity } from '@nself/dev-stack';
import type { Home } from './home';
import { readIfThere, replaceFile } from './files';

export type ProcessState = 'starting' | 'ready' | 'restarting' | 'failed' | 'stopped';

/** One process of the stack, as its supervisor sees it. */
export interface ProcessReport {
  readonly name: string;
  readonly state: ProcessState;
  readonly process?: ProcessIdentity;
  /** How often it had to be started again. */
  readonly restarts: number;
  /** How it ended the last time, such as "code 1" or "SIGKILL". */
  readonly lastExit?: string;
  readonly log: string;
}

/** A default port that was taken. */
export interface MovedPort {
  readonly name: string;
  readonly wanted: number;
  readonly got: number;
}

/** The stack that runs, as `.nself/run.json` tells it to everybody who wants to reach it. */
export interface Run {
  readonly supervisor: ProcessIdentity;
  readonly since: string;
  readonly state: 'starting' | 'ready' | 'stopping';
  /** By name; without passwords. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly moved: readonly MovedPort[];
  readonly processes: readonly ProcessReport[];
}

export function writeRun(home: Home, run: Run): void {
  replaceFile(home.runFile, `${JSON.stringify(run, null, 2)}\n`);
}

export function removeRun(home: Home): void {
  rmSync(home.runFile, { force: true });
}

/** What the last supervisor wrote, whether it still lives or not. */
export function readRun(home: Home): Run | undefined {
  const text = readIfThere(home.runFile);
  return text === undefined ? undefined : (JSON.parse(text) as Run);
}

/** The stack whose supervisor lives. */
export function liveRun(home: Home): Run | undefined {
  const run = readRun(home);
  return run && isAlive(run.supervisor) ? run : undefined;
}
