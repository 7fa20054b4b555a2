import type { TableMetadata } from '@nself/hasura-metadata';
import { always, type BoolExp } from '../ir';
import { combineSelect, inherit, inParentOrder, roleCycles, type RoleTable } from './inherited-role';
import type { InsertPermission, RolePermissions, SelectPermission } from './types';

const where = (name: string): BoolExp => ({
  kind: 'is-null',
  operand: { kind: 'column', column: name, type: text },
  negated: false,
});
const text = { schema: 'pg_catalog', name: 'text', kind: 'base', category: 'S' } as const;

const reading = (columns: readonly string[], more: Partial<SelectPermission> = {}): SelectPermission => ({
  columns: new Set(columns),
  computedFields: new Set(),
  filter: where(columns.join()),
  allowAggregations: false,
  ...more,
});

const role = (role_name: string, ...role_set: string[]) => ({ role_name, role_set });

describe('reading by an inherited role', () => {
  it('adds up rows and columns', () => {
    const both = combineSelect([reading(['id', 'a']), reading(['id', 'b'], { allowAggregations: true })]);
    expect([...(both?.columns ?? [])]).toEqual(['id', 'a', 'b']);
    expect(both?.filter).toEqual({ kind: 'or', any: [where('id,a'), where('id,b')] });
    expect(both?.allowAggregations).toBe(true);
  });

  it('hides a column in rows that only another parent lets through', () => {
    const both = combineSelect([reading(['id', 'a']), reading(['id', 'b'])]);
    expect(both?.conditions).toEqual(
      new Map([
        ['a', where('id,a')],
        ['b', where('id,b')],
      ]),
    );
  });

  it('carries conditions on when a parent has inherited them itself', () => {
    const first = combineSelect([reading(['id', 'a']), reading(['id'])]) as SelectPermission;
    const second = combineSelect([first, reading(['id', 'a', 'c'])]);
    expect(second?.conditions?.get('a')).toEqual({ kind: 'or', any: [where('id,a'), where('id,a,c')] });
  });

  it('takes the widest limit, and none when one parent has none', () => {
    expect(combineSelect([reading(['a'], { limit: 3 }), reading(['b'], { limit: 5 })])?.limit).toBe(5);
    expect(combineSelect([reading(['a'], { limit: 3 }), reading(['b'])])?.limit).toBeUndefined();
  });

  it('allows every root field that a parent does not restrict', () => {
    const restricted = reading(['a'], { queryRootFields: new Set(['select'] as const) });
    expect(combineSelect([restricted, reading(['a'])])?.queryRootFields).toBeUndefined();
    const other = reading(['a'], { queryRootFields: new Set(['select_by_pk'] as const) });
    expect([...(combineSelect([restricted, other])?.queryRootFields ?? [])]).toEqual([
      'select',
      'select_by_pk',
    ]);
  });
});

describe('writing by an inherited role', () => {
  const inserting = (columns: readonly string[]): InsertPermission => ({
    columns: new Set(columns),
    check: always,
    set: new Map(),
    backendOnly: false,
  });
  const tableOf = (permissions: Record<string, readonly string[]>): RoleTable => ({
    source: 'default',
    metadata: {
      table: { schema: 'public', name: 'author' },
      insert_permissions: Object.entries(permissions).map(([name, columns]) => ({
        role: name,
        permission: { check: {}, columns },
      })),
    } as TableMetadata,
    permissions: new Map(
      Object.entries(permissions).map(([name, columns]): [string, RolePermissions] => [
        name,
        { insert: inserting(columns) },
      ]),
    ),
  });

  it('is inherited where parents agree, or where only one says something', () => {
    const table = tableOf({ a: ['id'], b: ['id'] });
    expect(inherit(role('both', 'a', 'b', 'silent'), table)).toEqual([]);
    expect(table.permissions.get('both')?.insert).toEqual(inserting(['id']));
  });

  it('is refused where parents contradict each other, in Hasura’s words', () => {
    const table = tableOf({ a: ['id'], b: ['name'] });
    expect(inherit(role('both', 'a', 'b'), table)).toEqual([
      {
        type: 'inherited role permission inconsistency',
        name: 'both',
        reason:
          "Could not inherit permission for the role 'both' for the entity: 'insert permission, table: author, source: 'default''",
        entity: { permission_type: 'insert', source: 'default', table: 'author' },
      },
    ]);
    expect(table.permissions.has('both')).toBe(false);
  });

  it('gives way to what is said for the role itself', () => {
    const table = tableOf({ a: ['id'], b: ['name'], both: ['age'] });
    expect(inherit(role('both', 'a', 'b'), table)).toEqual([]);
    expect(table.permissions.get('both')?.insert).toEqual(inserting(['age']));
  });
});

describe('roles of roles', () => {
  it('come after their parents', () => {
    const { ordered } = inParentOrder([role('c', 'b'), role('b', 'a', 'x'), role('a', 'x')]);
    expect(ordered.map(({ role_name }) => role_name)).toEqual(['a', 'b', 'c']);
  });

  it('are told when they turn in a circle', () => {
    const roles = [
      role('z', 'y'),
      role('y', 'x', 'free'),
      role('x', 'z'),
      role('fine', 'free'),
      role('below', 'z'),
    ];
    expect(roleCycles(roles)).toEqual([['x', 'z', 'y', 'x']]);
    expect(inParentOrder(roles).ordered.map(({ role_name }) => role_name)).toEqual(['fine']);
  });
});
