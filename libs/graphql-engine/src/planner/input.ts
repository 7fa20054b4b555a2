import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type ValueNode,
} from 'graphql';
import type { Encode, Param, Source } from '../ir';
import type { TypeModel } from '../model';
import { describeJson, describeNode, invalid, outOfBounds } from './errors';
import { EnumLiteral, ExactNumber, NumberLiteral } from './exact-number';
import { paramOf } from './param';
import { integerOf } from './scientific';
import type { Variables } from './variables';

/** A value before it is looked into: a piece of the document, or of a variable's JSON. */
type Raw =
  | { readonly kind: 'node'; readonly node: ValueNode }
  | {
      readonly kind: 'json';
      readonly value: unknown;
      readonly name: string;
      readonly steps: readonly (string | number)[];
    };

/**
 * One argument value, or a part of one. Feature code walks its structure (`fields`, `items`, `enumValue`, `boolean`)
 * and turns scalar leaves into parameters (`param`). Walking checks against the type in Hasura's own words, so there
 * is no validation beside this one. Whatever is walked shapes the plan; whatever becomes a parameter does not.
 */
export class Input {
  private constructor(
    readonly type: GraphQLInputType,
    private readonly raw: Raw,
    readonly path: string,
    private readonly variables: Variables,
  ) {}

  static of(type: GraphQLInputType, node: ValueNode, path: string, variables: Variables): Input {
    if (node.kind !== Kind.VARIABLE) return new Input(type, { kind: 'node', node }, path, variables);
    const name = node.name.value;
    const resolved = variables.resolve(name, type, path);
    if (resolved.kind === 'default') return Input.of(type, resolved.node, path, variables);
    return new Input(type, { kind: 'json', value: resolved.value, name, steps: [] }, path, variables);
  }

  /** The same for a member or an argument, which may not be there. */
  static given(
    type: GraphQLInputType,
    node: ValueNode,
    path: string,
    variables: Variables,
  ): Input | undefined {
    return variables.isAbsent(node, type, path) ? undefined : Input.of(type, node, path, variables);
  }

  get isNull(): boolean {
    return this.raw.kind === 'node' ? this.raw.node.kind === Kind.NULL : this.raw.value === null;
  }

  /** "a string", "null", ...: for error messages. */
  describe(): string {
    return this.raw.kind === 'node' ? describeNode(this.raw.node) : describeJson(this.raw.value);
  }

  /** Members of an input object, in the order in which they were written. */
  fields(): ReadonlyMap<string, Input> {
    const type = this.objectType();
    const entries = this.objectEntries();
    if (!entries) throw this.mismatch(`expected an object for type '${type.name}'`);
    const found = new Map<string, Input>();
    for (const [name, make] of entries) {
      const input = make(this.fieldType(type, name));
      if (input) found.set(name, input);
    }
    this.refuseMissing(type, found);
    return found;
  }

  /** One member of an input object. */
  field(name: string): Input | undefined {
    return this.fields().get(name);
  }

  /** Members of a list; a single value is a list of one. */
  items(): readonly Input[] {
    const list = isNonNullType(this.type) ? this.type.ofType : this.type;
    if (!isListType(list)) throw new TypeError(`${String(this.type)} is not a list`);
    if (this.isNull) throw invalid(this.path, 'expected a list, but found null');
    const raws = this.listItems() ?? [this.raw];
    return raws.map((raw, at) => this.item(list.ofType, raw, `${this.path}[${at}]`));
  }

  /** The internal value of an enum's member. */
  enumValue<T = string>(): T {
    const type = this.bareType() as GraphQLEnumType;
    if (!isEnumType(type)) throw new TypeError(`${String(this.type)} is not an enum`);
    const name = this.enumName(type);
    const member = type.getValue(name);
    if (member) return member.value as T;
    const names = type
      .getValues()
      .map(value => `'${value.name}'`)
      .join(', ');
    throw invalid(
      this.path,
      `expected one of the values [${names}] for type '${type.name}', but found '${name}'`,
    );
  }

  boolean(): boolean {
    const value =
      this.raw.kind === 'json' ? this.raw.value : this.raw.node.kind === Kind.BOOLEAN && this.raw.node.value;
    const isBoolean =
      this.raw.kind === 'json' ? typeof value === 'boolean' : this.raw.node.kind === Kind.BOOLEAN;
    if (!isBoolean) throw this.mismatch("expected a boolean for type 'Boolean'");
    return value as boolean;
  }

  /** A hole of the statement, filled from here. Constants are checked at once, variables when values are there. */
  param(type: TypeModel, encode: Encode): Param {
    const source = this.source();
    if (source.from === 'constant') encode(source.value, this.path);
    return paramOf(source, type, encode, this.path);
  }

  /** The same where null is a value too. */
  nullableParam(type: TypeModel, encode: Encode): Param {
    return this.isNull ? paramOf(constant(null), type, encodeNull, this.path) : this.param(type, encode);
  }

  /** A member of an enum that is a row's value; its spelling is checked now, and it shapes the plan. */
  enumParam(type: TypeModel): Param {
    return paramOf({ from: 'constant', value: this.enumValue() }, type, encodeEnum, this.path);
  }

  /** Where the value will come from. */
  source(): Source {
    if (this.raw.kind === 'json') return { from: 'variable', name: this.raw.name, path: this.raw.steps };
    return this.sourceOf(this.raw.node, this.type, this.path);
  }

  /** The value itself, now: the plan is then good for this very value only. */
  exact(): unknown {
    if (this.raw.kind === 'json') {
      this.variables.markExact(this.raw.name);
      return this.raw.value;
    }
    return this.exactOf(this.raw.node);
  }

  /**
   * A count of rows, now: it becomes part of the statement. Postgres plans a page of twenty rows quite differently from
   * a page of unknown size, which it takes for a tenth of the table, and it plans a known size once.
   */
  count(): number {
    const value = this.exact();
    const isFraction = this.raw.kind === 'node' && this.raw.node.kind === Kind.FLOAT;
    const isNumber = (typeof value === 'number' || value instanceof ExactNumber) && !isFraction;
    if (!isNumber || Number(value) < 0)
      throw this.mismatch("expected a non-negative 32-bit integer for type 'Int'");
    const count = integerOf(String(value), 32);
    if (count === undefined) throw outOfBounds(this.path, String(value));
    return Number(count);
  }

  mismatch(expectation: string): Error {
    return invalid(this.path, `${expectation}, but found ${this.describe()}`);
  }

  private bareType(): GraphQLInputType {
    return isNonNullType(this.type) ? this.type.ofType : this.type;
  }

  /** The type of an input object. */
  objectType(): GraphQLInputObjectType {
    const type = this.bareType();
    if (!isInputObjectType(type)) throw new TypeError(`${String(this.type)} is not an input object`);
    return type;
  }

  private fieldType(type: GraphQLInputObjectType, name: string): GraphQLInputType {
    const field = type.getFields()[name];
    if (!field) throw invalid(`${this.path}.${name}`, `field '${name}' not found in type: '${type.name}'`);
    return field.type;
  }

  private refuseMissing(type: GraphQLInputObjectType, found: ReadonlyMap<string, Input>): void {
    for (const field of Object.values(type.getFields())) {
      const missing = isRequiredInputField(field) && !found.has(field.name);
      if (missing) throw invalid(`${this.path}.${field.name}`, `missing required field '${field.name}'`);
    }
  }

  private objectEntries(): [string, (type: GraphQLInputType) => Input | undefined][] | undefined {
    const { raw } = this;
    if (raw.kind === 'node') {
      if (raw.node.kind !== Kind.OBJECT) return undefined;
      return raw.node.fields.map(({ name, value }) => [
        name.value,
        type => Input.given(type, value, `${this.path}.${name.value}`, this.variables),
      ]);
    }
    if (!isRecord(raw.value)) return undefined;
    return Object.entries(raw.value).map(([name, value]) => [
      name,
      type =>
        new Input(
          type,
          { ...raw, value, steps: [...raw.steps, name] },
          `${this.path}.${name}`,
          this.variables,
        ),
    ]);
  }

  private listItems(): readonly Raw[] | undefined {
    const { raw } = this;
    if (raw.kind === 'node') {
      return raw.node.kind === Kind.LIST ? raw.node.values.map(node => ({ kind: 'node', node })) : undefined;
    }
    if (!Array.isArray(raw.value)) return undefined;
    return raw.value.map((value: unknown, at) => ({ ...raw, value, steps: [...raw.steps, at] }));
  }

  private item(type: GraphQLInputType, raw: Raw, path: string): Input {
    if (raw.kind === 'node') return Input.of(type, raw.node, path, this.variables);
    return new Input(type, raw, path, this.variables);
  }

  private enumName(type: GraphQLEnumType): string {
    if (this.raw.kind === 'json' && typeof this.raw.value === 'string') return this.raw.value;
    if (this.raw.kind === 'node' && this.raw.node.kind === Kind.ENUM) return this.raw.node.value;
    throw this.mismatch(`expected an enum value for type '${type.name}'`);
  }

  // A variable inside a literal is a hole inside a constant. It has a type in a list, and none within JSON.
  private sourceOf(node: ValueNode, type: GraphQLInputType | undefined, path: string): Source {
    switch (node.kind) {
      case Kind.VARIABLE:
        return this.sourceOfVariable(node.name.value, type, path);
      case Kind.LIST: {
        const item = type && itemOf(type);
        const items = node.values.map((value, at) => this.sourceOf(value, item, `${path}[${at}]`));
        return items.every(isConstant) ? constant(items.map(item => item.value)) : { from: 'list', items };
      }
      case Kind.OBJECT: {
        const fields = node.fields.map(
          ({ name, value }) => [name.value, this.sourceOf(value, undefined, path)] as const,
        );
        const constants = fields.every(([, source]) => isConstant(source));
        if (constants)
          return constant(
            Object.fromEntries(fields.map(([name, source]) => [name, (source as { value: unknown }).value])),
          );
        return { from: 'object', fields: Object.fromEntries(fields) };
      }
      default:
        return constant(literalOf(node));
    }
  }

  private sourceOfVariable(name: string, type: GraphQLInputType | undefined, path: string): Source {
    const { variables } = this;
    const resolved = type ? variables.resolve(name, type, path) : variables.within(name, path);
    if (resolved.kind === 'default') return this.sourceOf(resolved.node, type, path);
    return { from: 'variable', name, path: [] };
  }

  private exactOf(node: ValueNode): unknown {
    if (node.kind === Kind.LIST) return node.values.map(value => this.exactOf(value));
    if (node.kind === Kind.OBJECT) {
      return Object.fromEntries(node.fields.map(field => [field.name.value, this.exactOf(field.value)]));
    }
    if (node.kind !== Kind.VARIABLE) return scalarOf(node);
    this.variables.markExact(node.name.value);
    const resolved = this.variables.within(node.name.value, this.path);
    if (resolved.kind === 'default') return this.exactOf(resolved.node);
    return resolved.value;
  }
}

function itemOf(type: GraphQLInputType): GraphQLInputType | undefined {
  const list = isNonNullType(type) ? type.ofType : type;
  return isListType(list) ? list.ofType : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}

const encodeNull: Encode = () => null;
const encodeEnum: Encode = value => String(value);
const constant = (value: unknown) => ({ from: 'constant', value }) as const;
const isConstant = (source: Source): source is Extract<Source, { from: 'constant' }> =>
  source.from === 'constant';

/** The same as a value that knows how it was written, for errors. */
function literalOf(node: ValueNode): unknown {
  if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return new NumberLiteral(node.value);
  return node.kind === Kind.ENUM ? new EnumLiteral(node.value) : scalarOf(node);
}

/** The JSON value of a scalar literal; numbers that a double cannot hold keep their digits. */
function scalarOf(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return String(Number(node.value)) === node.value ? Number(node.value) : new ExactNumber(node.value);
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    default:
      return null;
  }
}
