import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  complaints,
  endProcess,
  identify,
  launch,
  lengthOf,
  StackFault,
  type ProcessIdentity,
  type Server,
} from '@nself/dev-stack';
import type { ProcessReport, ProcessState } from '../state/run';
import { backoff, PATIENCE_MS, RECOVERED_AFTER_MS } from './backoff';

export interface WatchOptions {
  readonly log: string;
  /** How many attempts the first start has; once it was ready it is started again for ever. */
  readonly attempts: number;
  /** Called after every change of the report. */
  readonly changed: () => void;
}

/**
 * One server under supervision: started, waited for, and started again with growing pauses whenever it ends.
 *
 * `untilReady` settles once, for the first start: it rejects when the attempts are used up.
 */
export class Watched {
  private state: ProcessState = 'starting';
  private process?: ProcessIdentity;
  private restarts = 0;
  private failuresInARow = 0;
  private lastExit?: string;
  private logFrom = 0;
  private lastAnswer = 'it does not answer';
  private readonly stopping = new AbortController();
  private life: Promise<void> = Promise.resolve();

  constructor(
    readonly server: Server,
    private readonly options: WatchOptions,
  ) {}

  report(): ProcessReport {
    const { state, process, restarts, lastExit } = this;
    return { name: this.server.name, state, process, restarts, lastExit, log: this.options.log };
  }

  untilReady(): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      this.life = this.keepAlive(resolve).catch(reject);
    });
    return Promise.race([ready, this.outOfPatience()]);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    if (this.process) await endProcess(this.process, { signal: this.server.stopSignal });
    await this.life;
    this.enter('stopped');
  }

  /** A process that lives and never answers well must not keep a person waiting for ever. */
  private async outOfPatience(): Promise<never> {
    await sleep(PATIENCE_MS, undefined, { ref: false });
    throw new StackFault(
      `${this.server.name} runs, but is not ready after ${PATIENCE_MS / 1000} s: ${this.lastAnswer}`,
      `Its log is ${this.options.log}.`,
    );
  }

  private async keepAlive(ready: () => void): Promise<void> {
    let wasReady = false;
    while (!this.stopping.signal.aborted) {
      const bornAt = Date.now();
      const reason = await this.live(() => {
        wasReady = true;
        ready();
      }).catch((error: Error) => {
        if (!wasReady && error instanceof StackFault) throw error;
        return error.message;
      });
      if (this.stopping.signal.aborted) return;
      this.failuresInARow = Date.now() - bornAt > RECOVERED_AFTER_MS ? 1 : this.failuresInARow + 1;
      if (!wasReady && this.failuresInARow >= this.options.attempts) throw this.givenUp(reason);
      await this.pause(reason);
    }
  }

  /** From a start to the end of the process; answers how it ended. */
  private async live(ready: () => void): Promise<string> {
    const command = await this.server.prepare();
    if (this.stopping.signal.aborted) return 'stopped';
    const from = lengthOf(this.options.log);
    const child = launch(command, this.options.log);
    this.logFrom = Math.min(from, lengthOf(this.options.log));
    const ended = endOf(child);
    this.process = child.pid === undefined ? undefined : identify(child.pid);
    this.enter('starting');
    const answered = await Promise.race([this.untilAnswer(ended), ended]);
    if (answered === undefined) {
      this.enter('ready');
      ready();
    }
    const reason = await ended;
    this.process = undefined;
    return reason;
  }

  private async untilAnswer(ended: Promise<string>): Promise<undefined> {
    let over = false;
    void ended.then(() => (over = true));
    while (!over && !this.stopping.signal.aborted) {
      const answers = await this.server.check().then(
        () => true,
        (error: Error) => {
          this.lastAnswer = error.message;
          return false;
        },
      );
      if (answers) return undefined;
      await sleep(50);
    }
    await ended;
    return undefined;
  }

  private async pause(reason: string): Promise<void> {
    this.restarts += 1;
    this.lastExit = reason;
    this.enter('restarting');
    const { signal } = this.stopping;
    await sleep(backoff(this.failuresInARow), undefined, { signal }).catch(() => undefined);
  }

  private givenUp(reason: string): StackFault {
    this.lastExit = reason;
    this.enter('failed');
    const lines = complaints(this.options.log, this.logFrom, 8);
    return new StackFault(
      [`${this.server.name} did not start (${reason}).`, ...lines.map(line => `  ${line}`)].join('\n'),
      `Mend what the lines above say, then start again. The whole log is ${this.options.log}.`,
    );
  }

  private enter(state: ProcessState): void {
    this.state = state;
    this.options.changed();
  }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise(resolve => {
    child.once('error', error => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
}
