import type { ModelOptions } from '../model';

/**
 * Names that are not a table's own. Hasura writes them in snake case, or, with the naming convention
 * `graphql-default`, types in Pascal case, fields and arguments in camel case and enum values in capitals.
 */
export class Names {
  private readonly graphql: boolean;

  constructor(private readonly options: ModelOptions) {
    this.graphql = options.namingConvention === 'graphql-default';
  }

  /** A type name made of a base (left as it is) and words: `author` + `bool_exp`. */
  type(base: string, words = ''): string {
    if (words === '') return this.customized(base);
    const joined = this.graphql ? `${base}${pascal(words)}` : base === '' ? words : `${base}_${words}`;
    return this.customized(joined);
  }

  /**
   * The name of a condition on an aggregate of a table's rows. It is made as a field's name is, and the aggregate keeps
   * its letters: `posts` + `bool_and` is `postsAggregateBoolExpBool_and`. No prefix, no suffix.
   */
  predicate({ graphqlName, customName = false }: Named, aggregate: string): string {
    if (!this.graphql) return `${graphqlName}_aggregate_bool_exp_${aggregate}`;
    return `${customName ? graphqlName : uncapital(graphqlName)}AggregateBoolExp${capital(aggregate)}`;
  }

  /** The columns that such a condition can be about, as the name of a type without prefix and suffix. */
  predicateColumns(table: Named, aggregate: string): string {
    const predicate = this.predicate(table, aggregate);
    return this.graphql ? `${predicate}ArgumentsColumns` : `${predicate}_arguments_columns`;
  }

  /** `t_select_column_` and the columns of a condition on an aggregate. */
  predicateColumnsType(table: Named, aggregate: string): string {
    const columns = this.predicateColumns(table, aggregate);
    const { graphqlName } = table;
    return this.type(
      this.graphql
        ? `${graphqlName}SelectColumn${capital(columns)}`
        : `${graphqlName}_select_column_${columns}`,
    );
  }

  /** Scalars and comparisons of scalars belong to no source: no prefix, no suffix. */
  shared(base: string, words: string): string {
    if (base === '') return this.graphql ? pascal(words) : words;
    return this.graphql ? `${pascal(base)}${pascal(words)}` : `${base}_${words}`;
  }

  /** A field or argument: `order_by`, `_is_null`. */
  field(words: string): string {
    return this.graphql ? camel(words) : words;
  }

  enumValue(words: string): string {
    return this.graphql ? words.toUpperCase() : words;
  }

  private customized(name: string): string {
    const { prefix, suffix } = this.options.typeNames;
    return `${prefix}${name}${suffix}`;
  }
}

/** What of a table its types are named after. */
interface Named {
  readonly graphqlName: string;
  readonly customName?: boolean;
}

export function pascal(words: string): string {
  return words.split('_').filter(Boolean).map(capital).join('');
}

export function camel(words: string): string {
  const lead = /^_*/.exec(words)?.[0] ?? '';
  const name = pascal(words);
  return `${lead}${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
const uncapital = (word: string) => `${word.charAt(0).toLowerCase()}${word.slice(1)}`;
