import {
  executeSync,
  Kind,
  specifiedRules,
  validate,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { invalid } from './errors';
import type { VariableValues } from './variables';

/** `__schema` and `__type` are graphql-js's own business: they are answered from the role's types while planning. */
export function introspect(
  schema: GraphQLSchema,
  nodes: readonly FieldNode[],
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: VariableValues,
): string {
  const document = documentOf(nodes, operation, fragments);
  const [fault] = validate(schema, document, rules);
  if (fault) throw invalid('$', fault.message);
  const { data, errors } = executeSync({ schema, document, variableValues: { ...variables } });
  if (errors?.[0]) throw invalid('$', errors[0].message);
  return JSON.stringify(Object.values(data ?? {})[0] ?? null);
}

/** How many fields these come to with what is selected in them, fragments spread out; each fragment is counted once. */
export function fieldsIn(
  nodes: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): number {
  const known = new Map<string, number>();
  const inside = (set: SelectionSetNode | undefined): number => count(set?.selections ?? []);
  const spread = (name: string): number => {
    const size = known.get(name) ?? inside(fragments.get(name)?.selectionSet);
    known.set(name, size);
    return size;
  };
  const count = (selections: readonly SelectionNode[]): number => {
    let sum = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) sum += spread(selection.name.value);
      else sum += (selection.kind === Kind.FIELD ? 1 : 0) + inside(selection.selectionSet);
    }
    return sum;
  };
  return count(nodes);
}

// The rest of the operation, which uses the other variables and fragments, is not in this document.
const others = new Set([
  'NoUnusedFragmentsRule',
  'NoUnusedVariablesRule',
  'KnownTypeNamesRule',
  'VariablesAreInputTypesRule',
  'KnownDirectivesRule',
]);
const rules = specifiedRules.filter(rule => !others.has(rule.name));

function documentOf(
  nodes: readonly FieldNode[],
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DocumentNode {
  const used = usedFragments(nodes, fragments);
  const only = { ...operation, selectionSet: { kind: Kind.SELECTION_SET as const, selections: nodes } };
  return { kind: Kind.DOCUMENT, definitions: [only, ...used] };
}

function usedFragments(
  nodes: readonly FieldNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly FragmentDefinitionNode[] {
  const used = new Set<FragmentDefinitionNode>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = value as { kind?: string; name?: { value: string } };
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name?.value ?? '') : undefined;
    if (fragment && !used.has(fragment)) {
      used.add(fragment);
      visit(fragment.selectionSet);
    }
    Object.values(value).forEach(visit);
  };
  nodes.forEach(visit);
  return [...used];
}
