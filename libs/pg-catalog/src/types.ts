/**
 * What the engine knows of a Postgres database: plain, immutable values, no connection and no SQL in them.
 *
 * Object identifiers (`Oid`) are Postgres's own numbers. They survive a rename, which is how a renamed table is
 * recognised; they do not survive a dump and restore, so nothing may be stored by them.
 */
export type Oid = number;

/** A name inside a schema. Both parts are exact: never folded, never quoted. */
export interface QualifiedName {
  readonly schema: string;
  readonly name: string;
}

export type TypeKind = 'base' | 'array' | 'enum' | 'domain' | 'composite' | 'range' | 'multirange' | 'pseudo';

/** One Postgres type. The optional parts belong to the kinds that their names say. */
export interface PgType extends QualifiedName {
  readonly oid: Oid;
  readonly kind: TypeKind;
  /** Postgres's category letter (`pg_type.typcategory`): N numeric, S string, B boolean, D date and time, ... */
  readonly category: string;
  /** Element of an array, base of a domain, subtype of a range. */
  readonly of?: Oid;
  /** A domain that refuses null. */
  readonly notNull?: boolean;
  /** Labels of an enum, in their order. */
  readonly labels?: readonly string[];
  /** The relation whose row type this is, or the fields' own relation of a free-standing composite. */
  readonly relation?: Oid;
  /** Fields of a free-standing composite (`create type ... as (...)`). */
  readonly fields?: readonly CompositeField[];
}

export interface CompositeField {
  readonly name: string;
  readonly type: Oid;
}

export type TableKind = 'table' | 'view' | 'materialised view' | 'foreign table' | 'partitioned table';

export interface Table extends QualifiedName {
  readonly oid: Oid;
  readonly kind: TableKind;
  /** The type of one row. */
  readonly rowType: Oid;
  readonly comment?: string;
  /** In their order in the table. */
  readonly columns: readonly Column[];
  readonly primaryKey?: Key;
  /** Unique constraints and unique indexes; the primary key is not among them. */
  readonly uniques: readonly UniqueKey[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly security: RowSecurity;
  /** What the table takes; for views this is what Postgres says of them, `instead of` triggers included. */
  readonly writable: Writable;
  /** Relations that a view reads directly. Empty for everything that is not a view. */
  readonly reads: readonly Oid[];
  readonly triggers: readonly Trigger[];
  /** The partitioned table that this one is a partition of. */
  readonly partitionOf?: Oid;
}

export interface Column {
  readonly name: string;
  /** Number in the table (`attnum`): grows, with holes where columns were dropped. */
  readonly position: number;
  readonly type: Oid;
  /** Length or precision as Postgres packs it; -1 when there is none. */
  readonly modifier: number;
  /** What the column itself says; a domain that refuses null says so in its type. */
  readonly nullable: boolean;
  /** The default as SQL text; for a generated column its expression. */
  readonly default?: string;
  readonly generated?: 'stored' | 'virtual';
  readonly identity?: 'always' | 'by default';
  readonly comment?: string;
}

export interface Key {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface UniqueKey extends Key {
  /** False for a bare unique index, which `on conflict on constraint` cannot name. */
  readonly constraint: boolean;
  /** A partial index, or one over expressions, says nothing about the whole table. */
  readonly partial: boolean;
}

export interface ForeignKey extends Key {
  readonly oid: Oid;
  readonly references: QualifiedName;
  /** Columns of the referenced table, pairwise with `columns`. */
  readonly referencedColumns: readonly string[];
}

export interface RowSecurity {
  readonly enabled: boolean;
  /** Holds for the owner as well. */
  readonly forced: boolean;
  readonly policies: readonly Policy[];
  /** A view that reads with the rights of whoever asks (`security_invoker`). */
  readonly invoker: boolean;
}

export interface Policy {
  readonly name: string;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  readonly permissive: boolean;
  /** Names of the roles it is for; `public` for all. */
  readonly roles: readonly string[];
  /** SQL texts as Postgres prints them. */
  readonly using?: string;
  readonly check?: string;
}

export interface Writable {
  readonly insert: boolean;
  readonly update: boolean;
  readonly delete: boolean;
}

export interface Trigger {
  readonly name: string;
  readonly function: QualifiedName;
  readonly enabled: boolean;
}

export type Volatility = 'immutable' | 'stable' | 'volatile';

export interface PgFunction extends QualifiedName {
  readonly oid: Oid;
  readonly comment?: string;
  /** Arguments that a caller gives (`in`, `inout`, `variadic`), in order. */
  readonly arguments: readonly FunctionArgument[];
  readonly variadic: boolean;
  readonly returns: Oid;
  readonly returnsSet: boolean;
  /** Columns of `returns table (...)` or of `out` arguments. */
  readonly outputs: readonly CompositeField[];
  readonly volatility: Volatility;
  /** Null in, null out, without being called. */
  readonly strict: boolean;
  readonly securityDefiner: boolean;
  readonly language: string;
  /** Body as written; empty for compiled languages. It tells what a function in a policy reads. */
  readonly body: string;
}

export interface FunctionArgument {
  /** Absent when the function does not name it. */
  readonly name?: string;
  readonly type: Oid;
  readonly hasDefault: boolean;
}
