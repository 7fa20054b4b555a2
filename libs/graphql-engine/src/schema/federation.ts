import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLString,
  GraphQLUnionType,
  printSchema,
  type GraphQLSchema,
} from 'graphql';
import { and, type BoolExp } from '../ir';
import type { ColumnModel } from '../model';
import { invalid, paramOf, type FieldRequest, type Planned, type RootPlanned } from '../planner';
import type { RoleContext } from './context';
import { field, type FieldMap } from './field';
import { encodeAny } from './scalars';
import { keyColumns } from './roots/select-by-pk';
import { rowType } from './tables/object-type';
import { planFields } from './tables/plan-fields';
import { tableSource } from './tables/table-name';
import { visible, type VisibleTable } from './tables/visible';

/**
 * Apollo Federation, version 1: tables that are switched on are entities with their primary key as `@key`, found by
 * `_entities`; `_service` shows the role's schema with those keys.
 */
export function federationRoots(context: RoleContext, schema: () => GraphQLSchema): FieldMap {
  const entities = entitiesOf(context);
  if (entities.size === 0) return {};
  return { _entities: entitiesField(context, entities), _service: serviceField(context, entities, schema) };
}

interface Entity {
  readonly seen: VisibleTable;
  readonly key: readonly ColumnModel[];
}

function entitiesOf(context: RoleContext): ReadonlyMap<string, Entity> {
  const found = new Map<string, Entity>();
  for (const table of context.model.tables.values()) {
    const seen = table.federated ? visible(context, table) : undefined;
    const key = seen && keyColumns(seen);
    if (seen && key) found.set(context.names.type(table.graphqlName), { seen, key });
  }
  return found;
}

function entitiesField(context: RoleContext, entities: ReadonlyMap<string, Entity>) {
  const any = context.once('_Any', () => new GraphQLScalarType({ name: '_Any' }));
  const union = context.once(
    '_Entity',
    () =>
      new GraphQLUnionType({
        name: '_Entity',
        description: 'A union of all types that use the @key directive',
        types: [...entities.values()].map(({ seen }) => rowType(context, seen)),
      }),
  );
  return field<RootPlanned>({
    type: new GraphQLNonNull(new GraphQLList(union)),
    args: { representations: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(any))) } },
    description: 'query _Entity union',
    plan: request => ({ kind: 'group', as: 'list', members: planEntities(context, entities, request) }),
  });
}

function planEntities(
  context: RoleContext,
  entities: ReadonlyMap<string, Entity>,
  request: FieldRequest,
): readonly Planned<RootPlanned>[] {
  const input = request.arguments.get('representations');
  const wanted = input?.exact();
  const path = input?.path ?? request.path;
  if (!Array.isArray(wanted)) throw invalid(path, "expected a list for type '[_Any!]'");
  return wanted.map((one: unknown, at) => ({
    alias: String(at),
    name: request.name,
    value: planEntity(context, entities, request, asRecord(one, path), path),
  }));
}

function planEntity(
  context: RoleContext,
  entities: ReadonlyMap<string, Entity>,
  request: FieldRequest,
  wanted: Readonly<Record<string, unknown>>,
  path: string,
): RootPlanned {
  const entity = entities.get(String(wanted.__typename));
  if (!entity) throw invalid(path, `expected a representation with the "__typename" of an entity`);
  const { seen, key } = entity;
  const where = and(...key.map(column => keyEquals(column, wanted, path)), seen.permission.filter);
  return {
    kind: 'node',
    node: {
      kind: 'select',
      from: tableSource(seen.table),
      on: [],
      where,
      orderBy: [],
      distinctOn: [],
      limits: [],
      fields: planFields(request.selection(rowType(context, seen))),
      cardinality: 'one',
    },
  };
}

function keyEquals(column: ColumnModel, wanted: Readonly<Record<string, unknown>>, path: string): BoolExp {
  const value = wanted[column.graphqlName];
  if (value === undefined || value === null) throw invalid(path, `key "${column.graphqlName}" not found`);
  const right = paramOf({ from: 'constant', value }, column.type, encodeAny, path);
  return {
    kind: 'compare',
    left: { kind: 'column', column: column.name, type: column.type },
    operator: 'eq',
    right,
  };
}

function asRecord(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw invalid(path, "expected an object for type '_Any'");
}

function serviceField(
  context: RoleContext,
  entities: ReadonlyMap<string, Entity>,
  schema: () => GraphQLSchema,
) {
  const sdl = () => withKeys(printSchema(schema()), entities);
  const type = context.object('_Service', () => ({
    fields: () => ({
      sdl: field<{ readonly text: () => string }>({
        type: new GraphQLNonNull(GraphQLString),
        plan: () => ({ text: sdl }),
      }),
    }),
  }));
  return field<RootPlanned>({
    type: new GraphQLNonNull<GraphQLObjectType>(type),
    plan: request => {
      const members = request
        .selection(type)
        .plan<{ readonly text: () => string }>(name => ({ text: () => name }));
      const entries = members.map(({ alias, value }) => [alias, value.text()] as const);
      return { kind: 'json', json: JSON.stringify(Object.fromEntries(entries)) };
    },
  });
}

function withKeys(sdl: string, entities: ReadonlyMap<string, Entity>): string {
  return sdl.replace(/^type (\w+)/gm, (line, name: string) => {
    const entity = entities.get(name);
    return entity
      ? `${line} @key(fields: "${entity.key.map(({ graphqlName }) => graphqlName).join(' ')}")`
      : line;
  });
}
