import { EngineError, isAdmin } from '../../executor';
import { always, and, type BoolExp } from '../../ir';
import {
  bareName,
  quoted,
  tableKey,
  type ColumnModel,
  type SelectPermission,
  type TableModel,
} from '../../model';
import { roleContext, type RoleContext } from '../../schema';
import type { QualifiedName, Verb } from '@nself/hasura-metadata';
import type { Workspace } from '../workspace';

/** What one role may do with rows, for the row commands: the same permissions that the GraphQL schema is made of. */
export class Access {
  readonly context: RoleContext;

  constructor(readonly work: Workspace) {
    const { model, session } = work;
    this.context = roleContext(model, session.role, {
      backend: session.backend || this.isAdmin,
      relay: false,
      unsayable: true,
    });
  }

  get isAdmin(): boolean {
    return isAdmin(this.work.session);
  }

  get role(): string {
    return this.work.session.role;
  }

  /** @throws EngineError `not-exists` when the table is not tracked */
  table(name: QualifiedName): TableModel {
    const table = this.work.model.tables.get(tableKey(name.schema, name.name));
    if (table) return table;
    throw new EngineError('not-exists', `table ${quoted(bareName(name))} does not exist`, {
      path: '$.args.table',
    });
  }

  select(table: TableModel): SelectPermission {
    return this.context.select(table) ?? this.#refuse('select', table);
  }

  insert(table: TableModel) {
    return this.context.insert(table) ?? this.#refuse('insert', table);
  }

  update(table: TableModel) {
    return this.context.update(table) ?? this.#refuse('update', table);
  }

  delete(table: TableModel) {
    return this.context.delete(table) ?? this.#refuse('delete', table);
  }

  #refuse(verb: Verb, table: TableModel): never {
    const what = `${verb} on ${quoted(bareName(table))} for role ${quoted(this.role)} is not allowed. `;
    throw new EngineError('permission-denied', what, { path: '$.args' });
  }

  /** A column that the role may select. */
  readable(table: TableModel, name: string, path: string): ColumnModel {
    return this.column(table, name, this.select(table).columns, 'select', path);
  }

  /** A column among those that a permission lists. */
  column(
    table: TableModel,
    name: string,
    allowed: ReadonlySet<string>,
    verb: Verb,
    path: string,
  ): ColumnModel {
    const column = allowed.has(name) ? table.columns.get(name) : undefined;
    if (column) return column;
    const message = this.isAdmin
      ? `no such column exists: ${quoted(name)}`
      : `role ${quoted(this.role)} does not have permission to ${verb} column ${quoted(name)}`;
    throw new EngineError('permission-denied', message, { path });
  }

  /** Rows of a table that the role may see. */
  visibleRows(table: TableModel, where: BoolExp = always): BoolExp {
    return and(this.select(table).filter, where);
  }
}
