import type { BoolExp } from '../ir';

/**
 * The Model: catalogue and metadata resolved against each other, immutable, swapped as a whole. What could not be
 * resolved is listed in `inconsistencies` and is nowhere else in it. Schema and planner read nothing but this.
 */
export interface Model {
  /** Changes whenever anything in the model does. */
  readonly version: string;
  readonly tables: ReadonlyMap<TableKey, TableModel>;
  /** Tracked functions by `${schema}.${name}`. */
  readonly functions: ReadonlyMap<string, FunctionModel>;
  /** Every role that some permission names, without admin; inherited roles are among them. */
  readonly roles: readonly string[];
  readonly inheritedRoles: ReadonlyMap<string, readonly string[]>;
  readonly options: ModelOptions;
  /** Roles that may not ask `__schema` and `__type`. */
  readonly unintrospective?: ReadonlySet<string>;
  readonly inconsistencies: readonly Inconsistency[];
}

export interface ModelOptions {
  /** bigint and numeric leave as JSON strings. */
  readonly stringifyNumerics: boolean;
  readonly namingConvention: 'hasura-default' | 'graphql-default';
  /** A function's permission follows from the select permission of what it returns. */
  readonly inferFunctionPermissions: boolean;
  /** `null` for a boolean expression means true, as Hasura v1 had it. */
  readonly nullsAreTrue: boolean;
  /** What a variable without value stands for is not there, instead of null: GraphQL's rule, an experiment of Hasura's. */
  readonly unboundAreAbsent?: boolean;
  readonly relay: boolean;
  /** Parts of the API that Hasura hides where an experiment is on, for clients whose generated code they swell. */
  readonly hidden?: readonly HiddenPart[];
  /** Source customization of type names. */
  readonly typeNames: {
    readonly prefix: string;
    readonly suffix: string;
  };
  /** One field of the root under which all root fields of the source live. */
  readonly rootNamespace?: string;
}

export type HiddenPart = 'update_many_fields' | 'aggregation_predicates' | 'stream_fields';

export interface Inconsistency {
  readonly type: string;
  readonly name: string;
  readonly reason: string;
  /** The metadata object as Hasura would show it. */
  readonly definition?: unknown;
  /** What an inherited role could not inherit; it stands in place of a definition. */
  readonly entity?: unknown;
}

/** `${schema}.${name}`; made by `tableKey`. */
export type TableKey = string;

export const tableKey = (schema: string, name: string): TableKey => `${schema}.${name}`;

export type TypeKind = 'base' | 'array' | 'enum' | 'domain' | 'composite' | 'range' | 'multirange' | 'pseudo';

/** A Postgres type as the engine needs it: what to cast to, and how its values are written. */
export interface TypeModel {
  readonly schema: string;
  /** As `pg_type` spells it: int4, timestamptz, _text. */
  readonly name: string;
  readonly kind: TypeKind;
  /** Postgres's category letter: N numeric, S string, B boolean, D date and time, ... */
  readonly category: string;
  /** Element of an array, base of a domain, subtype of a range. */
  readonly of?: TypeModel;
  /** Labels of an enum. */
  readonly labels?: readonly string[];
}

export interface TableModel {
  readonly key: TableKey;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view' | 'materialised view' | 'foreign table' | 'partitioned table';
  /**
   * Name of its object type and base of its other type names: custom name as it is, else made of schema and name by
   * the naming convention (`author_local`, `AuthorLocal`). Prefix and suffix of type names come later.
   */
  readonly graphqlName: string;
  /** Somebody chose `graphqlName`: the naming convention leaves its letters alone. */
  readonly customName?: boolean;
  /** Final names, customization and convention applied. */
  readonly rootFields: RootFieldNames;
  /** By SQL name, in table order. Columns whose name GraphQL cannot say are left out. */
  readonly columns: ReadonlyMap<string, ColumnModel>;
  readonly primaryKey?: UniqueModel;
  /** Primary key, unique constraints and unique indexes; `constraint` says which of them `on_conflict` may name. */
  readonly uniques: readonly UniqueModel[];
  readonly relationships: ReadonlyMap<string, RelationshipModel>;
  readonly computedFields: ReadonlyMap<string, ComputedFieldModel>;
  /** Rows of an enum table. */
  readonly enumValues?: readonly EnumValue[];
  readonly insertable: boolean;
  readonly updatable: boolean;
  readonly deletable: boolean;
  /** By role; admin is not listed and may do everything (see permissions/admin). */
  readonly permissions: ReadonlyMap<string, RolePermissions>;
  /** Comment for the API: metadata's, else the table's own; never empty. */
  readonly comment?: string;
  /** `apollo_federation_config` is on. */
  readonly federated?: boolean;
}

export type RootFieldKind =
  | 'select'
  | 'selectByPk'
  | 'selectAggregate'
  | 'selectStream'
  | 'insert'
  | 'insertOne'
  | 'update'
  | 'updateByPk'
  | 'updateMany'
  | 'delete'
  | 'deleteByPk';

export type RootFieldNames = Readonly<Record<RootFieldKind, RootFieldName>>;

export interface RootFieldName {
  readonly name: string;
  readonly comment?: string;
}

export interface ColumnModel {
  readonly name: string;
  readonly graphqlName: string;
  readonly type: TypeModel;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  /** Filled by Postgres only. */
  readonly generated: boolean;
  readonly identity?: 'always' | 'by default';
  readonly comment?: string;
  /** Its declared type is a domain, with rules of its own. */
  readonly domain?: boolean;
  /** The enum table that this column points to. */
  readonly enumTable?: TableKey;
}

export interface UniqueModel {
  readonly name: string;
  readonly columns: readonly string[];
  readonly constraint: boolean;
}

export interface EnumValue {
  readonly value: string;
  readonly comment?: string;
}

export interface RelationshipModel {
  readonly name: string;
  readonly kind: 'object' | 'array';
  readonly target: TableKey;
  /** Columns that meet: of this table, of the target. */
  readonly columns: readonly (readonly [from: string, to: string])[];
  /** Which row of a nested insert must exist first. */
  readonly insertionOrder: 'before_parent' | 'after_parent';
  /** Whether the object can be missing. */
  readonly nullable: boolean;
  readonly comment?: string;
}

export interface FunctionArgumentModel {
  /** SQL name; absent when the function does not name it. */
  readonly name?: string;
  /** Name in the API; `arg_1` and so on for nameless ones. */
  readonly graphqlName: string;
  readonly type: TypeModel;
  readonly hasDefault: boolean;
  /** Filled by the engine: the row of a computed field, or the session variables as JSON. */
  readonly fill?: 'row' | 'session';
}

export type ComputedFieldReturn =
  | { readonly kind: 'scalar'; readonly type: TypeModel }
  | { readonly kind: 'table'; readonly table: TableKey; /** Many rows, or one. */ readonly set?: boolean };

export interface ComputedFieldModel {
  readonly name: string;
  readonly graphqlName: string;
  readonly function: { readonly schema: string; readonly name: string };
  /** All arguments in order, the filled ones too. */
  readonly arguments: readonly FunctionArgumentModel[];
  readonly returns: ComputedFieldReturn;
  readonly comment?: string;
}

export interface FunctionModel {
  readonly key: string;
  readonly schema: string;
  readonly name: string;
  /** Base of its type names. */
  readonly graphqlName: string;
  /** Somebody chose `graphqlName`. */
  readonly customName?: boolean;
  readonly rootField: RootFieldName;
  readonly rootFieldAggregate: RootFieldName;
  readonly exposedAs: 'query' | 'mutation';
  readonly arguments: readonly FunctionArgumentModel[];
  readonly returns: { readonly table: TableKey; readonly set: boolean };
  /** Roles with an explicit permission. */
  readonly roles: ReadonlySet<string>;
  readonly comment?: string;
}

export interface RolePermissions {
  readonly select?: SelectPermission;
  readonly insert?: InsertPermission;
  readonly update?: UpdatePermission;
  readonly delete?: DeletePermission;
}

export interface SelectPermission {
  readonly columns: ReadonlySet<string>;
  /** Names of scalar computed fields; table computed fields follow the permission of their table. */
  readonly computedFields: ReadonlySet<string>;
  readonly filter: BoolExp;
  readonly limit?: number;
  readonly allowAggregations: boolean;
  /** Root fields that exist; absent means all. */
  readonly queryRootFields?: ReadonlySet<'select' | 'select_by_pk' | 'select_aggregate'>;
  readonly subscriptionRootFields?: ReadonlySet<
    'select' | 'select_by_pk' | 'select_aggregate' | 'select_stream'
  >;
  /** Inherited roles: the column (or computed field) is null in rows where this does not hold. */
  readonly conditions?: ReadonlyMap<string, BoolExp>;
}

/** What a preset writes: a constant of the metadata, or a session variable (lower case). */
export type Preset =
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'session'; readonly name: string };

export interface InsertPermission {
  readonly columns: ReadonlySet<string>;
  readonly check: BoolExp;
  readonly set: ReadonlyMap<string, Preset>;
  readonly backendOnly: boolean;
}

export interface UpdatePermission {
  readonly columns: ReadonlySet<string>;
  readonly filter: BoolExp;
  readonly check?: BoolExp;
  readonly set: ReadonlyMap<string, Preset>;
  readonly backendOnly: boolean;
}

export interface DeletePermission {
  readonly filter: BoolExp;
  readonly backendOnly: boolean;
}
