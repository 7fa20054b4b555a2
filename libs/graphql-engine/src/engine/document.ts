import {
  GraphQLError,
  Kind,
  parse,
  type ArgumentNode,
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type ObjectFieldNode,
  type SelectionNode,
  type ValueNode,
} from 'graphql';
import { EngineError } from '../executor';

/**
 * The document of a request. Beyond its grammar it is refused for what Hasura's parser refuses and graphql-js leaves to
 * validation: definitions of types, and an argument or a member of an object that is given twice. Were one of the two
 * conditions dropped that are called alike, more would be found, changed or deleted than was asked for.
 * @throws EngineError `validation-failed`
 */
export function documentOf(query: string): DocumentNode {
  try {
    const document = parse(query, { noLocation: true, maxTokens: 200_000 });
    if (document.definitions.every(isRequest)) return document;
  } catch (error) {
    // Nested so deeply that the stack ends: no program means that.
    if (!(error instanceof GraphQLError) && !(error instanceof RangeError)) throw error;
  }
  throw new EngineError('validation-failed', 'not a valid graphql query', { path: '$.query' });
}

function isRequest(node: DefinitionNode): boolean {
  if (node.kind === Kind.FRAGMENT_DEFINITION)
    return saysOnce(node) && node.selectionSet.selections.every(isClear);
  if (node.kind !== Kind.OPERATION_DEFINITION) return false;
  const defaults = node.variableDefinitions?.every(
    ({ defaultValue }) => !defaultValue || isSingle(defaultValue),
  );
  return defaults !== false && saysOnce(node) && node.selectionSet.selections.every(isClear);
}

function isClear(node: SelectionNode): boolean {
  if (!saysOnce(node)) return false;
  return node.kind === Kind.FRAGMENT_SPREAD || (node.selectionSet?.selections.every(isClear) ?? true);
}

interface Saying {
  readonly arguments?: readonly ArgumentNode[];
  readonly directives?: readonly DirectiveNode[];
}

/** Whether each argument of a field and of its directives is given once. */
const saysOnce = ({ arguments: given = [], directives = [] }: Saying): boolean =>
  areSingle(given) && directives.every(directive => areSingle(directive.arguments ?? []));

function areSingle(members: readonly (ArgumentNode | ObjectFieldNode)[]): boolean {
  const names = new Set(members.map(({ name }) => name.value));
  return names.size === members.length && members.every(({ value }) => isSingle(value));
}

function isSingle(node: ValueNode): boolean {
  if (node.kind === Kind.OBJECT) return areSingle(node.fields);
  return node.kind !== Kind.LIST || node.values.every(isSingle);
}
