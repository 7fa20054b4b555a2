import { assemble, blame, frameOf, statementsOf, type Prepared } from '../engine';
import { isDatabaseError } from '@nself/kernel';
import type { GroupOutcome, StatementGroup } from '../executor';
import type { Asking } from './asker';
import type { Watcher } from './change-feed';
import type { Outlet } from './live-queries';
import type { TableKey } from '../model';

/** One subscriber's place in a cohort. */
export interface Member {
  readonly outlet: Outlet;
  /** The answer that it was told last; kept over a change of the model, so that nothing is told twice. */
  told: Buffer | undefined;
}

/** What a cohort or stream needs around it. */
export interface Surroundings {
  readonly tables: ReadonlySet<TableKey>;
  readonly family: string | undefined;
  /** Asks for it to be asked soon. */
  mark(asking: Asking): void;
  /** Asks for it to be asked later: the database was out of reach. */
  markLater(asking: Asking): void;
  /** It has ended: nobody watches, or its query fails. */
  over(asking: Asking): void;
}

/** Subscribers whose answers cannot differ, asked as one. */
export class Cohort implements Asking, Watcher {
  readonly members = new Set<Member>();
  readonly tables: ReadonlySet<TableKey>;
  readonly family: string | undefined;
  private last: Buffer | undefined;

  constructor(
    private readonly prepared: Prepared,
    private readonly question: StatementGroup,
    private readonly around: Surroundings,
  ) {
    this.tables = around.tables;
    this.family = around.family;
  }

  join(member: Member): void {
    this.members.add(member);
    if (this.last) tell(member, this.last);
    else this.around.mark(this);
  }

  leave(member: Member): void {
    this.members.delete(member);
    if (this.members.size === 0) this.around.over(this);
  }

  changed(): void {
    this.around.mark(this);
  }

  group(): StatementGroup | undefined {
    return this.members.size > 0 ? this.question : undefined;
  }

  take(outcome: GroupOutcome): boolean {
    if ('error' in outcome) this.refused(outcome.error, outcome.at);
    else this.answered(outcome.rows);
    return false;
  }

  private answered(rows: Parameters<typeof assemble>[1]): void {
    const { plan } = this.prepared;
    const answer = Buffer.concat(assemble(frameOf(plan), statementsOf(plan).answers(rows)));
    if (this.last?.equals(answer)) return;
    this.last = answer;
    for (const member of this.members) tell(member, answer);
  }

  private refused(error: unknown, at: number | undefined): void {
    if (isPassing(error)) return this.around.markLater(this);
    const told = blame(error, statementsOf(this.prepared.plan).all[at ?? -1]);
    const members = [...this.members];
    this.members.clear();
    this.around.over(this);
    for (const { outlet } of members) outlet.fail(told);
  }
}

function tell(member: Member, answer: Buffer): void {
  if (member.told?.equals(answer)) return;
  member.told = answer;
  member.outlet.next(answer);
}

/** The connection broke, the server is starting or stopping, or other transactions got in the way: not the query's fault. */
export function isPassing(error: unknown): boolean {
  if (!isDatabaseError(error)) return true;
  return /^(08|40|57P|53)/.test(error.code ?? '');
}
