import { nest, sql, type Sql } from '@nself/pg-sql';
import type { Select } from '../ir';
import type { Compilation, Scope } from './compilation';
import { compileFields, object, objectColumns } from './fields';
import { sourceName } from './operand';
import { compileRows } from './rows';

/** Rows with their fields as columns; one row is one object. */
export function compileSelect(select: Select, outer: Scope | undefined, compilation: Compilation): Sql {
  const scope = compilation.scope(sourceName(select.from));
  const columns = objectColumns(compileFields(select.fields, scope, compilation));
  return compileRows(select, columns, scope, outer, compilation);
}

/** As one value inside a row: an array, or a record that is null when there is no row. */
export function compileSelectJson(select: Select, outer: Scope, compilation: Compilation): Sql {
  const rows = compileSelect(select, outer, compilation);
  const value = select.cardinality === 'many' ? sql`coalesce(json_agg(${object}), '[]')` : object;
  return sql`(select ${value} from (${nest(rows)}) as ${object})`;
}

/** As the answer of a statement: JSON text, `null` when there is no row. */
export function compileSelectRoot(select: Select, compilation: Compilation): Sql {
  const rows = compileSelect(select, undefined, compilation);
  if (select.cardinality === 'many') {
    return sql`select coalesce(json_agg(${object}), '[]')::text as "root"\nfrom (${nest(rows)}) as ${object}`;
  }
  const one = sql`select to_json(${object}) from (${nest(rows)}) as ${object} limit 1`;
  return sql`select coalesce((${nest(one)})::text, 'null') as "root"`;
}
