import { createHash } from 'node:crypto';
import { print, type Sql } from '@nself/pg-sql';
import type { ErrorCode } from '../executor';
import type { Param, StreamColumn } from '../ir';
import type { TableKey } from '../model';
import type { Compilation } from './compilation';

/** One statement: text that is equal for equal shapes, and the holes of its `$1..$n`. It returns one row. */
export interface CompiledStatement {
  readonly text: string;
  /** Hash of the text: the name under which connections keep it prepared. */
  readonly name: string;
  readonly params: readonly Param[];
  /** Tables and views that it names. */
  readonly tables: readonly TableKey[];
  /** It calls functions of the database, and what those read is not known. */
  readonly opaque: boolean;
  /** A streaming query: the row's second field is a JSON object with the last value of each cursor column as text. */
  readonly stream?: readonly StreamColumn[];
  /** What a database error of it blames; the whole request when absent. */
  readonly path?: string;
  /** Errors that the statement raises itself, by the name it raises them under. */
  readonly refusals?: Readonly<
    Record<string, { readonly code: ErrorCode; readonly message: string; readonly path: string }>
  >;
}

/** A root field: what runs before (mutations), and the statement whose row answers. */
export interface CompiledRoot {
  readonly before?: readonly CompiledStatement[];
  readonly statement: CompiledStatement;
}

export type StatementExtras = Pick<CompiledStatement, 'stream' | 'path' | 'refusals'>;

export function statementOf(
  tree: Sql,
  compilation: Compilation,
  extras: StatementExtras = {},
): CompiledStatement {
  const { text, params } = print<Param>(tree, param => param.key);
  const name = createHash('sha1').update(text).digest('base64url');
  return {
    text,
    name,
    params,
    tables: [...compilation.tables],
    opaque: compilation.functions.size > 0,
    ...extras,
  };
}
