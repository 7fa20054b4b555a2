import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLObjectType,
  type GraphQLEnumValueConfigMap,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
} from 'graphql';
import { always } from '../ir';
import {
  isGraphqlName,
  type DeletePermission,
  type HiddenPart,
  type InsertPermission,
  type Model,
  type RolePermissions,
  type SelectPermission,
  type TableKey,
  type TableModel,
  type TypeModel,
  type UpdatePermission,
} from '../model';
import type { FieldMap, InputFieldMap } from './field';
import { Names } from './names';
import type { VisibleTable } from './tables/visible';

export interface RoleOptions {
  /** Permissions marked `backend_only` apply. */
  readonly backend: boolean;
  /** The relay API: connections instead of lists, global ids. */
  readonly relay: boolean;
  /** Tables that GraphQL cannot name are there as well: the row commands go by Postgres's names. */
  readonly unsayable?: boolean;
}

/**
 * Types that hold each other: a row's relationships hold rows, conditions hold conditions. The circle is closed here,
 * in a value, and not between files.
 */
export interface Builders {
  readonly row: (context: RoleContext, seen: VisibleTable) => GraphQLObjectType;
  readonly condition: (context: RoleContext, seen: VisibleTable) => GraphQLInputObjectType;
  readonly comparison: (context: RoleContext, type: TypeModel) => GraphQLInputObjectType;
}

/** What every feature builds with: the model as one role may see it, and types that are made once, when asked for. */
export class RoleContext {
  readonly names: Names;
  private rows?: ReadonlySet<string>;
  private readonly types = new Map<string, GraphQLNamedType>();
  private readonly adminPermissions = new Map<TableKey, RolePermissions>();

  constructor(
    readonly model: Model,
    readonly role: string,
    readonly options: RoleOptions,
    readonly builders: Builders,
  ) {
    this.names = new Names(model.options);
  }

  /** Names of the object types of tables: no scalar can be called so. */
  get rowTypes(): ReadonlySet<string> {
    return (this.rows ??= new Set(
      [...this.model.tables.values()].map(({ graphqlName }) => this.names.type(graphqlName)),
    ));
  }

  hides(part: HiddenPart): boolean {
    return this.model.options.hidden?.includes(part) ?? false;
  }

  get isAdmin(): boolean {
    return this.role === 'admin';
  }

  table(key: TableKey): TableModel {
    const table = this.model.tables.get(key);
    if (!table) throw new TypeError(`no table ${key} in the model`);
    return table;
  }

  select(table: TableModel): SelectPermission | undefined {
    return this.permissions(table).select;
  }

  insert(table: TableModel): InsertPermission | undefined {
    return this.forThisSide(table.insertable, this.permissions(table).insert);
  }

  update(table: TableModel): UpdatePermission | undefined {
    return this.forThisSide(table.updatable, this.permissions(table).update);
  }

  delete(table: TableModel): DeletePermission | undefined {
    return this.forThisSide(table.deletable, this.permissions(table).delete);
  }

  object(
    name: string,
    make: () => { description?: string; fields: () => FieldMap; interfaces?: () => GraphQLInterfaceType[] },
  ): GraphQLObjectType {
    return this.once(name, () => new GraphQLObjectType({ name, ...make() }));
  }

  input(
    name: string,
    make: () => { description?: string; fields: () => InputFieldMap },
  ): GraphQLInputObjectType {
    return this.once(name, () => new GraphQLInputObjectType({ name, ...make() }));
  }

  enum(
    name: string,
    make: () => { description?: string; values: GraphQLEnumValueConfigMap },
  ): GraphQLEnumType {
    return this.once(name, () => new GraphQLEnumType({ name, ...make() }));
  }

  /** One type per name and role. */
  once<T extends GraphQLNamedType>(name: string, make: () => T): T {
    const known = this.types.get(name);
    if (known) return known as T;
    const made = make();
    this.types.set(name, made);
    return made;
  }

  private permissions(table: TableModel): RolePermissions {
    if (!this.options.unsayable && !isGraphqlName(table.graphqlName)) return {};
    if (!this.isAdmin) return table.permissions.get(this.role) ?? {};
    const known = this.adminPermissions.get(table.key);
    if (known) return known;
    const made = everything(table);
    this.adminPermissions.set(table.key, made);
    return made;
  }

  private forThisSide<T extends { backendOnly: boolean }>(
    possible: boolean,
    permission: T | undefined,
  ): T | undefined {
    return possible && permission && (!permission.backendOnly || this.options.backend)
      ? permission
      : undefined;
  }
}

/** What admin may do: all of it, always. */
function everything(table: TableModel): RolePermissions {
  const columns = new Set(table.columns.keys());
  const set = new Map<string, never>();
  return {
    select: {
      columns,
      computedFields: new Set(table.computedFields.keys()),
      filter: always,
      allowAggregations: true,
    },
    insert: { columns, check: always, set, backendOnly: false },
    update: { columns, filter: always, set, backendOnly: false },
    delete: { filter: always, backendOnly: false },
  };
}
