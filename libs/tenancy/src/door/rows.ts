import type { EntityManager } from 'typeorm';
import { NoContextError } from './context-subscriber';

/** The rows of one statement and how many rows it touched. */
export interface StatementResult<T> {
  readonly rows: T[];
  readonly count: number;
}

/**
 * Runs one statement and says both what it returned and how many rows it touched. TypeORM's own `query` answers
 * updates and deletes in another shape than the rest; this one does not.
 */
export async function statement<T>(
  manager: EntityManager,
  text: string,
  values: readonly unknown[] = [],
): Promise<StatementResult<T>> {
  const { queryRunner } = manager;
  if (!queryRunner) throw new NoContextError();
  const result = await queryRunner.query(text, [...values], true);
  return { rows: result.records as T[], count: result.affected ?? result.records.length };
}

/** The rows that a statement returns, also when it is an update or delete with `returning`. */
export const rowsOf = async <T>(
  manager: EntityManager,
  text: string,
  values: readonly unknown[] = [],
): Promise<T[]> => (await statement<T>(manager, text, values)).rows;

/** The first row, if there is one. */
export const firstOf = async <T>(
  manager: EntityManager,
  text: string,
  values: readonly unknown[] = [],
): Promise<T | undefined> => (await rowsOf<T>(manager, text, values))[0];

/** The row of a statement that always has one, such as an aggregate. @throws Error when it has none: a mistake in the SQL */
export async function onlyRow<T>(
  manager: EntityManager,
  text: string,
  values: readonly unknown[] = [],
): Promise<T> {
  const row = await firstOf<T>(manager, text, values);
  if (row === undefined) throw new Error('A statement that always has a row had none.');
  return row;
}
