import type { Metadata } from './document';
import { printPath, type Json, type JsonObject, type Path } from './shapes';

/** One difference: `added` and `removed` have one side only. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  /** `$.sources.default.tables.public.author.select_permissions.user.permission.columns` */
  readonly path: string;
  readonly from?: Json;
  readonly to?: Json;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/**
 * What one document says otherwise than another. Items of lists are told apart by their names, so that a thing
 * that only moved is no difference.
 */
export function diffMetadata(from: Metadata, to: Metadata): Difference[] {
  return compare(from as unknown as Json, to as unknown as Json, []);
}

function compare(from: Json | undefined, to: Json | undefined, path: Path): Difference[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  if (from === undefined && to !== undefined) return [{ kind: 'added', path: printPath(path), to }];
  if (to === undefined && from !== undefined) return [{ kind: 'removed', path: printPath(path), from }];
  const [left, right] = [partsOf(from), partsOf(to)];
  if (left && right) {
    const keys = [...new Set([...left.keys(), ...right.keys()])];
    return keys.flatMap(key => compare(left.get(key), right.get(key), [...path, ...key.split('\u0000')]));
  }
  return [
    {
      kind: 'changed',
      path: printPath(path),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    },
  ];
}

/** Members of an object, or items of a list by their names; nothing for values that are compared whole. */
function partsOf(value: Json | undefined): ReadonlyMap<string, Json> | undefined {
  if (isObject(value)) return new Map(Object.entries(value));
  if (!isList(value)) return undefined;
  const named = value.map(item => [nameOf(item), item] as const);
  return named.every(([name]) => name !== undefined)
    ? new Map(named as readonly (readonly [string, Json])[])
    : undefined;
}

const namingKeys = ['name', 'role', 'role_name', 'collection', 'type_name', 'host'];

function nameOf(item: Json): string | undefined {
  if (!isObject(item)) return undefined;
  const qualified = item['table'] ?? item['function'];
  if (isObject(qualified)) return `${String(qualified['schema'])}\u0000${String(qualified['name'])}`;
  const name = namingKeys.map(key => item[key]).find(value => typeof value === 'string');
  return typeof name === 'string' ? name : undefined;
}

const signs = { added: '+', removed: '-', changed: '~' } as const;

/** One line for people: `~ $.sources.default...columns: ["id"] -> ["id","name"]`. */
export function printDifference({ kind, path, from, to }: Difference): string {
  const sides = kind === 'changed' ? `: ${JSON.stringify(from)} -> ${JSON.stringify(to)}` : '';
  return `${signs[kind]} ${path}${sides}`;
}
