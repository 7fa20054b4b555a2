import {
  getNamedType,
  isInputObjectType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
} from 'graphql';

/** A word of an enum, which stands without quotes. */
export class Word {
  constructor(readonly name: string) {}
}

/** A value as a GraphQL document writes it. */
export function literal(value: unknown): string {
  if (value instanceof Word) return value.name;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${name}: ${literal(member)}`)
    .join(', ')}}`;
}

/** `field(name: value, ...) selection`; members that are undefined are left out. */
export function call(name: string, args: Readonly<Record<string, unknown>>, selection = ''): string {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  const list = given.map(([key, value]) => `${key}: ${literal(value)}`).join(', ');
  return `${name}${list ? `(${list})` : ''} ${selection}`;
}

/** The input object that an argument takes. */
export function inputOf(
  field: GraphQLField<unknown, unknown>,
  argument: string,
): GraphQLInputObjectType | undefined {
  return inputObject(field.args.find(({ name }) => name === argument)?.type);
}

export function inputObject(type: GraphQLInputType | undefined): GraphQLInputObjectType | undefined {
  const named = type && getNamedType(type);
  return isInputObjectType(named) ? named : undefined;
}

export function objectOf(field: GraphQLField<unknown, unknown>): GraphQLObjectType | undefined {
  const named = getNamedType(field.type);
  return isObjectType(named) ? named : undefined;
}

/** It can be asked for without saying more; computed fields with arguments of their own cannot. */
const plain = (field: GraphQLField<unknown, unknown>): boolean =>
  !field.args.some(argument => isRequiredArgument(argument) || argument.name === 'args');

/** Names of the fields that hold values. */
export function leaves(type: GraphQLObjectType): string[] {
  return Object.values(type.getFields())
    .filter(field => plain(field) && isLeafType(getNamedType(field.type)))
    .map(({ name }) => name);
}

/** Everything that can be read from an object, so many levels down. */
export function everything(type: GraphQLObjectType, depth: number): string {
  const nested = Object.values(type.getFields()).flatMap(field => {
    const inner = depth > 0 && plain(field) ? objectOf(field) : undefined;
    return inner ? `${field.name} ${everything(inner, depth - 1)}` : [];
  });
  return `{ ${['__typename', ...leaves(type), ...nested].join(' ')} }`;
}
