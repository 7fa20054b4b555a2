import {
  Kind,
  visit,
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { invalid } from './errors';

/** The operation that a request asks for. */
export function operationOf(
  document: DocumentNode,
  name: string | undefined | null,
): OperationDefinitionNode {
  const operations = document.definitions.filter(node => node.kind === Kind.OPERATION_DEFINITION);
  if (name) {
    const nameless = operations.some(operation => !operation.name);
    if (nameless)
      throw invalid('$', 'operationName cannot be used when an anonymous operation exists in the document');
    const named = operations.filter(operation => operation.name?.value === name);
    if (named.length === 1) return named[0] as OperationDefinitionNode;
    throw invalid('$', `no such operation found in the document: "${name}"`);
  }
  if (operations.length === 1) return operations[0] as OperationDefinitionNode;
  throw invalid(
    '$',
    'exactly one operation has to be present in the document when operationName is not specified',
  );
}

export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const found = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.FRAGMENT_DEFINITION) continue;
    if (found.has(node.name.value))
      throw invalid('$', `multiple definitions for fragment "${node.name.value}"`);
    found.set(node.name.value, node);
  }
  return found;
}

/**
 * Fragments that contain themselves, wherever they are spread in the operation. Each fragment is walked once, however
 * often it is spread.
 */
export function refuseCycles(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): void {
  if (fragments.size > 0) new CycleSearch(fragments).walk(operation.selectionSet, '$', []);
}

/** Names of the variables that the operation asks for, also where a fragment does or `@skip` leaves the field out. */
export function usedVariables(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): ReadonlySet<string> {
  const used = new Set<string>();
  const seen = new Set<ASTNode>();
  const enter = (node: ASTNode): void => {
    if (node.kind === Kind.VARIABLE) used.add(node.name.value);
    if (node.kind !== Kind.FRAGMENT_SPREAD) return;
    const fragment = fragments.get(node.name.value);
    if (!fragment || seen.has(fragment)) return;
    seen.add(fragment);
    visit(fragment.selectionSet, { enter });
  };
  visit(operation, { enter, VariableDefinition: () => false });
  return used;
}

class CycleSearch {
  private readonly clean = new Set<string>();

  constructor(private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>) {}

  walk(set: SelectionSetNode, path: string, open: readonly string[]): void {
    const inside = `${path}.selectionSet`;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) this.enter(selection.name.value, inside, open);
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.walk(selection.selectionSet, path, open);
      else if (selection.selectionSet)
        this.walk(selection.selectionSet, `${inside}.${selection.name.value}`, open);
    }
  }

  private enter(name: string, path: string, open: readonly string[]): void {
    const at = open.indexOf(name);
    if (at >= 0) {
      throw invalid(path, `the fragment definition(s) ${open.slice(at).join(' and ')} form a cycle`);
    }
    const fragment = this.fragments.get(name);
    if (!fragment) throw invalid(path, `reference to undefined fragment "${name}"`);
    if (this.clean.has(name)) return;
    this.walk(fragment.selectionSet, `${path}.${name}`, [...open, name]);
    this.clean.add(name);
  }
}
