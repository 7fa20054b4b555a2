import { setTimeout as sleep } from 'node:timers/promises';
import { StackFault } from './fault';
import { complaints, launch, lengthOf, type Command } from './process/command';
import { endProcess } from './process/end';
import { identify } from './process/identity';

/** A server that we can run: whoever runs it decides how it is watched. */
export interface Server {
  readonly name: string;
  readonly stopSignal: NodeJS.Signals;
  /** Makes what it needs on disk, ends what an earlier run left behind, and says how to start it. */
  prepare(): Promise<Command>;
  /** Resolves when the server answers, rejects with the reason when it does not. */
  check(): Promise<void>;
}

export interface RunningServer {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a server and waits until it answers. For tests; `nself start` supervises its servers itself. */
export async function runServer(
  server: Server,
  { logFile, deadlineMs = 120_000 }: { logFile: string; deadlineMs?: number },
): Promise<RunningServer> {
  const from = lengthOf(logFile);
  const child = launch(await server.prepare(), logFile);
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
  });
  child.unref();
  const pid = child.pid;
  const identity = pid === undefined ? undefined : identify(pid);
  if (pid === undefined || !identity) throw didNotStart(server, await ended, logFile, from);
  const stop = (): Promise<void> => endProcess(identity, { signal: server.stopSignal });
  const trouble = await Promise.race([untilAnswer(server, deadlineMs), ended]);
  if (trouble === undefined) return { pid, stop };
  await stop();
  throw didNotStart(server, trouble, logFile, from);
}

/** Waits until the server answers; the last reason why not when the time is over. */
async function untilAnswer(server: Server, deadlineMs: number): Promise<string | undefined> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    try {
      return await server.check().then(() => undefined);
    } catch (error) {
      if (Date.now() > deadline) return (error as Error).message;
      await sleep(25);
    }
  }
}

function didNotStart(server: Server, reason: string, logFile: string, from: number): StackFault {
  const lines = complaints(logFile, from, 8).map(line => `\n  ${line}`);
  return new StackFault(`${server.name} did not start: ${reason}${lines.join('')}`, `Read ${logFile}.`);
}
