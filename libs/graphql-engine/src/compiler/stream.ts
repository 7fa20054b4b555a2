import { ident, join, literal, nest, sql, type Sql } from '@nself/pg-sql';
import { and, type BoolExp, type OrderBy, type Param, type Stream, type StreamColumn } from '../ir';
import type { Compilation } from './compilation';
import { compileFields, objectOf } from './fields';
import { sourceName } from './operand';
import { compileRows } from './rows';

/** The batch after the cursor, and as second column the last value of each cursor column, as text in a JSON object. */
export function compileStreamRoot(stream: Stream, compilation: Compilation): Sql {
  const scope = compilation.scope(sourceName(stream.from));
  const batch = compilation.alias('batch');
  const members = objectOf(compileFields(stream.fields, scope, compilation));
  const cursors = stream.cursor.map(
    ({ column }, at) => sql`${scope.self}.${ident(column)} as ${ident(`cursor${at}`)}`,
  );
  const columns = join([sql`${members} as "object"`, ...cursors], ',\n');
  const rows = compileRows(afterCursor(stream), columns, scope, undefined, compilation);
  return sql`
    select
      coalesce(json_agg(${batch}."object"), '[]')::text as "root",
      json_build_object(${join(
        stream.cursor.map((column, at) => lastValue(column, at, batch)),
        ', ',
      )})::text as "cursor"
    from (${nest(rows)}) as ${batch}`;
}

// Not `array_agg(... order by ...)`: Postgres would sort the rows once for both aggregates, and turn the batch around.
function lastValue({ column }: StreamColumn, at: number, batch: Sql): Sql {
  return sql`${literal(column)}, (array_agg(${batch}.${ident(`cursor${at}`)}))[count(*)::int]::text`;
}

function afterCursor(stream: Stream): Stream {
  const after = stream.cursor.map(isAfter);
  const orderBy = stream.cursor.map(({ column, type, direction }): OrderBy => ({
    by: { kind: 'column', column, type },
    direction,
    nulls: 'last',
  }));
  return { ...stream, where: and(stream.where, ...after), orderBy };
}

// A stream that begins at null begins before everything; from the second batch on there is a value.
function isAfter(column: StreamColumn): BoolExp {
  const left = { kind: 'column', column: column.column, type: column.type } as const;
  const right = cursorParam(column);
  return { kind: 'compare', left, operator: column.direction === 'asc' ? 'gt' : 'lt', right };
}

function cursorParam({ column, initial }: StreamColumn): Param {
  const source = { from: 'cursor', column, initial: initial.source } as const;
  return { ...initial, source, key: `cursor:${column}:${initial.key}` };
}
