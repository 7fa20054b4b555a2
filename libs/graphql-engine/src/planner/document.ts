import { Kind, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { invalid } from './errors';

/** The operation that a request asks for. */
export function operationOf(document: DocumentNode, name: string | undefined | null): OperationDefinitionNode {
  const operations = document.definitions.filter(node => node.kind === Kind.OPERATION_DEFINITION);
  if (name) {
    const named = operations.filter(operation => operation.name?.value === name);
    if (named.length === 1) return named[0] as OperationDefinitionNode;
    throw invalid('$', `no such operation found in the document: "${name}"`);
  }
  if (operations.length === 1) return operations[0] as OperationDefinitionNode;
  throw invalid('$', 'exactly one operation has to be present in the document when operationName is not specified');
}

export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const found = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.FRAGMENT_DEFINITION) continue;
    if (found.has(node.name.value)) throw invalid('$', `multiple definitions for fragment "${node.name.value}"`);
    found.set(node.name.value, node);
  }
  return found;
}
