import type { Aggregate } from './aggregate';
import type { Connection } from './connection';
import type { Operand } from './bool-exp';
import type { Select } from './select';
import type { Param } from './value';

/** The members of one JSON object, in the order of the selection. */
export type Fields = readonly Field[];

export interface Field {
  readonly alias: string;
  readonly value: FieldValue;
}

export type FieldValue = ScalarField | TextField | NestedField | NodeIdField;

/** A scalar of the row at hand. */
export interface ScalarField {
  readonly kind: 'scalar';
  readonly operand: Operand;
  /** Steps into a JSON value (`path` argument), as a text array. */
  readonly path?: Param;
  /** As a JSON string where JSON numbers would lose digits. */
  readonly stringify: boolean;
  /** In capitals: how the naming convention of GraphQL shows the values of an enum table. */
  readonly uppercase?: boolean;
}

/** The same text in every row: `__typename`. */
export interface TextField {
  readonly kind: 'text';
  readonly text: string;
}

/** Rows of elsewhere that belong to the row at hand. */
export interface NestedField {
  readonly kind: 'nested';
  readonly rows: Select | Aggregate | Connection;
}

/** Relay's global id: base64 of `[1, schema, table, key values...]`. */
export interface NodeIdField {
  readonly kind: 'node-id';
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
}
