import { getNamedType, isLeafType, type GraphQLInputObjectType } from 'graphql';
import { inputObject } from './language';
import { apiRow, tableNamed, type ApiRow, type Target } from './attempt';

/** A condition that holds for the neighbours' row, and the words for it. */
export interface Guess {
  readonly kind: string;
  readonly where: object;
}

/** Each operator of each column that is true of the row. */
export function* columnGuesses(where: GraphQLInputObjectType, row: ApiRow): Generator<Guess> {
  for (const [column, { type }] of Object.entries(where.getFields())) {
    const comparison = inputObject(type);
    if (!comparison?.name.endsWith('_comparison_exp')) continue;
    for (const operator of Object.keys(comparison.getFields())) {
      const value = operand(operator, row[column], comparison);
      if (value !== undefined)
        yield { kind: `where ${operator}`, where: { [column]: { [operator]: value } } };
    }
  }
}

/** The operand that makes an operator hold for a value; undefined where there is none. */
function operand(operator: string, value: unknown, comparison: GraphQLInputObjectType): unknown {
  if (operator === '_is_null') return value === undefined;
  if (value === undefined) return undefined;
  const make = operands[operator] ?? unknownOperator(operator, comparison);
  return make(value);
}

const same = (value: unknown) => value;
const listed = (value: unknown) => [value];
const within = (value: unknown) => `%${String(value).slice(1, -1)}%`;
const pattern = (value: unknown) => String(value).replace(/[^\w ]/g, '.');
const keyOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? (Object.keys(value)[0] ?? 'key') : 'key';
const nothing = () => 'nothing of the kind';

const operands: Readonly<Record<string, (value: unknown) => unknown>> = {
  _eq: same,
  _gte: same,
  _lte: same,
  _gt: value => lower(value),
  _lt: value => higher(value),
  _neq: value => higher(value),
  _in: listed,
  _nin: value => [higher(value)],
  _like: within,
  _ilike: within,
  _similar: within,
  _regex: pattern,
  _iregex: pattern,
  _nlike: nothing,
  _nilike: nothing,
  _nsimilar: nothing,
  _nregex: nothing,
  _niregex: nothing,
  _contains: same,
  _contained_in: same,
  _jsonb_path_exists: () => '$.*',
  _jsonb_path_match: () => 'exists($.*)',
  _has_key: keyOf,
  _has_keys_any: value => [keyOf(value)],
  _has_keys_all: value => [keyOf(value)],
  _cast: () => ({ String: { _like: '%' } }),
};

function unknownOperator(operator: string, { name }: GraphQLInputObjectType): never {
  throw new Error(`nothing is tried with ${operator} of ${name} yet`);
}

const isoDate = /^\d{4}-\d\d-\d\d/;
const uuid = /^[\da-f]{8}-/;

/** A value of the same type that sorts before. */
export function lower(value: unknown): unknown {
  if (typeof value === 'number') return value - 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return value;
  if (isoDate.test(value)) return '1970-01-01';
  if (uuid.test(value)) return '00000000-0000-0000-0000-000000000000';
  return special(value) ?? '';
}

function higher(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return value;
  if (isoDate.test(value)) return '2999-01-01';
  if (uuid.test(value)) return 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  return special(value) ?? '~';
}

/** Addresses, times, ranges and bytes have no easy neighbours. */
const special = (value: string): string | undefined =>
  /^(\d\d:\d\d|[[(].*[\])]$|\d+\.\d+\.\d+\.\d+|\\x)/.test(value) ? value : undefined;

/** A condition that only this row fulfils, by whatever its role can filter. */
export function onlyRow(where: GraphQLInputObjectType, row: ApiRow): object | undefined {
  const fields = where.getFields();
  const key = ['id', ...Object.keys(row)].find(
    name =>
      name in row && inputObject(fields[name]?.type)?.getFields()['_eq'] && typeof row[name] !== 'object',
  );
  return key === undefined ? undefined : { [key]: { _eq: row[key] } };
}

/** Conditions nested in and, or, not; and through relationships to rows of theirs. */
export function* nestedGuesses(where: GraphQLInputObjectType, target: Target, row: ApiRow): Generator<Guess> {
  const only = onlyRow(where, row);
  if (only) {
    yield { kind: 'where _or', where: { _or: [only, { _not: {} }] } };
    yield { kind: 'where _and', where: { _and: [only, {}] } };
    yield { kind: 'where _not', where: { _not: { _not: only } } };
  }
  for (const [name, { type }] of Object.entries(where.getFields())) {
    const inner = inputObject(type);
    if (!inner || name.startsWith('_') || inner.name.endsWith('_comparison_exp')) continue;
    if (inner.name.endsWith('_aggregate_bool_exp')) yield* countGuesses(name, inner);
    else yield* relatedGuesses(name, inner, target);
  }
}

function* countGuesses(name: string, inner: GraphQLInputObjectType): Generator<Guess> {
  if (!inner.getFields()['count']) return;
  yield { kind: 'where counting related rows', where: { [name]: { count: { predicate: { _gt: 0 } } } } };
}

function* relatedGuesses(
  name: string,
  inner: GraphQLInputObjectType,
  { model, them }: Target,
): Generator<Guess> {
  yield { kind: 'where a related row exists', where: { [name]: {} } };
  const table = tableNamed(model, inner.name.replace(/_bool_exp$/, ''));
  const row = table && apiRow(table, them);
  const only = row && onlyRow(inner, row);
  if (only) yield { kind: 'where a related row is theirs', where: { [name]: only } };
  if (!row) return;
  for (const column of Object.keys(row)) {
    const comparison = inputObject(inner.getFields()[column]?.type);
    if (comparison?.getFields()['_like'])
      yield {
        kind: 'where a related text is like theirs',
        where: { [name]: { [column]: { _like: within(row[column]) } } },
      };
  }
}

/** Whether a member of an input object is a column. */
export const isColumn = (input: GraphQLInputObjectType, name: string): boolean => {
  const member = input.getFields()[name];
  return member !== undefined && isLeafType(getNamedType(member.type));
};
