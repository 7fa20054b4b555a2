import type { GroupOutcome, QueryRunner, StatementGroup } from '../executor';

/** Something that is asked again and again: a cohort or a stream. */
export interface Asking {
  /** What to ask now; undefined when there is nothing to ask (nobody watches, or the reader is not ready). */
  group(): StatementGroup | undefined;
  /** Takes the answer; true means: ask again at once. */
  take(outcome: GroupOutcome): boolean;
}

export interface AskerOptions {
  readonly runner: QueryRunner;
  /** Groups in one write. */
  readonly batch: number;
  /** Writes under way at a time. */
  readonly writes: number;
  /** Milliseconds that marks are gathered for before the first write. */
  readonly gatherMs: number;
}

/**
 * Asks whatever is dirty, many groups in one write, a few writes at a time. Something that becomes dirty while it is
 * being asked is asked once more afterwards, so no mark is ever lost.
 */
export class Asker {
  private readonly dirty = new Set<Asking>();
  private readonly asked = new Set<Asking>();
  private writes = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: AskerOptions) {}

  mark(asking: Asking): void {
    this.dirty.add(asking);
    this.timer ??= setTimeout(() => this.work(), this.options.gatherMs);
  }

  forget(asking: Asking): void {
    this.dirty.delete(asking);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.dirty.clear();
  }

  private work(): void {
    this.timer = undefined;
    while (this.writes < this.options.writes) {
      const batch = this.take();
      if (batch.length === 0) return;
      void this.write(batch);
    }
  }

  private take(): Asking[] {
    const batch: Asking[] = [];
    for (const asking of this.dirty) {
      if (batch.length === this.options.batch) break;
      if (this.asked.has(asking)) continue;
      this.dirty.delete(asking);
      batch.push(asking);
    }
    return batch;
  }

  private async write(batch: readonly Asking[]): Promise<void> {
    this.writes++;
    for (const asking of batch) this.asked.add(asking);
    try {
      await this.ask(batch);
    } finally {
      this.writes--;
      for (const asking of batch) this.asked.delete(asking);
      if (this.dirty.size > 0) this.work();
    }
  }

  private async ask(batch: readonly Asking[]): Promise<void> {
    const questions = new Questions(batch);
    const outcomes = await this.options.runner
      .runEach(questions.groups)
      .catch((error: unknown) => questions.groups.map(() => ({ error })));
    questions.answer(outcomes, asking => this.dirty.add(asking));
  }
}

/** The different groups of a batch, and who asked each. */
class Questions {
  readonly groups: StatementGroup[] = [];
  private readonly askers: Asking[][] = [];

  constructor(batch: readonly Asking[]) {
    const known = new Map<string, number>();
    for (const asking of batch) {
      const group = asking.group();
      if (group === undefined) continue;
      const key = keyOf(group);
      const at = known.get(key) ?? this.groups.push(group) - 1;
      known.set(key, at);
      (this.askers[at] ??= []).push(asking);
    }
  }

  answer(outcomes: readonly GroupOutcome[], again: (asking: Asking) => void): void {
    for (const [at, askers] of this.askers.entries()) {
      const outcome = outcomes[at] ?? { error: new Error('A group without an outcome.') };
      for (const asking of askers) if (asking.take(outcome)) again(asking);
    }
  }
}

/** Equal keys, equal answers: everything that reaches Postgres is in it. */
function keyOf({ session, statements, timeoutMs }: StatementGroup): string {
  return JSON.stringify([session, timeoutMs ?? 0, statements.map(({ name, values }) => [name, values])]);
}
