import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLScalarType,
  GraphQLString,
  type GraphQLEnumType,
  type GraphQLNullableType,
} from 'graphql';
import type { ColumnModel, TypeModel } from '../../model';
import type { RoleContext } from '../context';
import { enumTypeOf } from './enum-table';
import { codecOf } from './codec';

const own: Record<string, GraphQLScalarType> = {
  Int: GraphQLInt,
  Float: GraphQLFloat,
  Boolean: GraphQLBoolean,
  String: GraphQLString,
};

type ScalarOrList = GraphQLScalarType | GraphQLEnumType | GraphQLList<GraphQLNonNull<GraphQLScalarType>>;

/** The GraphQL type of a Postgres type; arrays are lists. */
export function typeOf(context: RoleContext, type: TypeModel): ScalarOrList {
  const scalar = scalarNamed(context, codecOf(type).graphqlName);
  return type.kind === 'array' ? new GraphQLList(new GraphQLNonNull(scalar)) : scalar;
}

export function scalarNamed(context: RoleContext, wanted: string): GraphQLScalarType {
  const name = context.rowTypes.has(wanted) ? `${wanted}_scalar` : wanted;
  return own[name] ?? context.once(name, () => new GraphQLScalarType({ name }));
}

/** The GraphQL type of a column: of the enum table that it points to, else of its Postgres type. */
export function columnTypeOf(context: RoleContext, column: ColumnModel): ScalarOrList {
  const table = column.enumTable === undefined ? undefined : context.model.tables.get(column.enumTable);
  return (table && enumTypeOf(context, table)) ?? typeOf(context, column.type);
}

export function required<T extends GraphQLNullableType>(type: T): GraphQLNonNull<T> {
  return new GraphQLNonNull(type);
}
