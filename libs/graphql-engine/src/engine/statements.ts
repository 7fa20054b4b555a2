import type { CompiledStatement } from '../compiler';
import { EngineError, fromDatabase, type AnswerRow } from '../executor';
import { isDatabaseError } from '@nself/kernel';
import type { Plan } from '../planner';

/** The statements of a plan in the order in which they run, and which of them answer a root field. */
export interface Statements {
  readonly all: readonly CompiledStatement[];
  /** The rows of the answering ones among the rows of all. */
  answers(rows: readonly AnswerRow[]): readonly AnswerRow[];
}

const known = new WeakMap<Plan, Statements>();

export function statementsOf(plan: Plan): Statements {
  const found = known.get(plan);
  if (found) return found;
  const made = collect(plan);
  known.set(plan, made);
  return made;
}

/** A mutation's root field may need statements before the one that answers; their rows are nobody's. */
function collect({ roots }: Plan): Statements {
  const all: CompiledStatement[] = [];
  const answering = new Set<number>();
  for (const root of roots) {
    if (root.kind !== 'statement') continue;
    all.push(...(root.before ?? []));
    answering.add(all.push(root.statement) - 1);
  }
  const plain = answering.size === all.length;
  return { all, answers: rows => (plain ? rows : rows.filter((_, index) => answering.has(index))) };
}

const REFUSAL = /nself\.refuse_(\w+)/;

/**
 * What a failed statement means to the client. A statement refuses by asking for a setting that cannot exist, named
 * after the reason (see the compiler's mutations); everything else is Postgres's own error.
 */
export function blame(error: unknown, statement: CompiledStatement | undefined): EngineError {
  const refusal =
    isDatabaseError(error) && error.code === '42704' ? REFUSAL.exec(error.message)?.[1] : undefined;
  const said = refusal === undefined ? undefined : statement?.refusals?.[refusal];
  if (said) return new EngineError(said.code, said.message, { path: said.path });
  return fromDatabase(error, statement?.path);
}
