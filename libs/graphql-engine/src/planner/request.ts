import {
  getNamedType,
  GraphQLBoolean,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  Kind,
  print,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { checkDirectives, includes } from './directives';
import { invalid } from './errors';
import { Input } from './input';
import type { Variables } from './variables';

/** What all fields of one operation share while it is planned. */
export interface OperationContext {
  readonly variables: Variables;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly budget: Budget;
  /** Fields of the query root that are in no type: `__schema`, `__type`. */
  readonly meta?: ReadonlyMap<string, MetaField>;
}

export interface MetaField {
  readonly definition: GraphQLField<unknown, unknown>;
  readonly answer: (nodes: readonly FieldNode[]) => unknown;
}

/** Fields that one operation may come to. */
const MOST_FIELDS = 20_000;

/**
 * What is left to an operation. Fragments that spread others twice under two names double the fields with each of them,
 * so that a few lines of text come to more than any memory holds.
 */
export class Budget {
  private left = MOST_FIELDS;

  spend(fields: number): void {
    this.left -= fields;
    if (this.left < 0) throw invalid('$', `the query comes to more than ${MOST_FIELDS} fields`);
  }
}

/** A planner turns one selected field into IR. What kind of IR depends on the object that the field belongs to. */
export type Planner<T> = (field: FieldRequest) => T;

/** One field as a client selected it, merged over fragments and repeats. */
export class FieldRequest {
  private inputs?: ReadonlyMap<string, Input>;

  constructor(
    readonly alias: string,
    readonly definition: GraphQLField<unknown, unknown>,
    readonly path: string,
    private readonly nodes: readonly FieldNode[],
    private readonly context: OperationContext,
  ) {}

  get name(): string {
    return this.definition.name;
  }

  /** Given arguments by name. */
  get arguments(): ReadonlyMap<string, Input> {
    return (this.inputs ??= this.readArguments());
  }

  /** What is selected of the object (or of each object of the list) that the field yields. */
  selection(type: GraphQLObjectType): Selection {
    return this.selectionOf(fieldsOf(type));
  }

  selectionOf(type: SelectableType): Selection {
    const sets = [...new Set(this.nodes.flatMap(node => (node.selectionSet ? [node.selectionSet] : [])))];
    if (sets.length === 0)
      throw invalid(`${this.path}.selectionSet`, `missing selection set for '${type.name}'`);
    const { variables, fragments, budget } = this.context;
    const isAbstract = isAbstractType(getNamedType(this.definition.type));
    return new Selection(type, sets, this.path, { variables, fragments, budget }, isAbstract);
  }

  refuseSelection(): void {
    for (const node of this.nodes) refuseSelectionOf(node, this.path);
  }

  private readArguments(): ReadonlyMap<string, Input> {
    const known = new Map(this.definition.args.map(argument => [argument.name, argument]));
    const given = new Map<string, Input>();
    for (const { name, value } of this.nodes[0]?.arguments ?? []) {
      const argument = known.get(name.value);
      if (!argument) throw invalid(this.path, `'${this.name}' has no argument named '${name.value}'`);
      const path = `${this.path}.args.${name.value}`;
      const input = Input.given(argument.type, value, path, this.context.variables);
      if (input) given.set(name.value, input);
    }
    this.refuseMissing(given);
    return given;
  }

  private refuseMissing(given: ReadonlyMap<string, Input>): void {
    for (const argument of this.definition.args) {
      if (!isRequiredArgument(argument) || given.has(argument.name)) continue;
      throw invalid(`${this.path}.args.${argument.name}`, `missing required field '${argument.name}'`);
    }
  }
}

/** Field planners live in this extension of a field; `field()` in schema/field.ts puts them there. */
export const plannerKey = 'nself.planner';

export interface Planned<T> {
  readonly alias: string;
  readonly name: string;
  readonly value: T;
}

/** An object type as a selection looks at it. Root types answer without making all of their fields. */
export interface SelectableType {
  readonly name: string;
  field(name: string): GraphQLField<unknown, unknown> | undefined;
  /** Interfaces that a fragment can name instead. */
  readonly interfaces?: readonly string[];
}

const selectable = new WeakMap<GraphQLObjectType, SelectableType>();

function fieldsOf(type: GraphQLObjectType): SelectableType {
  const known = selectable.get(type);
  if (known) return known;
  const fields = type.getFields();
  const interfaces = type.getInterfaces().map(({ name }) => name);
  const made = { name: type.name, field: (name: string) => fields[name], interfaces };
  selectable.set(type, made);
  return made;
}

/** The fields of a selection set by their response names, and the fragments that brought them. */
interface Collected {
  readonly fields: Map<string, Set<FieldNode>>;
  readonly spread: Set<string>;
}

/** A selection set on one object type, with fragments flattened and `@skip`/`@include` decided. */
export class Selection {
  constructor(
    readonly type: SelectableType,
    private readonly sets: readonly SelectionSetNode[],
    private readonly path: string,
    private readonly context: OperationContext,
    /** The document looks at an interface or union, of which `type` is but one that it may be. */
    private readonly isAbstract = false,
  ) {}

  /**
   * Plans every field. All planners of one object type yield the same kind of IR (that is what `schema/` promises),
   * so the caller names it. `typename` makes the IR of `__typename`.
   */
  plan<T>(typename: (name: string) => T): readonly Planned<T>[] {
    const collected = { fields: new Map<string, Set<FieldNode>>(), spread: new Set<string>() };
    for (const set of this.sets) this.collect(set, collected, this.isAbstract);
    return [...collected.fields].map(([alias, nodes]) => this.planOne(alias, [...nodes], typename));
  }

  private planOne<T>(alias: string, nodes: readonly FieldNode[], typename: (name: string) => T): Planned<T> {
    const name = (nodes[0] as FieldNode).name.value;
    const path = `${this.path}.selectionSet.${name}`;
    this.context.budget.spend(1);
    if (nodes.length > 1) refuseConflict(alias, nodes, path);
    if (name === '__typename') {
      for (const node of nodes) refuseMore(node, path);
      return { alias, name, value: typename(this.type.name) };
    }
    const meta = this.context.meta?.get(name);
    const definition = meta?.definition ?? this.type.field(name);
    if (!definition) throw invalid(path, `field '${name}' not found in type: '${this.type.name}'`);
    const planner = (definition.extensions[plannerKey] ?? look) as Planner<T>;
    const request = new FieldRequest(alias, definition, path, nodes, this.context);
    if (isLeafType(getNamedType(definition.type))) request.refuseSelection();
    const value = planner(request);
    return { alias, name, value: meta ? (meta.answer(nodes) as T) : value };
  }

  private collect(set: SelectionSetNode, into: Collected, isAbstract: boolean): void {
    for (const selection of set.selections) {
      if (!includes(selection, this.context.variables, `${this.path}.selectionSet`)) continue;
      if (selection.kind === Kind.FIELD) {
        const alias = (selection.alias ?? selection.name).value;
        const nodes = into.fields.get(alias) ?? new Set();
        into.fields.set(alias, nodes.add(selection));
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.collectOn(selection.typeCondition?.name.value, selection.selectionSet, into, isAbstract);
      } else {
        this.collectFragment(selection.name.value, into, isAbstract);
      }
    }
  }

  /** A fragment that is spread once more brings nothing new. */
  private collectFragment(name: string, into: Collected, isAbstract: boolean): void {
    if (into.spread.has(name)) return;
    into.spread.add(name);
    const path = `${this.path}.selectionSet`;
    const fragment = this.context.fragments.get(name);
    if (!fragment) throw invalid(path, `reference to undefined fragment "${name}"`);
    checkDirectives(fragment.directives, 'a fragment definition', path);
    this.collectOn(fragment.typeCondition.name.value, fragment.selectionSet, into, isAbstract);
  }

  // A fragment that can never apply is a mistake: what it asks for would be missing without a word.
  private collectOn(
    condition: string | undefined,
    set: SelectionSetNode,
    into: Collected,
    isAbstract: boolean,
  ): void {
    if (condition === undefined) return this.collect(set, into, isAbstract);
    if (condition === this.type.name) return this.collect(set, into, false);
    if (this.type.interfaces?.includes(condition)) return this.collect(set, into, true);
    if (isAbstract) return;
    throw invalid(
      `${this.path}.selectionSet`,
      `a fragment on type '${condition}' can never apply to type '${this.type.name}'`,
    );
  }
}

/** The planner of what has none: introspection is answered by graphql-js, but refused in the words of everything else. */
const look: Planner<void> = request => {
  for (const input of request.arguments.values()) {
    if (getNamedType(input.type) === GraphQLBoolean) {
      if (!input.isNull) input.boolean();
    } else if (typeof input.exact() !== 'string') throw input.mismatch("expected a string for type 'String'");
  }
  const type = getNamedType(request.definition.type);
  if (isObjectType(type)) request.selection(type).plan(() => undefined);
};

function refuseSelectionOf(node: FieldNode, path: string): void {
  if (node.selectionSet) throw invalid(path, 'unexpected subselection set for non-object field');
}

function refuseMore(typename: FieldNode, path: string): void {
  const [argument] = typename.arguments ?? [];
  if (argument) throw invalid(path, `'__typename' has no argument named '${argument.name.value}'`);
  refuseSelectionOf(typename, path);
}

// Repeats of a response name must mean the same thing; only their selection sets are merged.
function refuseConflict(alias: string, nodes: readonly FieldNode[], path: string): void {
  const [first, ...rest] = nodes as [FieldNode, ...FieldNode[]];
  const text = argumentsText(first);
  for (const other of rest) {
    if (other.name.value !== first.name.value) {
      const names = `'${first.name.value}' and '${other.name.value}'`;
      throw invalid(path, `selection of both ${names} under the same response name, '${alias}'`);
    }
    if (argumentsText(other) !== text) {
      throw invalid(
        path,
        `inconsistent arguments between multiple selections of field '${first.name.value}'`,
      );
    }
  }
}

function argumentsText(node: FieldNode): string {
  const pairs = (node.arguments ?? []).map(({ name, value }) => `${name.value}:${print(inOrder(value))}`);
  return pairs.sort().join();
}

// The members of an object mean the same in any order.
function inOrder(node: ValueNode): ValueNode {
  if (node.kind === Kind.LIST) return { ...node, values: node.values.map(inOrder) };
  if (node.kind !== Kind.OBJECT) return node;
  const fields = node.fields.map(field => ({ ...field, value: inOrder(field.value) }));
  return { ...node, fields: fields.sort((a, b) => (a.name.value < b.name.value ? -1 : 1)) };
}
