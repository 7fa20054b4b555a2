import type { Condition, Scalar, TableName } from './domain';

/** What the generator makes, the printer writes as GraphQL, and the evaluator answers. */
export interface Request {
  readonly role: string;
  readonly user: number;
  readonly operation: 'query' | 'mutation';
  readonly roots: readonly Root[];
}

export type Root = ListRoot | KeyRoot | AggregateRoot | Writing;
export type Writing = InsertRoot | UpdateRoot | UpdateKeyRoot | UpdateManyRoot | DeleteRoot | DeleteKeyRoot;

/** Rows of a function instead of all rows of a table. */
export interface Call {
  readonly minimum?: number;
}

export interface ListRoot {
  readonly kind: 'list';
  readonly table: TableName;
  readonly call?: Call;
  readonly args: ListArguments;
  readonly fields: readonly Field[];
}

export interface KeyRoot {
  readonly kind: 'by-key';
  readonly table: TableName;
  readonly key: Readonly<Record<string, Scalar>>;
  readonly fields: readonly Field[];
}

export interface AggregateRoot {
  readonly kind: 'aggregate';
  readonly table: TableName;
  readonly call?: Call;
  readonly args: ListArguments;
  readonly sums: readonly Sum[];
  /** Absent when nodes are not asked for. */
  readonly nodes?: readonly Field[];
}

export interface ListArguments {
  readonly where?: Condition;
  readonly orderBy: readonly Order[];
  readonly distinctOn?: readonly string[];
  readonly limit?: number;
  readonly offset?: number;
}

/** `path` leads over object relationships to a column; with `count`, an array relationship's number of rows. */
export interface Order {
  readonly path: readonly string[];
  readonly count?: boolean;
  readonly direction: Direction;
}

export const directions = [
  'asc',
  'desc',
  'asc_nulls_first',
  'asc_nulls_last',
  'desc_nulls_first',
  'desc_nulls_last',
] as const;
export type Direction = (typeof directions)[number];

export type Sum =
  | { readonly kind: 'count'; readonly columns: readonly string[]; readonly distinct: boolean }
  | { readonly kind: 'max' | 'min' | 'sum'; readonly column: string };

export type Field =
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'object'; readonly name: string; readonly fields: readonly Field[] }
  | {
      readonly kind: 'array';
      readonly name: string;
      readonly args: ListArguments;
      readonly fields: readonly Field[];
    }
  | {
      readonly kind: 'sums';
      readonly name: string;
      readonly args: ListArguments;
      readonly sums: readonly Sum[];
    };

export interface InsertRoot {
  readonly kind: 'insert';
  readonly table: TableName;
  readonly one: boolean;
  readonly rows: readonly NewRow[];
  readonly conflict?: Conflict;
  readonly returning: readonly Field[];
}

export interface NewRow {
  readonly cells: Readonly<Record<string, Scalar>>;
  readonly related: readonly {
    readonly name: string;
    readonly rows: readonly NewRow[];
    readonly conflict?: Conflict;
  }[];
}

export interface Conflict {
  readonly columns: readonly string[];
  readonly where?: Condition;
}

export interface Changes {
  readonly set: Readonly<Record<string, Scalar>>;
  readonly increment: Readonly<Record<string, number>>;
}

export interface UpdateRoot {
  readonly kind: 'update';
  readonly table: TableName;
  readonly where: Condition;
  readonly changes: Changes;
  readonly returning: readonly Field[];
}

export interface UpdateKeyRoot {
  readonly kind: 'update-by-key';
  readonly table: TableName;
  readonly key: Readonly<Record<string, Scalar>>;
  readonly changes: Changes;
  readonly returning: readonly Field[];
}

export interface UpdateManyRoot {
  readonly kind: 'update-many';
  readonly table: TableName;
  readonly updates: readonly { readonly where: Condition; readonly changes: Changes }[];
  readonly returning: readonly Field[];
}

export interface DeleteRoot {
  readonly kind: 'delete';
  readonly table: TableName;
  readonly where: Condition;
  readonly returning: readonly Field[];
}

export interface DeleteKeyRoot {
  readonly kind: 'delete-by-key';
  readonly table: TableName;
  readonly key: Readonly<Record<string, Scalar>>;
  readonly returning: readonly Field[];
}
