import { Kind, parse, type TypeNode, type VariableDefinitionNode } from 'graphql';
import { EngineError } from '../../executor';
import { ExactNumber } from '../../planner';
import type { JsonObject } from '../http/body';

/** The variables that the operation of an endpoint declares. */
export function declaredIn(query: string): readonly VariableDefinitionNode[] {
  const { definitions } = parse(query, { noLocation: true });
  return definitions.find(node => node.kind === Kind.OPERATION_DEFINITION)?.variableDefinitions ?? [];
}

/**
 * The variables of one request: the body's JSON as it is; texts of the path and the query string read as the type
 * that the operation declares for them. The path goes before the query string, the query string before the body.
 * @throws EngineError `bad-request` for what is not declared, and for lists in texts
 */
export function variablesOf(
  declared: readonly VariableDefinitionNode[],
  path: Readonly<Record<string, string>>,
  search: URLSearchParams,
  body: JsonObject,
): Record<string, unknown> {
  const types = new Map(declared.map(({ variable, type }) => [variable.name.value, type]));
  const variables: Record<string, unknown> = { ...body };
  for (const name of Object.keys(body)) if (!types.has(name)) throw unexpected(name);
  for (const [name, text] of [...search, ...Object.entries(path)]) {
    const type = types.get(name);
    if (!type) throw unexpected(name);
    variables[name] = valueOf(text, type, name);
  }
  return variables;
}

const unexpected = (name: string) => new EngineError('bad-request', `Unexpected variable ${name}`);

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const numbers = new Set(['Int', 'Float', 'Number', 'Double', 'float8', 'numeric']);

/** Numbers and booleans where they are declared, and texts for everything else: Postgres reads them. */
function valueOf(text: string, type: TypeNode, name: string): unknown {
  const bare = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
  if (bare.kind !== Kind.NAMED_TYPE) {
    const which = `Variable ${name}, with value ${JSON.stringify(text)}`;
    throw new EngineError(
      'bad-request',
      `List variables are not currently supported in URL or Query parameters. (${which})`,
    );
  }
  const typeName = bare.name.value;
  if (text === '') return typeName === 'Boolean' ? true : type === bare ? undefined : text;
  if (numbers.has(typeName) && NUMBER.test(text)) return numberOf(text);
  const isBoolean = typeName === 'Boolean' && (text === 'true' || text === 'false');
  return isBoolean ? text === 'true' : text;
}

/** A number, with all of its digits. */
function numberOf(text: string): number | ExactNumber {
  const number = Number(text);
  return String(number) === text ? number : new ExactNumber(text);
}
