import type { Model, TableModel } from '../../../../libs/graphql-engine/src/model';
import type { Household } from '../neighbours';

/** Rows that are taken away first, so that no unique key of theirs stands in the way of what is tried. */
export interface Room {
  readonly table: string;
  readonly ids: readonly string[];
}

/** One request that is aimed at the neighbours. */
export interface Attempt {
  readonly role: string;
  /** What is tried, in words: `where _like`, `insert with a foreign parent`. */
  readonly kind: string;
  /** What it is aimed at: `schema.table`, or a function. */
  readonly table: string;
  /** The root field. */
  readonly root: string;
  readonly operation: 'query' | 'mutation' | 'subscription';
  readonly text: string;
  readonly room?: readonly Room[];
  /**
   * How it is shown that the request is well made: the neighbours do the very same (`them`), or we do what differs
   * in nothing but whose value it names (`us`).
   */
  readonly control: { readonly by: 'them' } | { readonly by: 'us'; readonly text: string };
  /** It brings an id of theirs as its own: that this id is taken can be told, and nothing else. */
  readonly claims?: boolean;
}

/** What attempts are made from. */
export interface Aim {
  readonly role: string;
  readonly model: Model;
  readonly us: Household;
  readonly them: Household;
}

/** A table as it is aimed at: a row of ours and a row of theirs by the API's names. */
export interface Target extends Aim {
  readonly table: TableModel;
  readonly ours: ApiRow | undefined;
  readonly theirs: ApiRow | undefined;
}

export type ApiRow = Readonly<Record<string, unknown>>;

/** A row under the names that columns have in the API, without what is null. */
export function apiRow(table: TableModel, household: Household): ApiRow | undefined {
  const row = household.seen.get(table.key)?.[0];
  if (!row) return undefined;
  const named = [...table.columns.values()].map(({ name, graphqlName }) => [graphqlName, row[name]] as const);
  return Object.fromEntries(named.filter(([, value]) => value !== null && value !== undefined));
}

export const targetOf = (aim: Aim, table: TableModel): Target => ({
  ...aim,
  table,
  ours: apiRow(table, aim.us),
  theirs: apiRow(table, aim.them),
});

/** The table that an object or input type stands for, by the name of its object type. */
export function tableNamed(model: Model, name: string): TableModel | undefined {
  for (const table of model.tables.values()) if (table.graphqlName === name) return table;
  return undefined;
}
