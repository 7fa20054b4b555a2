import { Pipeline, prepared, type Group, type Outcome, type Statement } from '@nself/kernel';
import type { GroupOutcome, QueryRunner, StatementGroup } from '../../../libs/graphql-engine/src/executor';
import { tenancyContext } from '../../../apps/graphql/src/database/context';
import { openRunner } from '../../../apps/graphql/src/database/open-runner';
import type { Room } from './attempts';
import type { World } from './neighbours';
import { TOUCHED } from './watch';

type Reader = QueryRunner & { end(): Promise<void> };

const notNeeded = (): never => {
  throw new Error('attempts are single groups');
};

/** The same statement comes from many roles, so that one plan of Postgres serves them all. */
const keepingPlans = (url: string): string => `${url}?options=-c%20plan_cache_mode%3Dforce_generic_plan`;

/** The services' own way to the database; requests that are made together travel together. */
export async function openReader({ appUrl }: World): Promise<Reader> {
  const url = keepingPlans(appUrl);
  const runner = await openRunner({
    url,
    adminUrl: url,
    connections: 1,
    adminConnections: 1,
    namedStatements: true,
    statementTimeout: 120_000,
  });
  const run = gathered((groups: readonly StatementGroup[]) => runner.runEach(groups.map(forgettingLongOnes)));
  return { run, runEach: notNeeded, transaction: notNeeded, listen: notNeeded, end: () => runner.end() };
}

/** A plan of many tables with all their policies takes megabytes: hundreds of those are not to be kept. */
const KEPT_LETTERS = 3_000;

function forgettingLongOnes(group: StatementGroup): StatementGroup {
  const statements = group.statements.map(call =>
    call.text.length > KEPT_LETTERS ? { ...call, name: '' } : call,
  );
  return { ...group, statements };
}

/** What is asked for within one turn of the event loop goes in one write. */
function gathered<Q, A>(send: (asked: readonly Q[]) => Promise<readonly A[]>): (asked: Q) => Promise<A> {
  let waiting: { asked: Q; answer: (answer: A) => void; fail: (error: unknown) => void }[] = [];
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    try {
      const answers = await send(batch.map(({ asked }) => asked));
      for (const [index, answer] of answers.entries()) batch[index]?.answer(answer);
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  };
  return asked =>
    new Promise((answer, fail) => {
      if (waiting.length === 0) setImmediate(() => void flush());
      waiting.push({ asked, answer, fail });
    });
}

/** How the tables stand when a change is tried. */
export interface Staging {
  readonly room: readonly Room[];
  /** The state that every vault is in; vaults are written while active, and confirmed while sealed. */
  readonly vaults?: string;
}

/** What a change came to, and which tables of the neighbours it touched. */
export interface Undone {
  readonly outcome: GroupOutcome;
  readonly touched: readonly string[];
}

interface Rehearsal {
  readonly group: StatementGroup;
  readonly staging: Staging;
}

/**
 * Makes changes as `nself_app` and takes everything back: each change is one group that ends with a rollback. Changes
 * follow each other on one connection, because two at a time would wait for each other's rows.
 */
export class Undoing {
  readonly try: (rehearsal: Rehearsal) => Promise<Undone>;
  private readonly pipeline: Pipeline;

  /** Connects as the superuser, who can make room past every wall before it steps down to `nself_app`. */
  constructor({ ownerUrl }: World) {
    const options = '-c client_min_messages=error -c statement_timeout=120000';
    // Without names: where one change fails, its later statements are never parsed, and the next change may count on them.
    this.pipeline = new Pipeline({
      connection: { connectionString: ownerUrl, options },
      connections: 1,
      namedStatements: false,
    });
    this.try = gathered(async rehearsals => {
      const scripts = rehearsals.map(scriptOf);
      const outcomes = await this.pipeline.runEach(scripts.map(({ group }) => group));
      return outcomes.map((outcome, index) => undone(outcome, scripts[index]));
    });
  }

  end(): Promise<void> {
    return this.pipeline.end();
  }
}

const STEP_DOWN = prepared(`select set_config('role', 'nself_app', true)`);
/** Deferred constraints speak before anything is believed. */
const CONSTRAINTS = prepared('set constraints all immediate');
const LOOK = prepared(`select current_setting('${TOUCHED}', true)`);
const UNDO = prepared('rollback');

/** A group, and which of its statements are the change itself. */
interface Script {
  readonly group: Group;
  readonly from: number;
  readonly to: number;
}

function scriptOf({ group: { session, statements }, staging }: Rehearsal): Script {
  const before = [...preparations(staging), STEP_DOWN, tenancyContext(session)];
  const all = [...before, ...statements, CONSTRAINTS, LOOK, UNDO];
  return { group: { statements: all }, from: before.length, to: before.length + statements.length };
}

function undone(outcome: Outcome, script: Script | undefined): Undone {
  if (!script) throw new Error('an outcome of no change');
  const { from, to } = script;
  if ('result' in outcome) {
    const rows = outcome.result.slice(from, to).map(([row]) => row?.map(field => field ?? NULL) ?? []);
    const touched = String(outcome.result[to + 1]?.[0]?.[0] ?? '');
    return { outcome: { rows }, touched: [...new Set(touched.split(' ').filter(Boolean))] };
  }
  const { error, at } = outcome;
  if (at === undefined || at < from || at > to) throw error;
  return { outcome: at === to ? { error } : { error, at: at - from }, touched: [] };
}

const NULL = Buffer.from('null');

const triggersRest = prepared(`select set_config('session_replication_role', 'replica', true)`);
const triggersWake = prepared(`select set_config('session_replication_role', 'origin', true)`);

function preparations({ room, vaults }: Staging): Statement[] {
  const changes = room
    .filter(({ ids }) => ids.length > 0)
    .map(({ table, ids }) =>
      prepared(`delete from ${table} where id::text = any ($1)`, [`{${ids.join(',')}}`]),
    );
  if (vaults) changes.push(prepared('update legacy_vaults set state = $1', [vaults]));
  return changes.length === 0 ? [] : [triggersRest, ...changes, triggersWake];
}
