/**
 * Inherited roles: a role that is made of others.
 *
 * Reading adds up: rows of any parent, columns of any parent. Yet a column that only some parents may see must not
 * show in a row that only another parent lets through, so such a column carries a condition and is null where it does
 * not hold. Writing does not add up: it is inherited when all parents that have it say the same, and refused, as an
 * inconsistency, when they contradict each other. What is said for the inherited role itself comes before all that.
 */
import type { InheritedRole, TableMetadata, Verb } from '@nself/hasura-metadata';
import { or, type BoolExp } from '../ir';
import { bareName } from './text';
import type { Inconsistency, RolePermissions, SelectPermission } from './types';

type Writing = Exclude<Verb, 'select'>;

/** Permissions of one table while roles are being worked out. */
export interface RoleTable {
  readonly source: string;
  readonly metadata: TableMetadata;
  readonly permissions: Map<string, RolePermissions>;
}

/**
 * Parents before children. A role that is its own ancestor is left out.
 */
export function inParentOrder(roles: readonly InheritedRole[]): {
  ordered: InheritedRole[];
  cyclic: InheritedRole[];
} {
  const ordered: InheritedRole[] = [];
  let waiting = [...roles];
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ role_name }) => role_name));
    const ready = waiting.filter(({ role_set }) => role_set.every(parent => !names.has(parent)));
    if (ready.length === 0) break;
    ordered.push(...ready);
    waiting = waiting.filter(role => !ready.includes(role));
  }
  return { ordered, cyclic: waiting };
}

/** Each cycle once: from its first role by name along parents back to it. */
export function roleCycles(roles: readonly InheritedRole[]): string[][] {
  const parents = new Map(roles.map(({ role_name, role_set }) => [role_name, role_set]));
  const found = new Map<string, string[]>();
  for (const { role_name: start } of inParentOrder(roles).cyclic) {
    const cycle = wayBack(start, start, parents, []);
    if (cycle && start === [...cycle].sort()[0]) found.set([...cycle].sort().join(), [start, ...cycle]);
  }
  return [...found.values()];
}

/** The roles from one, exclusive, along its parents to another, inclusive. */
function wayBack(
  from: string,
  to: string,
  parents: ReadonlyMap<string, readonly string[]>,
  passed: readonly string[],
): string[] | undefined {
  for (const parent of parents.get(from) ?? []) {
    if (parent === to) return [parent];
    if (passed.includes(parent)) continue;
    const rest = wayBack(parent, to, parents, [...passed, parent]);
    if (rest) return [parent, ...rest];
  }
  return undefined;
}

/** Adds to a table what the role inherits; answers what could not be inherited. */
export function inherit({ role_name, role_set }: InheritedRole, table: RoleTable): Inconsistency[] {
  const parents = role_set.flatMap(role => table.permissions.get(role) ?? []);
  const own = table.permissions.get(role_name) ?? {};
  const reading = own.select ?? combineSelect(parents.flatMap(({ select }) => select ?? []));
  const faults: Inconsistency[] = [];
  const writing = (verb: Writing) => {
    if (own[verb]) return own;
    const givers = role_set.filter(role => table.permissions.get(role)?.[verb]);
    if (agree(givers, verb, table)) return table.permissions.get(givers[0] ?? '') ?? {};
    faults.push(contradiction(role_name, verb, table));
    return {};
  };
  const { insert } = writing('insert');
  const { update } = writing('update');
  const { delete: remove } = writing('delete');
  const all = {
    ...(reading && { select: reading }),
    ...(insert && { insert }),
    ...(update && { update }),
    ...(remove && { delete: remove }),
  };
  if (Object.keys(all).length > 0) table.permissions.set(role_name, all);
  return faults;
}

/** Parents agree when they have the very same permission; one that itself inherited is compared by what it is. */
function agree(roles: readonly string[], verb: Writing, table: RoleTable): boolean {
  const said = table.metadata[`${verb}_permissions`] ?? [];
  const texts = roles.map(role => {
    const entry = said.find(permission => permission.role === role);
    return entry ? JSON.stringify(entry.permission) : printed(table.permissions.get(role)?.[verb]);
  });
  return new Set(texts).size <= 1;
}

const printed = (permission: unknown): string =>
  JSON.stringify(permission, (_, value: unknown) => {
    if (value instanceof Map || value instanceof Set) return [...value];
    return typeof value === 'function' ? undefined : value;
  });

function contradiction(role: string, verb: Writing, { source, metadata }: RoleTable): Inconsistency {
  const table = bareName(metadata.table);
  const entity = `${verb} permission, table: ${table}, source: '${source}'`;
  return {
    type: 'inherited role permission inconsistency',
    name: role,
    reason: `Could not inherit permission for the role '${role}' for the entity: '${entity}'`,
    entity: { permission_type: verb, source, table },
  };
}

export function combineSelect(parents: readonly SelectPermission[]): SelectPermission | undefined {
  const [first] = parents;
  if (!first || parents.length === 1) return first;
  const columns = new Set(parents.flatMap(parent => [...parent.columns]));
  const computedFields = new Set(parents.flatMap(parent => [...parent.computedFields]));
  const conditions = [...columns, ...computedFields].flatMap(name => conditionOf(name, parents));
  const limit = widest(parents);
  const queryRootFields = united(parents.map(parent => parent.queryRootFields));
  const subscriptionRootFields = united(parents.map(parent => parent.subscriptionRootFields));
  return {
    columns,
    computedFields,
    filter: or(...parents.map(parent => parent.filter)),
    ...(limit !== undefined && { limit }),
    allowAggregations: parents.some(parent => parent.allowAggregations),
    ...(queryRootFields && { queryRootFields }),
    ...(subscriptionRootFields && { subscriptionRootFields }),
    ...(conditions.length > 0 && { conditions: new Map(conditions) }),
  };
}

/** A column that every parent shows without condition needs none. */
function conditionOf(name: string, parents: readonly SelectPermission[]): [string, BoolExp][] {
  const shown = parents.filter(parent => parent.columns.has(name) || parent.computedFields.has(name));
  if (shown.length === parents.length && shown.every(parent => !parent.conditions?.has(name))) return [];
  return [[name, or(...shown.map(parent => parent.conditions?.get(name) ?? parent.filter))]];
}

/** A parent without a limit lets everything through. */
function widest(parents: readonly SelectPermission[]): number | undefined {
  const limits = parents.flatMap(({ limit }) => limit ?? []);
  return limits.length === parents.length ? Math.max(...limits) : undefined;
}

/** A parent that does not restrict root fields allows all of them. */
function united<Name>(sets: readonly (ReadonlySet<Name> | undefined)[]): ReadonlySet<Name> | undefined {
  const given = sets.flatMap(set => (set ? [set] : []));
  return given.length === sets.length ? new Set(given.flatMap(set => [...set])) : undefined;
}
