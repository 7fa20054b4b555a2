import type { DocumentNode, FieldNode, OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { compile, type CompiledStatement } from '../compiler';
import type { RootNode } from '../ir';
import type { RoleSchema, RootType } from '../schema';
import { fragmentsOf, operationOf, refuseCycles } from './document';
import { invalid } from './errors';
import { introspect } from './introspection';
import { Selection, type OperationContext, type Planned } from './request';
import { Variables, type VariableValues } from './variables';

/** A request turned into statements: good for every request of the same role, document and shape of variables. */
export interface Plan {
  readonly operation: `${OperationTypeNode}`;
  readonly node: OperationDefinitionNode;
  readonly roots: readonly RootPlan[];
  /** Key of the variables' shape. Two requests with equal keys share this plan. */
  readonly shapeOf: (variables: VariableValues) => string;
}

export type RootPlan =
  | {
      readonly alias: string;
      readonly name: string;
      readonly kind: 'statement';
      /** Run before it, in order; their rows are nobody's (mutations). */
      readonly before?: readonly CompiledStatement[];
      readonly statement: CompiledStatement;
    }
  /** Known without asking the database: `__typename`, introspection. */
  | { readonly alias: string; readonly name: string; readonly kind: 'constant'; readonly json: string };

/** What planning a root field yields. */
export type RootPlanned =
  { readonly kind: 'node'; readonly node: RootNode } | { readonly kind: 'json'; readonly json: string };

/**
 * Document to statements. The only checks are those of the walk itself: a field that the role's schema does not have
 * cannot be planned, and what it has is planned with the role's permissions.
 */
export function plan(
  schema: RoleSchema,
  document: DocumentNode,
  operationName: string | undefined | null,
  values: VariableValues,
): Plan {
  const node = operationOf(document, operationName);
  const variables = new Variables(node, values);
  const context = { variables, fragments: fragmentsOf(document) };
  refuseCycles(node, context.fragments);
  const selection = new Selection(rootType(schema, node), [node.selectionSet], '$', {
    ...context,
    ...(node.operation === 'query' && { meta: introspection(schema, node, context, values) }),
  });
  const fields = selection.plan<RootPlanned>(typename => ({ kind: 'json', json: JSON.stringify(typename) }));
  return { operation: node.operation, node, roots: fields.map(rootPlan), shapeOf: variables.shape() };
}

function rootPlan({ alias, name, value }: Planned<RootPlanned>): RootPlan {
  if (value.kind === 'json') return { alias, name, kind: 'constant', json: value.json };
  return { alias, name, kind: 'statement', ...compile(value.node) };
}

function rootType(schema: RoleSchema, { operation }: OperationDefinitionNode): RootType {
  const type = schema[operation];
  if (type) return type;
  throw invalid('$', `no ${operation}s exist`);
}

type Meta = NonNullable<OperationContext['meta']>;

// Introspection depends on the variables to the letter.
function introspection(
  schema: RoleSchema,
  node: OperationDefinitionNode,
  context: OperationContext,
  values: VariableValues,
): Meta {
  const answer = (nodes: readonly FieldNode[]): RootPlanned => {
    for (const { variable } of node.variableDefinitions ?? [])
      context.variables.markExact(variable.name.value);
    return { kind: 'json', json: introspect(schema.graphql(), nodes, node, context.fragments, values) };
  };
  return new Map([
    ['__schema', answer],
    ['__type', answer],
  ]);
}
