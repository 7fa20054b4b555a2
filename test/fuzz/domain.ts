/**
 * The world that is fuzzed: three tables with relationships of every kind, and two roles besides admin. Permissions are
 * data here; metadata and the reference evaluator are both made from this one description.
 */
export type Scalar = number | string | boolean | null;
export type Row = Readonly<Record<string, Scalar>>;
export type Json = Scalar | readonly Json[] | { readonly [key: string]: Json };
export type Condition = { readonly [key: string]: Json };

export interface Column {
  readonly name: string;
  readonly type: 'int' | 'text' | 'bool';
  readonly nullable: boolean;
  /** A scalar computed field: what its function gives for a row. */
  readonly computed?: (row: Row) => Scalar;
}

export interface Relation {
  readonly name: string;
  readonly kind: 'object' | 'array';
  readonly target: TableName;
  readonly from: string;
  readonly to: string;
  /** A computed field finds the rows. */
  readonly computed?: boolean;
}

export type TableName = 'person' | 'post' | 'tag';

export interface Permission {
  readonly select?: SelectPermission;
  readonly insert?: {
    readonly columns: readonly string[];
    readonly check: Condition;
    readonly set: Readonly<Record<string, Scalar>>;
  };
  readonly update?: {
    readonly columns: readonly string[];
    readonly filter: Condition;
    readonly check: Condition;
    readonly set: Readonly<Record<string, Scalar>>;
  };
  readonly delete?: { readonly filter: Condition };
}

export interface SelectPermission {
  readonly columns: readonly string[];
  readonly filter: Condition;
  readonly aggregates: boolean;
  /** Inherited roles: the column is null in rows where this does not hold. */
  readonly when?: Readonly<Record<string, Condition>>;
}

export interface Table {
  readonly name: TableName;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly relations: readonly Relation[];
  readonly permissions: Readonly<Record<string, Permission>>;
}

export const ME = 'X-Hasura-User-Id';
/** A tracked function: the people of an age, which its argument says. */
export const ELDERS = 'elders';
export const ELDER = 3;
const mine = { author_id: { _eq: ME } };
const int = (name: string, nullable = false): Column => ({ name, type: 'int', nullable });
const text = (name: string, nullable = false): Column => ({ name, type: 'text', nullable });
const double: Column = {
  name: 'double_age',
  type: 'int',
  nullable: true,
  computed: ({ age }) => (age === null ? null : 2 * Number(age)),
};

const person: Table = {
  name: 'person',
  columns: [int('id'), text('name', true), int('age', true), int('boss_id', true), double],
  key: ['id'],
  relations: [
    { name: 'boss', kind: 'object', target: 'person', from: 'boss_id', to: 'id' },
    { name: 'team', kind: 'array', target: 'person', from: 'id', to: 'boss_id' },
    { name: 'minions', kind: 'array', target: 'person', from: 'id', to: 'boss_id', computed: true },
    { name: 'posts', kind: 'array', target: 'post', from: 'id', to: 'author_id' },
  ],
  permissions: {
    user: {
      select: {
        columns: ['id', 'name', 'boss_id', 'double_age'],
        filter: { _or: [{ id: { _eq: ME } }, { boss_id: { _eq: ME } }] },
        aggregates: true,
      },
      update: { columns: ['name', 'age'], filter: { id: { _eq: ME } }, check: { age: { _lt: 8 } }, set: {} },
    },
    editor: {
      select: {
        columns: ['id', 'name', 'age'],
        filter: { _not: { posts: { _and: [{ hidden: { _eq: true } }, { stars: { _cgt: ['$', 'age'] } }] } } },
        aggregates: false,
      },
      insert: {
        columns: ['id', 'name'],
        check: { _not: { name: { _is_null: true } } },
        set: { age: 3, boss_id: ME },
      },
    },
  },
};

const post: Table = {
  name: 'post',
  columns: [
    int('id'),
    int('author_id'),
    text('title'),
    int('stars', true),
    { name: 'hidden', type: 'bool', nullable: true },
  ],
  key: ['id'],
  relations: [
    { name: 'author', kind: 'object', target: 'person', from: 'author_id', to: 'id' },
    { name: 'tags', kind: 'array', target: 'tag', from: 'id', to: 'post_id' },
  ],
  permissions: {
    user: {
      select: {
        columns: ['id', 'author_id', 'title', 'hidden'],
        filter: { _or: [mine, { hidden: { _eq: false } }] },
        aggregates: true,
      },
      insert: {
        columns: ['id', 'title', 'stars', 'hidden'],
        check: { stars: { _gte: 2 } },
        set: { author_id: ME },
      },
      update: {
        columns: ['title', 'hidden', 'stars'],
        filter: mine,
        check: { _or: [{ stars: { _gte: 1 } }, { hidden: { _eq: true } }] },
        set: {},
      },
      delete: { filter: { _and: [mine, { _not: { tags: { label: { _eq: 'd' } } } }] } },
    },
    editor: {
      select: {
        columns: ['id', 'title', 'stars', 'hidden', 'author_id'],
        filter: { author: { age: { _gt: 2 } } },
        aggregates: true,
      },
      insert: {
        columns: ['id', 'author_id', 'title', 'stars'],
        check: { author: { _or: [{ boss_id: { _eq: ME } }, { age: { _cgte: ['$', 'stars'] } }] } },
        set: { hidden: false },
      },
      update: {
        columns: ['title', 'author_id'],
        filter: { stars: { _is_null: false } },
        check: {},
        set: { hidden: true },
      },
      delete: { filter: { hidden: { _eq: true } } },
    },
  },
};

const tag: Table = {
  name: 'tag',
  columns: [int('post_id'), text('label'), int('weight', true)],
  key: ['post_id', 'label'],
  relations: [{ name: 'post', kind: 'object', target: 'post', from: 'post_id', to: 'id' }],
  permissions: {
    user: {
      select: { columns: ['post_id', 'label'], filter: { post: mine }, aggregates: true },
      insert: { columns: ['post_id', 'label', 'weight'], check: { post: mine }, set: {} },
      update: { columns: ['weight'], filter: { post: mine }, check: { weight: { _gt: 0 } }, set: {} },
      delete: { filter: { post: { title: { _neq: 'e' } } } },
    },
    editor: {
      select: { columns: ['post_id', 'label', 'weight'], filter: {}, aggregates: true },
      insert: { columns: ['post_id', 'label', 'weight'], check: {}, set: {} },
      update: { columns: ['weight', 'label'], filter: {}, check: { weight: { _lte: 5 } }, set: {} },
      delete: { filter: { weight: { _is_null: false } } },
    },
  },
};

export const tables: Readonly<Record<TableName, Table>> = { person, post, tag };
/** Both of them at once; it may read what either may, and write what one of them alone may write. */
export const inherited = { role_name: 'both', role_set: ['user', 'editor'] } as const;
export const roles = ['admin', 'user', 'editor', inherited.role_name] as const;

/** Every column and every row: what admin may. */
function everything(table: Table): Permission {
  const stored = table.columns.filter(column => !column.computed).map(({ name }) => name);
  const all = table.columns.map(({ name }) => name);
  return {
    select: { columns: all, filter: {}, aggregates: true },
    insert: { columns: stored, check: {}, set: {} },
    update: { columns: stored, filter: {}, check: {}, set: {} },
    delete: { filter: {} },
  };
}

const adminPermissions = new Map(Object.values(tables).map(table => [table.name, everything(table)]));

export function permissionOf(role: string, table: Table): Permission {
  if (role === 'admin') return adminPermissions.get(table.name) as Permission;
  if (role === inherited.role_name) return inheritedPermission(table);
  return table.permissions[role] ?? {};
}

/** What an inherited role may: two parents that disagree about writing give it nothing. */
function inheritedPermission(table: Table): Permission {
  const parents = inherited.role_set.flatMap(role => table.permissions[role] ?? []);
  const only = <V extends keyof Permission>(verb: V): Pick<Permission, V> => {
    const [one, ...others] = parents.filter(parent => parent[verb]);
    return (one && others.length === 0 ? { [verb]: one[verb] } : {}) as Pick<Permission, V>;
  };
  return {
    ...inheritedSelect(parents.flatMap(({ select }) => select ?? [])),
    ...only('insert'),
    ...only('update'),
    ...only('delete'),
  };
}

/** Rows add up; a column shows in the rows that a role with that column may see. */
function inheritedSelect(parents: readonly SelectPermission[]): Pick<Permission, 'select'> {
  const columns = [...new Set(parents.flatMap(parent => parent.columns))];
  const seenBy = (name: string) => parents.filter(parent => parent.columns.includes(name));
  const partial = columns.filter(name => seenBy(name).length < parents.length);
  const any = (some: readonly SelectPermission[]): Condition => ({ _or: some.map(({ filter }) => filter) });
  const when = Object.fromEntries(partial.map(name => [name, any(seenBy(name))]));
  const aggregates = parents.some(parent => parent.aggregates);
  return parents.length === 0 ? {} : { select: { columns, filter: any(parents), aggregates, when } };
}

export function columnOf(table: Table, name: string): Column {
  const column = table.columns.find(one => one.name === name);
  if (!column) throw new Error(`${table.name} has no column ${name}`);
  return column;
}

export function relationOf(table: Table, name: string): Relation {
  const relation = table.relations.find(one => one.name === name);
  if (!relation) throw new Error(`${table.name} has no relationship ${name}`);
  return relation;
}

export const schema = `
  create table person (
    id      int  primary key,
    name    text,
    age     int,
    boss_id int  references person
  );
  create table post (
    id        int  primary key,
    author_id int  not null references person,
    title     text not null,
    stars     int,
    hidden    boolean
  );
  create table tag (
    post_id int  not null references post on delete cascade,
    label   text not null,
    weight  int,
    primary key (post_id, label)
  );
  create function double_age(person) returns int language sql stable as 'select 2 * $1.age';
  create function minions(person) returns setof person language sql stable as
    'select * from person where boss_id = $1.id';
  create function ${ELDERS}(minimum int default ${ELDER}) returns setof person language sql stable as
    'select * from person where age >= minimum';`;

const named = (name: string) => ({ schema: 'public', name });

export const metadata = {
  tables: Object.values(tables).map(metadataOf),
  functions: [{ function: named(ELDERS) }],
};

function metadataOf(table: Table): object {
  const computed = table.columns.filter(column => column.computed).map(({ name }) => name);
  const found = table.relations.filter(one => one.computed).map(({ name }) => name);
  const relations = (kind: Relation['kind']) =>
    table.relations.filter(one => one.kind === kind && !one.computed).map(manual);
  const grants = (verb: keyof Permission) =>
    Object.entries(table.permissions).flatMap(([role, permission]) =>
      permission[verb] ? [{ role, permission: permissionMetadata(verb, permission, computed) }] : [],
    );
  return {
    table: named(table.name),
    object_relationships: relations('object'),
    array_relationships: relations('array'),
    computed_fields: [...computed, ...found].map(name => ({ name, definition: { function: named(name) } })),
    select_permissions: grants('select'),
    insert_permissions: grants('insert'),
    update_permissions: grants('update'),
    delete_permissions: grants('delete'),
  };
}

function manual({ name, kind, target, from, to }: Relation): object {
  const mapping = { remote_table: named(target), column_mapping: { [from]: to } };
  const order = kind === 'object' ? { insertion_order: 'before_parent' } : {};
  return { name, using: { manual_configuration: { ...mapping, ...order } } };
}

function permissionMetadata(
  verb: keyof Permission,
  permission: Permission,
  computed: readonly string[],
): object {
  const { select } = permission;
  if (verb !== 'select' || !select) return permission[verb] as object;
  return {
    columns: select.columns.filter(name => !computed.includes(name)),
    computed_fields: select.columns.filter(name => computed.includes(name)),
    filter: select.filter,
    allow_aggregations: select.aggregates,
  };
}
