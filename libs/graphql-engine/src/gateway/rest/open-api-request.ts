import {
  Kind,
  valueFromASTUntyped,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { Schemas } from './open-api-schemas';

type Json = Record<string, unknown>;

const SECRET = {
  in: 'header',
  name: 'x-hasura-admin-secret',
  description: 'Your x-hasura-admin-secret will be used for authentication of the API request.',
  schema: { type: 'string' },
};

/** Variables that fit into the address, and the header that opens the door. */
export function parametersOf(
  { variableDefinitions = [] }: OperationDefinitionNode,
  inPath: ReadonlySet<string>,
  schemas: Schemas,
): Json[] {
  return [SECRET, ...(variableDefinitions ?? []).flatMap(variable => parameterOf(variable, inPath, schemas))];
}

function parameterOf(
  definition: VariableDefinitionNode,
  inPath: ReadonlySet<string>,
  schemas: Schemas,
): Json[] {
  const { defaultValue } = definition;
  const name = definition.variable.name.value;
  const type = schemas.typeOf(definition.type);
  if (!type || !schemas.isPlain(type)) return [];
  const required = inPath.has(name) || isRequired(definition);
  const where = inPath.has(name) ? 'as part of the path' : '(enter it either in parameters or request body)';
  const schema = {
    ...schemas.parameter(type),
    ...(defaultValue ? { default: valueFromASTUntyped(defaultValue) } : {}),
  };
  const description = required ? { description: `_"${name}" is required ${where}_` } : {};
  return [{ in: inPath.has(name) ? 'path' : 'query', name, required, ...description, schema }];
}

const isRequired = ({ type, defaultValue }: VariableDefinitionNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;

/** All variables as one JSON object; needed where one of them fits nowhere else. */
export function bodyOf({ variableDefinitions }: OperationDefinitionNode, schemas: Schemas): Json | undefined {
  if (!variableDefinitions || variableDefinitions.length === 0) return undefined;
  const properties: Json = {};
  let required = false;
  for (const definition of variableDefinitions) {
    const type = schemas.typeOf(definition.type);
    if (!type) continue;
    const preset = definition.defaultValue ? { default: valueFromASTUntyped(definition.defaultValue) } : {};
    properties[definition.variable.name.value] = { ...schemas.input(type), ...preset };
    required ||= !schemas.isPlain(type) && isRequired(definition);
  }
  return {
    description: 'Query parameters can also be provided in the request body as a JSON object',
    required,
    content: { 'application/json': { schema: { type: 'object', properties } } },
  };
}
