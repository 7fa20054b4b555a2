import { Kind, type ValueNode } from 'graphql';
import { EngineError } from '../executor';
import { EnumLiteral, ExactNumber, NumberLiteral } from './exact-number';
import { scientific } from './scientific';

/** A request that the role's schema does not allow, in Hasura's words, blaming a path of the request. */
export function invalid(path: string, message: string): EngineError {
  return new EngineError('validation-failed', message, { path });
}

/** A value that is of the right kind and still none of its type. */
export function unreadable(path: string, message: string): EngineError {
  return new EngineError('parse-failed', message, { path });
}

/** A number that is no integer of its type. */
export function outOfBounds(path: string, number: string): EngineError {
  const reason =
    'lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?';
  return unreadable(path, `The value ${scientific(number)} ${reason}`);
}

/** "a string", "an integer", ...: what Hasura calls a value that it did not expect. */
export function describeNode(node: ValueNode): string {
  return nodeNames[node.kind];
}

export function describeJson(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof EnumLiteral) return nodeNames[Kind.ENUM];
  if (value instanceof NumberLiteral) return nodeNames[/[.eE]/.test(value.text) ? Kind.FLOAT : Kind.INT];
  if (typeof value === 'number' || value instanceof ExactNumber) return 'a number';
  return typeof value === 'string' ? 'a string' : typeof value === 'boolean' ? 'a boolean' : 'an object';
}

export type JsonKind = 'Array' | 'Boolean' | 'Null' | 'Number' | 'Object' | 'String';

/** The same in the words of Hasura's reader of JSON. */
export function jsonKind(value: unknown): JsonKind {
  if (value === null || value === undefined) return 'Null';
  if (Array.isArray(value)) return 'Array';
  if (typeof value === 'number' || value instanceof ExactNumber) return 'Number';
  if (typeof value === 'string' || value instanceof EnumLiteral) return 'String';
  return typeof value === 'boolean' ? 'Boolean' : 'Object';
}

const nodeNames: Record<ValueNode['kind'], string> = {
  [Kind.INT]: 'an integer',
  [Kind.FLOAT]: 'a float',
  [Kind.STRING]: 'a string',
  [Kind.BOOLEAN]: 'a boolean',
  [Kind.NULL]: 'null',
  [Kind.ENUM]: 'an enum value',
  [Kind.LIST]: 'a list',
  [Kind.OBJECT]: 'an object',
  [Kind.VARIABLE]: 'a variable',
};
