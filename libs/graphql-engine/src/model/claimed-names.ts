/**
 * Names that tables and functions lay claim to.
 *
 * Two tables can ask for the same name: schema `a` with table `b_c` and schema `a_b` with table `c`, or a table
 * `author` (which has a type `author_aggregate`) beside a table `author_aggregate`. A type is made once for each name,
 * so the second table would show itself through the first one's type, columns that a role must not see included.
 * Hence the second comer is inconsistent.
 */
import type { Catalogue } from '@nself/pg-catalog';
import { ModelFault } from './fault';
import { lowerFirst, snakeToPascal, type Convention } from './naming';
import type { BareTable } from './table';
import { quoted, quotedName, type Named } from './text';
import type { FunctionModel, RootFieldKind } from './types';

const summaries = [
  'avg',
  'max',
  'min',
  'stddev',
  'stddev_pop',
  'stddev_samp',
  'sum',
  'var_pop',
  'var_samp',
  'variance',
];
const predicates = [
  'avg',
  'bool_and',
  'bool_or',
  'corr',
  'count',
  'covar_samp',
  'max',
  'min',
  'stddev_samp',
  'sum',
  'var_samp',
];

/** What stands behind a table's name in the names of its types. */
const words = [
  'aggregate',
  'aggregate_bool_exp',
  'aggregate_fields',
  'aggregate_order_by',
  'append_input',
  'args',
  'arr_rel_insert_input',
  'bool_exp',
  'constraint',
  'delete_at_path_input',
  'delete_elem_input',
  'delete_key_input',
  'enum',
  'enum_comparison_exp',
  'inc_input',
  'insert_input',
  'mutation_response',
  'obj_rel_insert_input',
  'on_conflict',
  'order_by',
  'pk_columns_input',
  'prepend_input',
  'select_column',
  'set_input',
  'stream_cursor_input',
  'stream_cursor_value_input',
  'update_column',
  'updates',
  ...summaries.flatMap(name => [`${name}_fields`, `${name}_order_by`]),
];

/** The same for conditions on aggregates, in either convention: the aggregate keeps its letters. */
const predicateWords: Readonly<Record<Convention, (name: string) => string>> = {
  'hasura-default': name => `_aggregate_bool_exp_${name}`,
  'graphql-default': name => `AggregateBoolExp${name.charAt(0).toUpperCase()}${name.slice(1)}`,
};

const relay = ['Connection', 'Edge'];

/** Types that belong to no table. */
const shared = new Set([
  'Boolean',
  'Float',
  'ID',
  'Int',
  'Node',
  'PageInfo',
  'String',
  'cursor_ordering',
  'CursorOrdering',
  'mutation_root',
  'order_by',
  'OrderBy',
  'query_root',
  'subscription_root',
]);

/**
 * By how much one table's name may be longer than another's so that some of their types have the same name:
 * `author` + `_max` when both have `..._order_by`, because `author` has `..._max_order_by`.
 */
function surpluses(suffixes: readonly string[]): readonly string[] {
  const all = ['', ...suffixes];
  const found = all.flatMap(long =>
    all.filter(short => long.endsWith(short)).map(short => long.slice(0, long.length - short.length)),
  );
  return [...new Set(found)];
}

const mutations: ReadonlySet<RootFieldKind> = new Set([
  'insert',
  'insertOne',
  'update',
  'updateByPk',
  'updateMany',
  'delete',
  'deleteByPk',
]);

export class ClaimedNames {
  readonly #surpluses: readonly string[];
  readonly #types = new Map<string, Named>();
  readonly #roots = { query: new Map<string, Named>(), mutation: new Map<string, Named>() };

  constructor(
    private readonly convention: Convention,
    private readonly catalogue: Catalogue,
  ) {
    const spelled = words.map(word => (convention === 'graphql-default' ? snakeToPascal(word) : `_${word}`));
    const more = convention === 'graphql-default' ? 'Arguments' : '_arguments';
    const conditions = predicates.map(predicateWords[convention]);
    this.#surpluses = surpluses([
      ...spelled,
      ...conditions,
      ...conditions.map(name => `${name}${more}`),
      ...relay,
    ]);
  }

  /** @throws ModelFault when a name is taken */
  claimTable(table: BareTable): void {
    const { graphqlName, customName } = table;
    if (shared.has(graphqlName) || this.#isScalar(graphqlName)) throw taken('type', graphqlName, undefined);
    this.#claimType(graphqlName, table);
    const asField = lowerFirst(graphqlName);
    const hasBoth = this.convention === 'graphql-default' && !customName && asField !== graphqlName;
    if (hasBoth) this.#claimType(asField, table);
    for (const [kind, { name }] of Object.entries(table.rootFields)) {
      const isKeyed = kind === 'selectByPk' || kind === 'updateByPk' || kind === 'deleteByPk';
      if (isKeyed && !table.primaryKey) continue;
      this.#claimRoot(mutations.has(kind as RootFieldKind) ? 'mutation' : 'query', name, table);
    }
  }

  /** @throws ModelFault when a name is taken */
  claimFunction(fn: FunctionModel): void {
    this.#claimRoot(fn.exposedAs, fn.rootField.name, fn);
    if (fn.exposedAs === 'query') this.#claimRoot(fn.exposedAs, fn.rootFieldAggregate.name, fn);
  }

  #claimType(name: string, table: Named): void {
    for (const surplus of this.#surpluses) {
      const owner =
        this.#types.get(`${name}${surplus}`) ??
        (name.endsWith(surplus) ? this.#types.get(name.slice(0, name.length - surplus.length)) : undefined);
      if (owner) throw taken('type', name, owner);
    }
    this.#types.set(name, table);
  }

  /** A scalar goes by the name of its Postgres type, wherever that type lives. */
  #isScalar(name: string): boolean {
    const type = this.catalogue.typeNamed({ schema: 'pg_catalog', name });
    return type !== undefined && type.kind !== 'composite' && type.kind !== 'pseudo';
  }

  #claimRoot(root: 'query' | 'mutation', name: string, claimant: Named): void {
    const owner = this.#roots[root].get(name);
    if (owner) throw taken(`${root} root field`, name, owner);
    this.#roots[root].set(name, claimant);
  }
}

function taken(what: string, name: string, owner: Named | undefined): ModelFault {
  const whose = owner ? ` of ${quotedName(owner)}` : '';
  return new ModelFault(`the name ${quoted(name)} conflicts with a ${what}${whose}; give it a custom name`);
}
