import {
  GraphQLBoolean,
  GraphQLInt,
  GraphQLNonNull,
  Kind,
  type DirectiveNode,
  type OperationDefinitionNode,
  type OperationTypeNode,
  type SelectionNode,
} from 'graphql';
import { invalid } from './errors';
import { Input } from './input';
import type { Variables } from './variables';

type Place =
  | `a ${OperationTypeNode}`
  | (typeof ofSelection)[SelectionNode['kind']]
  | 'a fragment definition'
  | 'a variable definition';

const ofSelection = {
  [Kind.FIELD]: 'a field',
  [Kind.FRAGMENT_SPREAD]: 'a fragment spread',
  [Kind.INLINE_FRAGMENT]: 'an inline fragment',
} as const;

const selections = Object.values(ofSelection);

interface Directive {
  readonly places: readonly Place[];
  readonly arguments: readonly string[];
}

/** Where each directive may stand. Those of operations are read by the engine and the live queries, not here. */
const known: ReadonlyMap<string, Directive> = new Map<string, Directive>([
  ['include', { places: selections, arguments: ['if'] }],
  ['skip', { places: selections, arguments: ['if'] }],
  ['cached', { places: ['a query'], arguments: ['ttl', 'refresh'] }],
  ['_multiple_top_level_fields', { places: ['a subscription'], arguments: [] }],
]);

/** Refuses unknown, misplaced and repeated directives, and arguments that they do not have. */
export function checkDirectives(directives: readonly DirectiveNode[] = [], place: Place, path: string): void {
  const names = directives.map(({ name }) => name.value);
  for (const { name, arguments: given = [] } of directives) {
    const directive = known.get(name.value);
    if (!directive) throw invalid(path, `directive '${name.value}' is not defined in the schema`);
    if (!directive.places.includes(place))
      throw invalid(path, `directive '${name.value}' is not allowed on ${place}`);
    const strange = given.find(argument => !directive.arguments.includes(argument.name.value));
    if (strange) throw invalid(path, `'${name.value}' has no argument named '${strange.name.value}'`);
  }
  const repeated = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  if (repeated.length === 0) return;
  const list = repeated.map(name => `'${name}'`).join(', ');
  throw invalid(path, `the following directives are used more than once: [${list}]`);
}

/** Refuses what is no wish of `@cached`, also where no answer is kept. */
export function checkCached({ directives }: OperationDefinitionNode, variables: Variables): void {
  const cached = directives?.find(({ name }) => name.value === 'cached');
  for (const { name, value } of cached?.arguments ?? []) {
    const at = `$.directives.cached.${name.value}`;
    if (name.value === 'ttl') Input.of(GraphQLInt, value, at, variables).count();
    else Input.of(GraphQLBoolean, value, at, variables).boolean();
  }
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
