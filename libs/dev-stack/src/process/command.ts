import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

/** A program and how it is run. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment of the program: nothing of ours passes by accident. */
  readonly env: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
}

/** A log that has grown beyond it makes room when its program starts again; one older log is kept. */
const LARGEST_LOG = 32 * 1024 * 1024;

/**
 * Starts a command whose output goes straight into a file, so that it outlives us without a broken pipe.
 * It gets a process group of its own: a Ctrl-C at the terminal reaches us alone, and we end it in order.
 */
export function launch(command: Command, logFile: string): ChildProcess {
  if (lengthOf(logFile) > LARGEST_LOG) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a', 0o600);
  try {
    return spawn(command.file, command.args, {
      cwd: command.cwd,
      env: command.env,
      uid: command.uid,
      gid: command.gid,
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

/** What a program finds of our own environment: the way to other programs, language and time, no settings. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'];
  return Object.fromEntries(kept.map(name => [name, process.env[name]]).filter(([, value]) => value));
}

/** How much a log holds now: what a program writes from here on can be found with {@link complaints}. */
export function lengthOf(logFile: string): number {
  return existsSync(logFile) ? statSync(logFile).size : 0;
}

/**
 * What a program that ended had to say, in the lines that a person can read: log records, the frames of a stack and what
 * Node prints around them are left out.
 */
export function complaints(logFile: string, from: number, count: number): string[] {
  const text = existsSync(logFile) ? readFileSync(logFile).subarray(from).toString() : '';
  const noise =
    /^\s*(\{|\}|\[|\]|at |code:|requireStack|'|\^|throw |Node\.js v|Require stack|- \/|node:internal|$)/;
  return text
    .split('\n')
    .filter(line => !noise.test(line))
    .slice(0, count);
}

/** The last lines that a program wrote, for a person who wants to know why it ended. */
export function lastLines(logFile: string, count: number): string[] {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count);
  } catch {
    return [];
  }
}
