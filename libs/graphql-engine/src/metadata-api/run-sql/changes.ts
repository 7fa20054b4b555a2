import { nameKey, type Metadata, type QualifiedName } from '@nself/hasura-metadata';
import type { Catalogue, Column, PgFunction, Table } from '@nself/pg-catalog';
import { servedSource } from '../../model';
import { dependentsOf, outside, type Dependency, type Reference } from '../dependencies';

/** A tracked table before and after; its name may have changed. */
export interface ChangedTable {
  readonly before: Table;
  readonly after: Table;
}

/**
 * What has become of a column. Postgres numbers the columns of a table, so that a rename is none of a new one; in a table
 * that was made again under its name the numbers mean something else, and a permission would go to another column.
 */
export function columnNow({ before, after }: ChangedTable, { name, position }: Column): Column | undefined {
  const same = before.oid === after.oid;
  return after.columns.find(now => (same ? now.position === position : now.name === name));
}

/** A tracked function before and after. */
export interface ChangedFunction {
  readonly before: PgFunction;
  readonly after: readonly PgFunction[];
}

/** What a script did to things that metadata speaks of. */
export class Changes {
  constructor(
    readonly droppedTables: readonly QualifiedName[],
    readonly droppedFunctions: readonly QualifiedName[],
    readonly tables: readonly ChangedTable[],
    readonly functions: readonly ChangedFunction[],
  ) {}

  get droppedColumns(): readonly { readonly table: QualifiedName; readonly name: string }[] {
    return this.tables.flatMap(change => {
      const { schema, name, columns } = change.before;
      const dropped = columns.filter(column => !columnNow(change, column));
      return dropped.map(column => ({ table: { schema, name }, name: column.name }));
    });
  }

  /** What outside the dropped things themselves does not hold any more. */
  dependents(edges: readonly Dependency[]): Reference[] {
    const gone = new Set(this.droppedTables.map(nameKey));
    const ofTables = this.droppedTables.flatMap(table =>
      outside(dependentsOf({ kind: 'table', table }, edges), table),
    );
    const ofColumns = this.droppedColumns.flatMap(column =>
      dependentsOf({ kind: 'column', ...column }, edges),
    );
    const ofFunctions = this.droppedFunctions.flatMap(fn =>
      dependentsOf({ kind: 'function', function: fn }, edges),
    );
    const ofComputed = this.#droppedComputed(edges);
    const all = [...ofTables, ...ofColumns, ...ofFunctions, ...ofComputed];
    const alive = all.filter(of => of.kind === 'function' || !gone.has(nameKey(of.table)));
    return [...new Map(alive.map(of => [JSON.stringify(of), of])).values()];
  }

  /** A computed field whose function is gone goes with it; what reads the field stands in the way. */
  #droppedComputed(edges: readonly Dependency[]): Reference[] {
    const lost = this.droppedFunctions.flatMap(fn => dependentsOf({ kind: 'function', function: fn }, edges));
    return lost.filter(({ kind }) => kind === 'computed field').flatMap(field => dependentsOf(field, edges));
  }
}

/** Compares two catalogues by what metadata names. */
export function changesBetween(before: Catalogue, after: Catalogue, metadata: Metadata): Changes {
  const source = servedSource(metadata);
  const known = (source?.tables ?? []).flatMap(({ table }) => before.table(table) ?? []);
  const dropped = known.filter(table => !survivor(table, after));
  const tables = known.flatMap(table => {
    const now = survivor(table, after);
    return now ? [{ before: table, after: now }] : [];
  });
  const functions = namedFunctions(metadata).flatMap(name => functionChange(name, before, after));
  return new Changes(
    dropped.map(({ schema, name }) => ({ schema, name })),
    functions
      .filter(({ after: now }) => now.length === 0)
      .map(({ before: { schema, name } }) => ({ schema, name })),
    tables,
    functions.filter(({ after: now }) => now.length > 0),
  );
}

/** A table that was dropped and made again under its name is taken for the same one, as Hasura does. */
const survivor = (table: Table, after: Catalogue): Table | undefined =>
  after.tableByOid(table.oid) ?? after.table(table);

/** Functions that are tracked or stand behind a computed field. */
function namedFunctions(metadata: Metadata): QualifiedName[] {
  const source = servedSource(metadata);
  const tracked = (source?.functions ?? []).map(({ function: fn }) => fn);
  const computed = (source?.tables ?? []).flatMap(({ computed_fields = [] }) =>
    computed_fields.map(({ definition }) => definition.function),
  );
  return [...new Map([...tracked, ...computed].map(name => [nameKey(name), name])).values()];
}

function functionChange(name: QualifiedName, before: Catalogue, after: Catalogue): ChangedFunction[] {
  const [was, another] = before.functionsNamed(name);
  return was && !another ? [{ before: was, after: after.functionsNamed(name) }] : [];
}
