import { ident, join, sql, type Sql } from '@nself/pg-sql';
import type { Field, MutationAnswer, Operand, RowSource, Step } from '../../ir';
import type { Scope } from '../compilation';

/**
 * What has to be kept of a written row: some columns, or all of it because a function takes the row whole. A login may
 * be allowed to read some columns of a table only, so nothing is read that is not needed.
 */
export type Needed = 'whole' | ReadonlyMap<string, Spelling>;

/** JSON stays JSON; everything else is kept as its text, which Postgres reads back without loss. */
type Spelling = 'json' | 'text';

/** The columns that an answer looks at, for itself and to find related rows. */
export function neededBy(answer: MutationAnswer): Needed {
  const fields =
    answer.kind === 'row'
      ? answer.fields
      : answer.items.flatMap(item => (item.kind === 'returning' ? item.fields : []));
  return all(fields.map(ofField));
}

/** What one step keeps: for the answer if its rows belong there, and for later steps. */
export function neededOf({ keep }: Step, shown: Needed): Needed {
  if (!keep.inPart) return 'whole';
  const forSteps = columns(keep.row?.columns ?? []);
  return keep.rows ? all([forSteps, shown]) : forSteps;
}

/** The written row as a value of its table's row type; columns that nobody needs are null in it. */
export function rowWith(needed: Needed, { self }: Scope, type: Sql): Sql {
  if (needed === 'whole') return sql`(${self}.*)::${type}`;
  if (needed.size === 0) return sql`null::${type}`;
  const values = [...needed].map(([name, spelling]) => {
    const column = sql`${self}.${ident(name)}`;
    return sql`${spelling === 'json' ? column : sql`${column}::text`} as ${ident(name)}`;
  });
  const kept = ident('kept');
  const members = sql`(select to_json(${kept}) from (select ${join(values, ', ')}) as ${kept})`;
  return sql`json_populate_record(null::${type}, ${members})`;
}

function ofField({ value }: Field): Needed {
  switch (value.kind) {
    case 'text':
      return columns([]);
    case 'node-id':
      return columns(value.columns);
    case 'scalar':
      return ofOperand(value.operand);
    case 'nested':
      return takesRow(value.rows.from) ? 'whole' : columns(value.rows.on.map(([outer]) => outer));
  }
}

function ofOperand(operand: Operand): Needed {
  if (operand.kind === 'cast') return ofOperand(operand.operand);
  if (operand.kind !== 'column' || operand.when) return 'whole';
  const { name } = operand.type;
  return new Map([[operand.column, name === 'json' || name === 'jsonb' ? 'json' : 'text']]);
}

const takesRow = (source: RowSource): boolean =>
  source.kind === 'function' && source.arguments.some(({ value }) => value.kind === 'row');

function columns(names: readonly string[]): Needed {
  return new Map(names.map(name => [name, 'text']));
}

// A column that is both shown and joined is spelled as it is shown: there its type is known.
function all(parts: readonly Needed[]): Needed {
  const found = new Map<string, Spelling>();
  for (const part of parts) {
    if (part === 'whole') return 'whole';
    for (const [name, spelling] of part) if (found.get(name) !== 'json') found.set(name, spelling);
  }
  return found;
}
