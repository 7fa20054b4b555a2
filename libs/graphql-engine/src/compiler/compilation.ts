import { ident, type Sql } from '@nself/pg-sql';
import type { BoolExp, NestedField } from '../ir';
import { tableKey, type TableKey } from '../model';

/** Rows in reach while a condition or a field is written: the one at hand, and the one that `$` means. */
export interface Scope {
  readonly self: Sql;
  readonly root: Sql;
}

/**
 * Printers that call each other in a circle: a scalar can hold a condition, whose members are scalars; a field can hold
 * rows, whose members are fields. The circle is closed here, in a value, and not between files.
 */
export interface Printers {
  readonly condition: (exp: BoolExp, scope: Scope, compilation: Compilation) => Sql;
  readonly nested: (rows: NestedField['rows'], outer: Scope, compilation: Compilation) => Sql;
}

/** What one statement has named so far. `newCompilation()` makes one. */
export class Compilation {
  readonly tables = new Set<TableKey>();
  readonly functions = new Set<string>();
  private readonly aliases = new Map<string, number>();

  constructor(readonly printers: Printers) {}

  /** A row of a source, under a name that nothing else in the statement has. */
  scope(name: string, root?: Sql): Scope {
    const self = this.alias(name);
    return { self, root: root ?? self };
  }

  alias(name: string): Sql {
    const base = /^[a-z_][a-z0-9_]{0,39}$/i.test(name) ? name : 'row';
    const used = (this.aliases.get(base) ?? 0) + 1;
    this.aliases.set(base, used);
    return ident(used === 1 ? base : `${base}.${used}`);
  }

  readsTable(schema: string, name: string): Sql {
    this.tables.add(tableKey(schema, name));
    return ident(schema, name);
  }

  callsFunction(schema: string, name: string): Sql {
    this.functions.add(`${schema}.${name}`);
    return ident(schema, name);
  }
}
