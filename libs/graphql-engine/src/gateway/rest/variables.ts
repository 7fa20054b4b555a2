import { Kind, parse, type TypeNode, type VariableDefinitionNode } from 'graphql';
import { EngineError } from '../../executor';
import type { JsonObject } from '../http/body';

/** The variables that the operation of an endpoint declares. */
export function declaredIn(query: string): readonly VariableDefinitionNode[] {
  const [first] = parse(query, { noLocation: true }).definitions;
  return first?.kind === Kind.OPERATION_DEFINITION ? (first.variableDefinitions ?? []) : [];
}

/**
 * The variables of one request: the body's JSON as it is; texts of the path and the query string read as the type
 * that the operation declares for them. The path goes before the query string, the query string before the body.
 */
export function variablesOf(
  declared: readonly VariableDefinitionNode[],
  path: Readonly<Record<string, string>>,
  search: URLSearchParams,
  body: JsonObject,
): Record<string, unknown> {
  const variables: Record<string, unknown> = { ...body };
  for (const { variable, type } of declared) {
    const name = variable.name.value;
    const text = Object.hasOwn(path, name) ? path[name] : (search.get(name) ?? undefined);
    if (text !== undefined) variables[name] = valueOf(text, type, name);
  }
  const known = new Set(declared.map(({ variable }) => variable.name.value));
  for (const name of [...Object.keys(path), ...search.keys()]) {
    if (!known.has(name)) variables[name] = Object.hasOwn(path, name) ? path[name] : search.get(name);
  }
  return variables;
}

function valueOf(text: string, type: TypeNode, name: string): unknown {
  const nullable = type.kind !== Kind.NON_NULL_TYPE;
  const bare = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
  if (text === 'null' && nullable) return null;
  if (bare.kind !== Kind.NAMED_TYPE) return jsonOr(text, text);
  switch (bare.name.value) {
    case 'String':
    case 'ID':
      return text;
    case 'Int':
    case 'Float':
      return numberOf(text, bare.name.value, name);
    case 'Boolean':
      return text === '' ? true : jsonOr(text, text);
    default:
      return customOf(text);
  }
}

/** A scalar of Postgres: a number, boolean or structure when it reads as one, else its text. */
function customOf(text: string): unknown {
  return /^[[{]|^(true|false|null)$|^-?\d{1,15}(\.\d+)?$/.test(text) ? jsonOr(text, text) : text;
}

function numberOf(text: string, type: string, name: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new EngineError('bad-request', `Expected ${type} for variable ${name}`);
}

function jsonOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}
