import type { DatabaseError } from 'pg';
import { databaseErrorOf } from './error-response';
import type { Group, GroupResult, Row, Statement } from './group';
import type { PreparedNames } from './prepared-names';
import { MessageWriter } from './wire';

/** What became of one group. */
export type Outcome =
  | { readonly result: GroupResult }
  /** `at` is the index of the statement that failed; absent when the context, the commit or the connection did. */
  | { readonly error: Error; readonly at?: number };

const PARSE_COMPLETE = 0x31;
const BIND_COMPLETE = 0x32;
const CLOSE_COMPLETE = 0x33;
const COMMAND_COMPLETE = 0x43;
const DATA_ROW = 0x44;
const ERROR = 0x45;
const EMPTY_QUERY = 0x49;
const NO_DATA = 0x6e;
const PORTAL_SUSPENDED = 0x73;
const READY = 0x5a;
const IDLE = 0x49;

/**
 * Groups on one connection, written at once and answered in order.
 *
 * In the extended protocol everything between two Syncs is one implicit transaction. A group is therefore
 * `Bind(context) Execute · Bind(q1) Execute … · Sync`: the context's transaction-local settings govern the statements
 * and vanish with the Sync; an error anywhere skips the rest and rolls the group back; the next group starts clean.
 * Rows are told apart by counting CommandComplete, never by their look. A group has succeeded only when ReadyForQuery
 * arrives, since deferred constraints fail after the last CommandComplete.
 *
 * The connection offers every backend message to `take` before `pg` sees it; what an exchange consumes, `pg` never
 * parses, so row bytes are not made into strings.
 */
export class Exchange {
  /** What is to be written. */
  readonly bytes: Buffer;
  /** Resolves when every group has its outcome. */
  readonly answered: Promise<readonly Outcome[]>;
  /** Whether the last group left a transaction open. */
  transactionOpen = false;
  private readonly outcomes: Outcome[] = [];
  private readonly pending: PendingGroup[];
  private settle: (outcomes: readonly Outcome[]) => void = () => undefined;

  constructor(groups: readonly Group[], names: PreparedNames, named: boolean) {
    const writer = new MessageWriter();
    this.pending = groups.map(group => new PendingGroup(group, names, named, writer));
    this.bytes = writer.bytes();
    this.answered = new Promise(resolve => (this.settle = resolve));
  }

  /** Consumes a backend message; false leaves it to `pg` (notices, notifications, parameters). */
  take(code: number, body: Buffer, lasting: boolean): boolean {
    const group = this.pending[this.outcomes.length];
    if (group === undefined) return false;
    if (code !== READY) return group.take(code, body, lasting);
    this.transactionOpen = body[0] !== IDLE;
    this.outcomes.push(group.outcome(this.transactionOpen));
    if (this.outcomes.length === this.pending.length) this.settle(this.outcomes);
    return true;
  }

  /** The connection broke: whatever has no outcome yet failed with it. */
  fail(error: Error): void {
    for (const group of this.pending.slice(this.outcomes.length))
      this.outcomes.push({ error: group.failure ?? error });
    this.settle(this.outcomes);
  }
}

class PendingGroup {
  failure: DatabaseError | undefined;
  private readonly parsing: string[] = [];
  private readonly results: Row[][] = [];
  private readonly first: number;
  private readonly statements: number;
  private completed = 0;

  constructor(
    group: Group,
    private readonly names: PreparedNames,
    private readonly named: boolean,
    writer: MessageWriter,
  ) {
    names.makeRoom(writer);
    const before = [...opening(group), ...(group.context ? [group.context] : [])];
    for (const statement of [...before, ...group.statements, ...closing(group)])
      this.write(statement, writer);
    writer.sync();
    this.first = before.length;
    this.statements = group.statements.length;
    for (let i = 0; i < this.statements; i++) this.results.push([]);
  }

  private write({ text, name, values }: Statement, writer: MessageWriter): void {
    const kept = this.named && name !== undefined ? name : '';
    if (this.names.ensure(kept, text, writer)) this.parsing.push(kept);
    writer.bind(kept, values).execute();
  }

  take(code: number, body: Buffer, lasting: boolean): boolean {
    switch (code) {
      case DATA_ROW:
        this.results[this.completed - this.first]?.push(rowOf(lasting ? body : Buffer.from(body)));
        return true;
      case COMMAND_COMPLETE:
      case EMPTY_QUERY:
        this.completed++;
        return true;
      case PARSE_COMPLETE:
        this.parsing.shift();
        return true;
      case ERROR:
        this.failure ??= databaseErrorOf(body);
        this.names.giveUp(this.parsing);
        return true;
      default:
        return (
          code === BIND_COMPLETE || code === CLOSE_COMPLETE || code === NO_DATA || code === PORTAL_SUSPENDED
        );
    }
  }

  outcome(transactionOpen: boolean): Outcome {
    if (this.failure) return this.failed(this.failure);
    if (transactionOpen) return { error: new Error('A group left its transaction open.') };
    return { result: this.results };
  }

  private failed(error: Error): Outcome {
    const at = this.completed - this.first;
    return at >= 0 && at < this.statements ? { error, at } : { error };
  }
}

function opening({ isolation }: Group): Statement[] {
  return isolation ? [{ text: `begin isolation level ${isolation}`, values: [] }] : [];
}

function closing({ isolation }: Group): Statement[] {
  return isolation ? [{ text: 'commit', values: [] }] : [];
}

function rowOf(body: Buffer): Row {
  const fields: (Buffer | null)[] = [];
  const count = body.readUInt16BE(0);
  for (let at = 2, i = 0; i < count; i++) {
    const size = body.readInt32BE(at);
    at += 4;
    fields.push(size < 0 ? null : body.subarray(at, (at += size)));
  }
  return fields;
}
