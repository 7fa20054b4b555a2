/** Words that Hasura's messages share. */

export interface Named {
  readonly schema: string;
  readonly name: string;
}

/** A table or function of `public` goes by its bare name. */
export const bareName = ({ schema, name }: Named): string =>
  schema === 'public' ? name : `${schema}.${name}`;

export const quoted = (text: string): string => `"${text}"`;

export const quotedName = (name: Named): string => quoted(bareName(name));

/** `because ...` for one reason, a list for more. */
export function reasonsText(reasons: readonly string[]): string {
  const [only] = reasons;
  if (reasons.length === 1 && only !== undefined) return `because ${only}`;
  return `for the following reasons:\n${reasons.map(reason => `  • ${reason}\n`).join('')}`;
}

/** `a`, `a and b`, `a, b, and c`. */
export function englishList(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  if (items.length === 2) return `${items[0]} and ${last}`;
  return `${items.slice(0, -1).join(', ')}, and ${last}`;
}

const displayNames: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'float8',
  bool: 'boolean',
  bpchar: 'bpchar',
};

/** A type as Hasura names it: SQL's word where it has one, else Postgres's. */
export const typeText = (name: string): string => displayNames[name] ?? name;

/** An empty comment of the metadata hides the one of the database, and says nothing itself. */
export const unlessEmpty = (comment: string | undefined): string | undefined => comment || undefined;

/** Why what is called so cannot be served. */
export const unsayable = (name: string): string =>
  `cannot include ${quoted(name)} in the GraphQL schema because it is not a valid GraphQL identifier`;

/** Whether GraphQL takes it for a name. */
export const isGraphqlName = (name: string): boolean => /^[_A-Za-z][_0-9A-Za-z]*$/.test(name);
