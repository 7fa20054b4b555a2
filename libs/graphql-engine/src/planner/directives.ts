import { GraphQLBoolean, GraphQLNonNull, Kind, type DirectiveNode, type SelectionNode } from 'graphql';
import { invalid } from './errors';
import { Input } from './input';
import type { Variables } from './variables';

/** Directives that the executor or the live queries read; on a field they change nothing of the plan. */
const known = new Set([
  'skip',
  'include',
  'cached',
  '_multiple_top_level_fields',
  'specifiedBy',
  'deprecated',
]);

/** Whether `@skip` and `@include` let a field or fragment in. */
export function includes(selection: SelectionNode, variables: Variables, path: string): boolean {
  if (!selection.directives?.length) return true;
  const unknown = selection.directives.find(directive => !known.has(directive.name.value));
  if (unknown) throw invalid(path, `directive '${unknown.name.value}' is not defined in the schema`);
  return selection.directives.every(directive => allows(directive, variables, path));
}

function allows(directive: DirectiveNode, variables: Variables, path: string): boolean {
  const { value: name } = directive.name;
  if (name !== 'skip' && name !== 'include') return true;
  return condition(directive, variables, path) === (name === 'include');
}

function condition(directive: DirectiveNode, variables: Variables, path: string): boolean {
  const argument = directive.arguments?.find(({ name }) => name.value === 'if');
  const at = `${path}.directives.${directive.name.value}.if`;
  if (!argument) throw invalid(at, "missing required field 'if'");
  if (argument.value.kind === Kind.VARIABLE) variables.markExact(argument.value.name.value);
  const input = Input.of(new GraphQLNonNull(GraphQLBoolean), argument.value, at, variables);
  if (!input) throw invalid(at, "missing required field 'if'");
  return input.boolean();
}
