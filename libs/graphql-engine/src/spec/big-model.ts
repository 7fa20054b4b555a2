import { always, type BoolExp } from '../ir';
import {
  tableKey,
  type ColumnModel,
  type Model,
  type RelationshipModel,
  type RolePermissions,
  type RootFieldKind,
  type RootFieldName,
  type TableModel,
  type TypeModel,
} from '../model';

export interface Size {
  readonly tables: number;
  readonly columns: number;
  readonly roles: number;
}

const int4: TypeModel = { schema: 'pg_catalog', name: 'int4', kind: 'base', category: 'N' };
const text: TypeModel = { schema: 'pg_catalog', name: 'text', kind: 'base', category: 'S' };

/** A model of any size without a database: each table points to the next one, each role sees every table. */
export function bigModel({ tables, columns, roles }: Size): Model {
  const roleNames = Array.from({ length: roles }, (_, at) => `role_${at}`);
  const all = Array.from({ length: tables }, (_, at) => table(at, tables, columns, roleNames));
  return {
    version: `${tables} tables`,
    tables: new Map(all.map(one => [one.key, one])),
    functions: new Map(),
    roles: roleNames,
    inheritedRoles: new Map(),
    inconsistencies: [],
    options: {
      stringifyNumerics: false,
      namingConvention: 'hasura-default',
      inferFunctionPermissions: true,
      nullsAreTrue: false,
      relay: false,
      typeNames: { prefix: '', suffix: '' },
    },
  };
}

function table(at: number, count: number, width: number, roles: readonly string[]): TableModel {
  const name = `table_${at}`;
  const columns = new Map(
    Array.from({ length: width }, (_, index) => column(index)).map(one => [one.name, one]),
  );
  const key = { name: `${name}_pkey`, columns: ['c0'], constraint: true };
  return {
    key: tableKey('public', name),
    schema: 'public',
    name,
    kind: 'table',
    graphqlName: name,
    rootFields: rootFields(name),
    columns,
    primaryKey: key,
    uniques: [key],
    relationships: new Map([
      ['next', relationship('next', 'object', (at + 1) % count)],
      ['others', relationship('others', 'array', (at + count - 1) % count)],
    ]),
    computedFields: new Map(),
    insertable: true,
    updatable: true,
    deletable: true,
    permissions: new Map(roles.map(role => [role, permissions(columns)])),
  };
}

function column(at: number): ColumnModel {
  const type = at < 2 ? int4 : text;
  return {
    name: `c${at}`,
    graphqlName: `c${at}`,
    type,
    nullable: at > 0,
    hasDefault: false,
    generated: false,
  };
}

function relationship(name: string, kind: 'object' | 'array', target: number): RelationshipModel {
  const columns = kind === 'object' ? (['c1', 'c0'] as const) : (['c0', 'c1'] as const);
  const key = tableKey('public', `table_${target}`);
  return { name, kind, target: key, columns: [columns], insertionOrder: 'before_parent', nullable: true };
}

function permissions(columns: ReadonlyMap<string, ColumnModel>): RolePermissions {
  const names = new Set(columns.keys());
  const filter: BoolExp = {
    kind: 'is-null',
    operand: { kind: 'column', column: 'c0', type: int4 },
    negated: true,
  };
  return {
    select: { columns: names, computedFields: new Set(), filter, allowAggregations: true },
    insert: { columns: names, check: always, set: new Map(), backendOnly: false },
    update: { columns: names, filter, set: new Map(), backendOnly: false },
    delete: { filter, backendOnly: false },
  };
}

function rootFields(name: string): Readonly<Record<RootFieldKind, RootFieldName>> {
  const named = (text: string) => ({ name: text });
  return {
    select: named(name),
    selectByPk: named(`${name}_by_pk`),
    selectAggregate: named(`${name}_aggregate`),
    selectStream: named(`${name}_stream`),
    insert: named(`insert_${name}`),
    insertOne: named(`insert_${name}_one`),
    update: named(`update_${name}`),
    updateByPk: named(`update_${name}_by_pk`),
    updateMany: named(`update_${name}_many`),
    delete: named(`delete_${name}`),
    deleteByPk: named(`delete_${name}_by_pk`),
  };
}
