import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  Kind,
  print,
  type GraphQLInputType,
  type OperationDefinitionNode,
  type TypeNode,
  type ValueNode,
} from 'graphql';
import { invalid } from './errors';
import { jsonText } from './exact-number';

/** Values of the variables of one request, as its JSON body says them. */
export type VariableValues = Readonly<Record<string, unknown>>;

/** What a variable stands for at its place: the client's JSON, or the operation's default. */
export type Resolved =
  { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'default'; readonly node: ValueNode };

/**
 * A variable that is left out is null, as in Hasura: were the condition dropped in which it stands, everything would
 * be found, changed or deleted.
 */
const leftOut: ValueNode = { kind: Kind.NULL };

interface Declaration {
  readonly type: TypeNode;
  readonly defaultValue?: ValueNode;
}

/**
 * The variables of one operation while it is planned. It remembers how each was used, because that says which parts
 * of a value shape the statement (keys, lengths, nulls, enums, booleans) and which are holes that any request may fill.
 */
export class Variables {
  private readonly declared = new Map<string, Declaration>();
  private readonly uses = new Map<string, Set<GraphQLInputType>>();
  private readonly exact = new Set<string>();

  constructor(
    operation: OperationDefinitionNode,
    private readonly values: VariableValues,
    private readonly unboundAreAbsent = false,
  ) {
    for (const { variable, type, defaultValue } of operation.variableDefinitions ?? []) {
      const name = variable.name.value;
      if (this.declared.has(name)) throw invalid('$', `multiple definitions for variable "${name}"`);
      this.declared.set(name, { type, defaultValue });
    }
    for (const [name, declaration] of this.declared) this.refuseMissing(name, declaration);
  }

  /** A value must be asked for; a declaration alone does not. */
  refuseUnused(used: () => ReadonlySet<string>): void {
    const given = Object.keys(this.values);
    if (given.length === 0) return;
    const names = used();
    const unused = given.filter(name => !this.declared.has(name) || !names.has(name));
    if (unused.length > 0) throw invalid('$', `unexpected variables in variableValues: ${unused.join(', ')}`);
  }

  /** What `$name` means where `type` is expected. */
  resolve(name: string, type: GraphQLInputType, path: string): Resolved {
    const declaration = this.declaration(name, path);
    refuseOtherType(name, declaration, type, path);
    this.use(name, type);
    return this.valueOf(name, declaration);
  }

  /** Whether a member or argument is not there at all: where Hasura's experiment says so, a variable without value is none. */
  isAbsent(node: ValueNode, type: GraphQLInputType, path: string): boolean {
    if (!this.unboundAreAbsent || node.kind !== Kind.VARIABLE) return false;
    const resolved = this.resolve(node.name.value, type, path);
    return resolved.kind === 'default' && resolved.node === leftOut;
  }

  /** `$name` inside a scalar that takes any JSON: no type to hold it against. */
  within(name: string, path: string): Resolved {
    return this.valueOf(name, this.declaration(name, path));
  }

  /** Marks a variable whose value the plan depends on to the letter (`@include(if: $x)`, a node id). */
  markExact(name: string): void {
    this.exact.add(name);
  }

  /** Equal shapes of two requests mean that the plan made for one serves the other. */
  shape(): (values: VariableValues) => string {
    const names = [...this.declared.keys()];
    const uses = new Map([...this.uses].map(([name, types]) => [name, [...types]]));
    const exact = new Set(this.exact);
    if (names.length === 0) return () => '';
    const typesOf = new Map(names.map(name => [name, exact.has(name) ? undefined : uses.get(name)]));
    return values =>
      withinTheStack(() => {
        let shape = '';
        for (const [name, types] of typesOf) shape += `${shapeOfVariable(values, name, types)};`;
        return shape;
      });
  }

  private declaration(name: string, path: string): Declaration {
    const declaration = this.declared.get(name);
    if (!declaration) throw invalid(path, `unbound variable "${name}"`);
    return declaration;
  }

  private valueOf(name: string, { defaultValue = leftOut }: Declaration): Resolved {
    const value = Object.hasOwn(this.values, name) ? this.values[name] : undefined;
    return value === undefined ? { kind: 'default', node: defaultValue } : { kind: 'json', value };
  }

  private use(name: string, type: GraphQLInputType): void {
    const types = this.uses.get(name) ?? new Set();
    this.uses.set(name, types.add(type));
  }

  private refuseMissing(name: string, { type, defaultValue }: Declaration): void {
    if (type.kind !== 'NonNullType') return;
    const value = Object.hasOwn(this.values, name) ? this.values[name] : undefined;
    if (value === null) throw invalid('$', `null value found for non-nullable type: "${print(type)}"`);
    if (value === undefined && !defaultValue)
      throw invalid('$', `expecting a value for non-nullable variable: "${name}"`);
  }
}

/** Thousands of levels: no program means that, and the stack ends before any limit of ours. */
export function withinTheStack<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw invalid('$', 'the query is nested too deeply');
    throw error;
  }
}

// A nullable variable may stand where a value is required only if its default cannot be null.
function refuseOtherType(name: string, declaration: Declaration, type: GraphQLInputType, path: string): void {
  const hasDefault = declaration.defaultValue !== undefined && declaration.defaultValue.kind !== 'NullValue';
  if (fits(declaration.type, type, hasDefault)) return;
  const declared = print(declaration.type);
  throw invalid(
    path,
    `variable '${name}' is declared as '${declared}', but used where '${String(type)}' is expected`,
  );
}

function fits(declared: TypeNode, expected: GraphQLInputType, hasDefault: boolean): boolean {
  if (isNonNullType(expected)) {
    if (declared.kind === 'NonNullType') return fits(declared.type, expected.ofType, false);
    return hasDefault && fits(declared, expected.ofType, false);
  }
  if (declared.kind === 'NonNullType') return fits(declared.type, expected, false);
  if (isListType(expected))
    return declared.kind === 'ListType' && fits(declared.type, expected.ofType, false);
  return declared.kind === 'NamedType' && declared.name.value === expected.name;
}

function shapeOfVariable(
  values: VariableValues,
  name: string,
  types: readonly GraphQLInputType[] | undefined,
): string {
  if (!Object.hasOwn(values, name) || values[name] === undefined) return '?';
  const value = values[name];
  return types ? types.map(type => shapeOf(type, value)).join('|') : jsonText(value);
}

function shapeOf(type: GraphQLInputType, value: unknown): string {
  if (value === null || value === undefined) return 'n';
  if (isNonNullType(type)) return shapeOf(type.ofType, value);
  if (isListType(type)) return shapeOfList(type.ofType, value);
  if (isInputObjectType(type)) return shapeOfObject(type, value);
  if (isEnumType(type) || (isScalarType(type) && type.name === 'Boolean')) return JSON.stringify(value);
  return '_';
}

// A list of scalars travels as one array; its nulls are the array's business.
function shapeOfList(item: GraphQLInputType, value: unknown): string {
  const bare = isNonNullType(item) ? item.ofType : item;
  if (!Array.isArray(value)) return `1${shapeOf(item, value)}`;
  if (isScalarType(bare) && bare.name !== 'Boolean') return '[_]';
  return `[${value.map(one => shapeOf(item, one)).join(',')}]`;
}

function shapeOfObject(type: GraphQLInputType, value: unknown): string {
  if (!isInputObjectType(type) || typeof value !== 'object' || value === null || Array.isArray(value))
    return '!';
  const fields = type.getFields();
  let shape = '{';
  for (const [key, one] of Object.entries(value)) {
    const field = fields[key];
    shape += field ? `${key}:${shapeOf(field.type, one)},` : `${JSON.stringify(key)}:!,`;
  }
  return `${shape}}`;
}
