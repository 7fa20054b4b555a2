import { randomUUID } from 'node:crypto';
import type { Metadata } from '@nself/hasura-metadata';
import type { Role } from './isolation-engine';

type Table = Metadata['sources'][number]['tables'][number];

/** A GraphQL request aimed at one row, by every root field of a kind at once. */
export interface Attempt {
  readonly kind: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
  /** Whether the answer shows that the row was reached. */
  readonly reached: (data: Record<string, unknown>) => boolean;
  /** How many guesses it makes. */
  readonly guesses: number;
}

/** How GraphQL names a table and its columns. */
export class Names {
  private readonly custom: Record<string, unknown>;
  private readonly columns: Record<string, { custom_name?: string }>;
  readonly type: string;

  constructor(readonly table: Table) {
    const { configuration } = table as { configuration?: Record<string, unknown> };
    const { schema, name } = table.table as { schema: string; name: string };
    this.type =
      (configuration?.['custom_name'] as string | undefined) ??
      (schema === 'public' ? name : `${schema}_${name}`);
    this.custom = (configuration?.['custom_root_fields'] as Record<string, unknown> | undefined) ?? {};
    this.columns =
      (configuration?.['column_config'] as Record<string, { custom_name?: string }> | undefined) ?? {};
  }

  column = (name: string): string => this.columns[name]?.custom_name ?? name;

  /** @param kind as metadata names root fields: `select_by_pk`, `insert_one`, ... */
  root(kind: string): string {
    const own = this.custom[kind];
    if (typeof own === 'string') return own;
    const [verb = '', rest = ''] = kind.split(/_(.*)/s);
    if (verb === 'select') return rest ? `${this.type}_${rest}` : this.type;
    return rest ? `${verb}_${this.type}_${rest}` : `${verb}_${this.type}`;
  }
}

const permissionOf = (table: Table, verb: 'select' | 'insert' | 'update' | 'delete', role: Role) =>
  (table[`${verb}_permissions`] ?? []).find(entry => entry.role === role)?.permission as
    { columns?: '*' | string[]; set?: Record<string, unknown>; allow_aggregations?: boolean } | undefined;

/** Everything that the role can aim at the row, as far as the role has the words for it. */
export function attemptsOn(table: Table, role: Role, row: Record<string, unknown>): Attempt[] {
  const names = new Names(table);
  return [
    ...reads(names, permissionOf(table, 'select', role), row),
    ...writes(names, table, role, row),
    ...inserts(names, table, role, row),
  ];
}

const listed = (columns: '*' | string[] | undefined, row: Record<string, unknown>) =>
  columns === '*' ? Object.keys(row) : (columns ?? []);

function reads(
  names: Names,
  permission: ReturnType<typeof permissionOf>,
  row: Record<string, unknown>,
): Attempt[] {
  if (!permission) return [];
  const columns = listed(permission.columns, row);
  // A view without an id is told by its family.
  const mark = columns.includes('id') ? 'id' : 'family_id';
  const id = names.column(mark);
  const guesses = columns.filter(column => isGuessable(row[column]));
  const where = Object.fromEntries(
    guesses.map((column, index) => [`w${index}`, { [names.column(column)]: { _eq: row[column] } }]),
  );
  const bool = `${names.type}_bool_exp!`;
  const hits = (rows: unknown) => (rows as Record<string, unknown>[]).some(hit => hit[id] === row[mark]);
  const listing: Attempt = {
    kind: 'read',
    query: `query (${guesses.map((_, index) => `$w${index}: ${bool}`).join(', ')}) {
      all: ${names.root('select')}(order_by: {${id}: desc}) { ${id} }
      distinct: ${names.root('select')}(distinct_on: ${id}) { ${id} }
      ${guesses.map((_, index) => `g${index}: ${names.root('select')}(where: $w${index}) { ${id} }`).join('\n')}
    }`,
    variables: where,
    reached: data => Object.values(data).some(hits),
    guesses: guesses.length + 2,
  };
  const key: Attempt = {
    kind: 'read by key',
    query: `query ($id: uuid!) { one: ${names.root('select_by_pk')}(${id}: $id) { ${id} } }`,
    variables: { id: row['id'] },
    reached: data => data['one'] !== null,
    guesses: 1,
  };
  return [
    listing,
    ...(mark === 'id' && !isView(names) ? [key] : []),
    ...counts(names, permission, guesses, where, row),
  ];
}

/** A count may tell what a list does not: each guess is narrowed to the one row. */
function counts(
  names: Names,
  permission: ReturnType<typeof permissionOf>,
  guesses: string[],
  where: Record<string, object>,
  row: Record<string, unknown>,
): Attempt[] {
  if (!permission?.allow_aggregations) return [];
  const mark = 'id' in row ? 'id' : 'family_id';
  const id = { [names.column(mark)]: { _eq: row[mark] } };
  const narrowed = Object.fromEntries(
    Object.entries(where).map(([name, guess]) => [name, { _and: [guess, id] }]),
  );
  return [
    {
      kind: 'count',
      query: `query (${guesses.map((_, index) => `$w${index}: ${names.type}_bool_exp!`).join(', ')}) {
        ${guesses.map((_, index) => `c${index}: ${names.root('select_aggregate')}(where: $w${index}) { aggregate { count } }`).join('\n')}
      }`,
      variables: narrowed,
      reached: data =>
        Object.values(data).some(found => (found as { aggregate: { count: number } }).aggregate.count > 0),
      guesses: guesses.length,
    },
  ];
}

const isGuessable = (value: unknown) =>
  value !== null && value !== undefined && typeof value !== 'object' && !String(value).startsWith('[');
/** Views have no primary key, and so no field that reads by it. */
const views = ['search_results', 'audit_trail', 'current_locations'];
const isView = ({ type }: Names) => views.includes(type);

const affected = (data: Record<string, unknown>) => {
  const { done } = data as { done: null | { affected_rows?: number } | { affected_rows: number }[] };
  if (Array.isArray(done)) return done.some(part => part.affected_rows > 0);
  return done !== null && (done.affected_rows === undefined || done.affected_rows > 0);
};

function writes(names: Names, table: Table, role: Role, row: Record<string, unknown>): Attempt[] {
  const id = names.column('id');
  const where = { [id]: { _eq: row['id'] } };
  const readable = permissionOf(table, 'select', role) !== undefined;
  const attempt = (
    kind: string,
    signature: string,
    call: string,
    variables: Record<string, unknown>,
  ): Attempt => ({
    kind,
    query: `mutation (${signature}) { done: ${call} }`,
    variables,
    reached: affected,
    guesses: 1,
  });
  const found: Attempt[] = [];
  const update = permissionOf(table, 'update', role);
  const [column] = update
    ? listed(update.columns, row).filter(name => !['id', 'family_id'].includes(name) && name in row)
    : [];
  if (column) {
    const set = { [names.column(column)]: row[column] };
    const [bool, input] = [`$w: ${names.type}_bool_exp!`, `$s: ${names.type}_set_input!`];
    found.push(
      attempt(
        'update',
        `${bool}, ${input}`,
        `${names.root('update')}(where: $w, _set: $s) { affected_rows }`,
        { w: where, s: set },
      ),
    );
    found.push(
      attempt(
        'update many',
        `$u: [${names.type}_updates!]!`,
        `${names.root('update_many')}(updates: $u) { affected_rows }`,
        { u: [{ where, _set: set }] },
      ),
    );
    if (readable)
      found.push(
        attempt(
          'update by key',
          `$k: ${names.type}_pk_columns_input!, ${input}`,
          `${names.root('update_by_pk')}(pk_columns: $k, _set: $s) { __typename }`,
          { k: { [id]: row['id'] }, s: set },
        ),
      );
  }
  if (permissionOf(table, 'delete', role)) {
    found.push(
      attempt(
        'delete',
        `$w: ${names.type}_bool_exp!`,
        `${names.root('delete')}(where: $w) { affected_rows }`,
        { w: where },
      ),
    );
    if (readable)
      found.push(
        attempt('delete by key', '$id: uuid!', `${names.root('delete_by_pk')}(${id}: $id) { __typename }`, {
          id: row['id'],
        }),
      );
  }
  return found;
}

/** A row that points where theirs points, and one that would take the place of theirs. */
function inserts(names: Names, table: Table, role: Role, row: Record<string, unknown>): Attempt[] {
  const permission = permissionOf(table, 'insert', role);
  if (!permission) return [];
  const preset = permission.set ?? {};
  const columns = listed(permission.columns, row).filter(
    column =>
      !(column in preset) && row[column] !== null && row[column] !== undefined && !/_range$/.test(column),
  );
  const object = Object.fromEntries(columns.map(column => [names.column(column), row[column]]));
  const id = names.column('id');
  const signature = `$o: [${names.type}_insert_input!]!`;
  const insert = (kind: string, objects: object[], conflict: string): Attempt => ({
    kind,
    query: `mutation (${signature}) { done: ${names.root('insert')}(objects: $o${conflict}) { affected_rows } }`,
    variables: { o: objects },
    reached: affected,
    guesses: 1,
  });
  const insertOne = (): Attempt => ({
    kind: 'insert one',
    query: `mutation ($o: ${names.type}_insert_input!) { done: ${names.root('insert_one')}(object: $o) { __typename } }`,
    variables: { o: { ...object, [id]: randomUUID() } },
    reached: affected,
    guesses: 1,
  });
  const key = `${(table.table as { name: string }).name}_pkey`;
  const update = permissionOf(table, 'update', role);
  const [column] = update ? listed(update.columns, row).filter(name => name in row && name !== 'id') : [];
  const found: Attempt[] = [];
  if (columns.some(name => name.endsWith('_id') || name.endsWith('_by')))
    found.push(insert('insert', [{ ...object, [id]: randomUUID() }], ''), insertOne());
  if (column && id in object) {
    const conflict = `, on_conflict: {constraint: ${key}, update_columns: [${names.column(column)}]}`;
    found.push(insert('upsert', [object], conflict));
  }
  return found;
}

/** Inserts of a table in which the role writes no reference: there is nothing to aim with, the family is preset. */
export function aimlessInserts(table: Table, attempts: readonly Attempt[]): string[] {
  const names = new Names(table);
  const aimed = attempts.some(({ kind }) => kind === 'insert');
  return aimed ? [] : [names.root('insert'), names.root('insert_one')];
}

/** Functions are told what to look for; each is told of theirs. */
export const functionAttempts = (rowOf: (table: string) => Record<string, unknown>): Attempt[] => [
  {
    kind: 'family_tree',
    query:
      'query ($id: uuid!) { found: family_tree(args: {profile: $id}) { id } family_tree_aggregate(args: {profile: $id}) { aggregate { count } } }',
    variables: { id: rowOf('public.genealogy_profiles')['id'] },
    reached: data => (data['found'] as unknown[]).length > 0,
    guesses: 2,
  },
  {
    kind: 'visible_feed',
    query:
      '{ found: visible_feed(args: {most: 100}) { id } visible_feed_aggregate(args: {most: 100}) { aggregate { count } } }',
    variables: {},
    reached: data =>
      (data['found'] as { id: unknown }[]).some(({ id }) => id === rowOf('public.posts')['id']),
    guesses: 2,
  },
  {
    kind: 'search',
    query:
      '{ found: search(args: {query: "secret"}) { content_id } search_aggregate(args: {query: "secret"}) { aggregate { count } } }',
    variables: {},
    reached: data =>
      (data['found'] as { content_id: unknown }[]).some(
        ({ content_id: id }) => id === rowOf('public.search_index')['content_id'],
      ),
    guesses: 2,
  },
  {
    kind: 'search_facet',
    query: '{ found: search_facet(args: {query: "secret"}) { family_id } }',
    variables: {},
    reached: data =>
      (data['found'] as { family_id: unknown }[]).some(
        ({ family_id: id }) => id === rowOf('public.posts')['family_id'],
      ),
    guesses: 1,
  },
  {
    kind: 'shopping_list',
    query:
      '{ found: shopping_list(args: {from_date: "2000-01-01", until_date: "2999-01-01"}) { family_id } }',
    variables: {},
    reached: data =>
      (data['found'] as { family_id: unknown }[]).some(
        ({ family_id: id }) => id === rowOf('public.posts')['family_id'],
      ),
    guesses: 1,
  },
  {
    kind: 'why_visible',
    query:
      'query ($post: uuid!, $viewer: uuid!) { found: why_visible(args: {post: $post, viewer: $viewer}) { reason } }',
    variables: { post: rowOf('public.posts')['id'], viewer: rowOf('public.posts')['author_id'] },
    reached: data =>
      (data['found'] as { reason: unknown }[]).some(({ reason }) => reason !== 'post_not_found'),
    guesses: 1,
  },
];
