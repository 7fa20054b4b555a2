import { assemble, blame, frameOf, statementsOf, type Prepared } from '../engine';
import type { AnswerRow, GroupOutcome, StatementCall, StatementGroup } from '../executor';
import { valuesOf, type CursorValues } from '../planner';
import type { Asking } from './asker';
import type { Watcher } from './change-feed';
import { isPassing, type Surroundings } from './cohort';
import type { Outlet } from './live-queries';
import type { TableKey } from '../model';

/** A streaming subscription: rows after a cursor that moves on with every batch; no batch is told twice or left out. */
export class Stream implements Asking, Watcher {
  readonly tables: ReadonlySet<TableKey>;
  readonly family: string | undefined;
  private cursor: CursorValues = {};
  private stopped = false;

  constructor(
    private readonly prepared: Prepared,
    private readonly outlet: Outlet,
    private readonly around: Surroundings,
    /** Where an earlier stream of the same subscription had come to. */
    from: CursorValues = {},
  ) {
    this.tables = around.tables;
    this.family = around.family;
    this.cursor = from;
  }

  get position(): CursorValues {
    return this.cursor;
  }

  changed(): void {
    this.around.mark(this);
  }

  stop(): void {
    this.stopped = true;
    this.around.over(this);
  }

  group(): StatementGroup | undefined {
    if (this.stopped) return undefined;
    if (this.outlet.busy) return this.wait();
    const { session, timeoutMs, plan } = this.prepared;
    const statements = statementsOf(plan).all.map(statement => this.callOf(statement));
    return { session: session.variables, statements, readOnly: true, timeoutMs };
  }

  take(outcome: GroupOutcome): boolean {
    if (this.stopped) return false;
    if ('error' in outcome) return this.refused(outcome.error, outcome.at);
    const next = cursorOf(outcome.rows);
    if (next === undefined) return false;
    if (this.outlet.busy) {
      this.wait();
      return false;
    }
    this.cursor = { ...this.cursor, ...next };
    const { plan } = this.prepared;
    this.outlet.next(Buffer.concat(assemble(frameOf(plan), statementsOf(plan).answers(outcome.rows))));
    return true;
  }

  /**
   * Asks (again) when the client has taken what waits for it. Others fill the same wire, also while this one is being
   * asked: an outlet keeps but one thing that waits, so a batch is never left there.
   */
  private wait(): undefined {
    this.outlet.whenReady(() => this.changed());
  }

  private callOf(statement: Parameters<typeof valuesOf>[0]): StatementCall {
    const { request, session } = this.prepared;
    const values = valuesOf(statement, request.variables ?? {}, session.variables, this.cursor);
    return { text: statement.text, name: statement.name, values };
  }

  private refused(error: unknown, at: number | undefined): boolean {
    if (isPassing(error)) this.around.markLater(this);
    else {
      this.stop();
      this.outlet.fail(blame(error, statementsOf(this.prepared.plan).all[at ?? -1]));
    }
    return false;
  }
}

/** The new position, from the statement's second column; undefined when there were no rows. */
function cursorOf(rows: readonly AnswerRow[]): CursorValues | undefined {
  const text = rows.at(-1)?.[1]?.toString('utf8');
  if (text === undefined) return undefined;
  const position: CursorValues = JSON.parse(text);
  return Object.values(position).every(value => value === null) ? undefined : position;
}
