import {
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type OperationTypeNode,
} from 'graphql';
import { compile, type CompiledStatement } from '../compiler';
import type { RootNode } from '../ir';
import type { RoleSchema, RootType } from '../schema';
import { checkCached, checkDirectives } from './directives';
import { fragmentsOf, operationOf, refuseCycles, usedVariables } from './document';
import { invalid } from './errors';
import { fieldsIn, introspect } from './introspection';
import { Budget, Selection, type OperationContext, type Planned } from './request';
import { Variables, withinTheStack, type VariableValues } from './variables';

/** A request turned into statements: good for every request of the same role, document and shape of variables. */
export interface Plan {
  readonly operation: `${OperationTypeNode}`;
  readonly node: OperationDefinitionNode;
  readonly roots: readonly RootPlan[];
  /** Key of the variables' shape. Two requests with equal keys share this plan. */
  readonly shapeOf: (variables: VariableValues) => string;
}

export type RootPlan = RootFrame &
  (
    | {
        readonly kind: 'statement';
        /** Run before it, in order; their rows are nobody's (mutations). */
        readonly before?: readonly CompiledStatement[];
        readonly statement: CompiledStatement;
      }
    /** Known without asking the database: `__typename`, introspection. */
    | { readonly kind: 'constant'; readonly json: string }
  );

interface RootFrame {
  readonly alias: string;
  readonly name: string;
  /** What stands before its JSON instead of `"alias":`, and after it: for members of a group. */
  readonly open?: string;
  readonly close?: string;
}

/** What planning a root field yields. A group is an object or a list whose members are answered one by one. */
export type RootPlanned =
  | { readonly kind: 'node'; readonly node: RootNode }
  | { readonly kind: 'json'; readonly json: string }
  | {
      readonly kind: 'group';
      readonly as: 'object' | 'list';
      readonly members: readonly Planned<RootPlanned>[];
    };

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
  return withinTheStack(() => planOperation(schema, document, operationName, values));
}

function planOperation(
  schema: RoleSchema,
  document: DocumentNode,
  operationName: string | undefined | null,
  values: VariableValues,
): Plan {
  const node = operationOf(document, operationName);
  checkDirectives(node.directives, `a ${node.operation}`, '$');
  for (const { directives } of node.variableDefinitions ?? [])
    checkDirectives(directives, 'a variable definition', '$');
  const variables = new Variables(node, values, schema.context.model.options.unboundAreAbsent);
  const context = { variables, fragments: fragmentsOf(document), budget: new Budget() };
  refuseCycles(node, context.fragments);
  checkCached(node, variables);
  variables.refuseUnused(() => usedVariables(node, context.fragments));
  const selection = new Selection(rootType(schema, node), [node.selectionSet], '$', {
    ...context,
    ...(mayIntrospect(schema, node) && { meta: introspection(schema, node, context, values) }),
  });
  const fields = selection.plan<RootPlanned>(typename => ({ kind: 'json', json: JSON.stringify(typename) }));
  refuseManyRoots(node, fields);
  const roots = fields.flatMap(rootPlans);
  refuseCompany(roots);
  return { operation: node.operation, node, roots, shapeOf: variables.shape() };
}

function mayIntrospect({ role, context }: RoleSchema, { operation }: OperationDefinitionNode): boolean {
  return operation === 'query' && !context.model.unintrospective?.has(role);
}

// Each root field of a subscription would be a live query of its own; Hasura wants this to be meant.
function refuseManyRoots(
  { operation, directives }: OperationDefinitionNode,
  roots: readonly unknown[],
): void {
  if (operation !== 'subscription' || roots.length < 2) return;
  const meant = directives?.some(({ name }) => name.value === '_multiple_top_level_fields');
  if (!meant) throw invalid('$', 'subscriptions must select one top level field');
}

// The cursor of a stream moves on with what was told; nothing beside it could say for itself when it is to be told.
function refuseCompany(roots: readonly RootPlan[]): void {
  const asked = roots.flatMap(root => (root.kind === 'statement' ? [root.statement] : []));
  if (asked.length > 1 && asked.some(({ stream }) => stream !== undefined))
    throw invalid('$', 'a streaming subscription must have no other top level field');
}

function rootPlans({ alias, name, value }: Planned<RootPlanned>): readonly RootPlan[] {
  switch (value.kind) {
    case 'json':
      return [{ alias, name, kind: 'constant', json: value.json }];
    case 'node':
      return [{ alias, name, kind: 'statement', ...compile(value.node) }];
    case 'group':
      return groupPlans(alias, name, value);
  }
}

function groupPlans(
  alias: string,
  name: string,
  { as, members }: Extract<RootPlanned, { kind: 'group' }>,
): readonly RootPlan[] {
  const [open, close] = as === 'object' ? ['{', '}'] : ['[', ']'];
  const plans = members.flatMap(member =>
    rootPlans(member).map(plan => ({
      ...plan,
      open: plan.open ?? (as === 'object' ? `${JSON.stringify(plan.alias)}:` : ''),
    })),
  );
  const [first] = plans;
  if (!first) return [{ alias, name, kind: 'constant', json: `${open}${close}` }];
  return plans.map((plan, at) => ({
    ...plan,
    open: at === 0 ? `${JSON.stringify(alias)}:${open}${plan.open}` : plan.open,
    close: `${plan.close ?? ''}${at === plans.length - 1 ? close : ''}`,
  }));
}

function rootType(schema: RoleSchema, { operation }: OperationDefinitionNode): RootType {
  const type = schema[operation];
  if (type) return type;
  throw invalid('$', `no ${operation}s exist`);
}

/** Fields of tables that a field of introspection counts as: it is answered for many types. */
const INTROSPECTION_COST = 10;

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
    context.budget.spend(INTROSPECTION_COST * fieldsIn(nodes, context.fragments));
    return { kind: 'json', json: introspect(schema.graphql(), nodes, node, context.fragments, values) };
  };
  return new Map([
    ['__schema', { definition: SchemaMetaFieldDef, answer }],
    ['__type', { definition: TypeMetaFieldDef, answer }],
  ]);
}
