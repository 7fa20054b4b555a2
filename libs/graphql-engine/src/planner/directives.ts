import {
  GraphQLBoolean,
  GraphQLNonNull,
  Kind,
  type DirectiveNode,
  type OperationTypeNode,
  type SelectionNode,
} from 'graphql';
import { invalid } from './errors';
import { Input } from './input';
import type { Variables } from './variables';

type Place = `a ${OperationTypeNode}` | (typeof ofSelection)[SelectionNode['kind']];

const ofSelection = {
  [Kind.FIELD]: 'a field',
  [Kind.FRAGMENT_SPREAD]: 'a fragment spread',
  [Kind.INLINE_FRAGMENT]: 'an inline fragment',
} as const;

const selections = Object.values(ofSelection);

/** Where each directive may stand. Those of operations are read by the engine and the live queries, not here. */
const places: ReadonlyMap<string, readonly Place[]> = new Map<string, readonly Place[]>([
  ['include', selections],
  ['skip', selections],
  ['cached', ['a query']],
  ['_multiple_top_level_fields', ['a subscription']],
]);

/** Refuses unknown, misplaced and repeated directives. */
export function checkDirectives(directives: readonly DirectiveNode[] = [], place: Place, path: string): void {
  const names = directives.map(({ name }) => name.value);
  for (const name of names) {
    const allowed = places.get(name);
    if (!allowed) throw invalid(path, `directive '${name}' is not defined in the schema`);
    if (!allowed.includes(place)) throw invalid(path, `directive '${name}' is not allowed on ${place}`);
  }
  const repeated = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  if (repeated.length === 0) return;
  const list = repeated.map(name => `'${name}'`).join(', ');
  throw invalid(path, `the following directives are used more than once: [${list}]`);
}

/** Whether `@skip` and `@include` let a field or fragment in. */
export function includes(selection: SelectionNode, variables: Variables, path: string): boolean {
  const { directives, kind } = selection;
  if (!directives?.length) return true;
  checkDirectives(directives, ofSelection[kind], path);
  return directives.every(directive => allows(directive, variables, path));
}

function allows(directive: DirectiveNode, variables: Variables, path: string): boolean {
  const argument = directive.arguments?.find(({ name }) => name.value === 'if');
  const at = `${path}.directives.${directive.name.value}.if`;
  if (!argument) throw invalid(at, "missing required field 'if'");
  if (argument.value.kind === Kind.VARIABLE) variables.markExact(argument.value.name.value);
  const input = Input.of(new GraphQLNonNull(GraphQLBoolean), argument.value, at, variables);
  return input.boolean() === (directive.name.value === 'include');
}
