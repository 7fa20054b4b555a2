import type { ErrorCode } from '../executor';
import type { Delete } from './delete';
import type { Fields } from './fields';
import type { Insert } from './insert';
import type { TableSource } from './source';
import type { Update } from './update';

/**
 * One root field of a mutation: steps that write, in their order, and what is told about them.
 *
 * A single step whose answer shows nothing but columns of its own rows is one statement. Everything else needs more:
 * all parts of one Postgres statement see the database as it was before that statement, so the parent that a nested
 * insert has just written, or the rows that a trigger or cascade changed, are visible to the next statement only. Hasura
 * therefore sends each step and the answer one after another and carries the rows between them itself. Here they
 * leave in one write, and the rows stay in Postgres: a step keeps what later ones need (`Keep`) in settings that live
 * as long as the transaction, and the answer reads them back as rows of the table (`WrittenSource` in ir/source.ts).
 */
export interface Mutation {
  readonly kind: 'mutation';
  /** Whose rows the answer shows. */
  readonly table: TableSource;
  readonly steps: readonly Step[];
  readonly answer: MutationAnswer;
}

/** Several mutations in order, answered as a list (`update_t_many`). */
export interface MutationList {
  readonly kind: 'mutation-list';
  readonly mutations: readonly Mutation[];
}

export interface Step {
  readonly change: Insert | Update | Delete;
  /** What an error of this step blames. */
  readonly path: string;
  readonly keep: Keep;
}

export interface Keep {
  /** The rows belong to the answer; without it they only count. */
  readonly rows: boolean;
  /** Only the columns that are needed may be kept: no type of the table minds that the others are null. */
  readonly inPart?: boolean;
  /** Later steps need the one row that this step writes. */
  readonly row?: KeptRow;
}

export interface KeptRow {
  readonly slot: number;
  /** What later steps need of it. */
  readonly columns: readonly string[];
  /** Told when there is no such row. */
  readonly whenNothing: Refusal;
}

/** An error that the statement itself raises. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: string;
}

export type MutationAnswer = ResponseAnswer | RowAnswer;

/** `{ affected_rows returning { ... } }` */
export interface ResponseAnswer {
  readonly kind: 'response';
  readonly items: readonly ResponseItem[];
}

export type ResponseItem =
  | { readonly alias: string; readonly kind: 'affected-rows' }
  | { readonly alias: string; readonly kind: 'returning'; readonly fields: Fields }
  | { readonly alias: string; readonly kind: 'text'; readonly text: string };

/** The one row, or null. */
export interface RowAnswer {
  readonly kind: 'row';
  readonly fields: Fields;
}
