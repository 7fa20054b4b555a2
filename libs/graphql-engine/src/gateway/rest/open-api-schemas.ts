import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  typeFromAST,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';

type Json = Record<string, unknown>;
/** The fragments beside an operation, by name. */
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const PLAIN: Readonly<Record<string, string>> = {
  String: 'string',
  ID: 'string',
  Int: 'integer',
  Float: 'number',
  Boolean: 'boolean',
};

const UUID = '[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89aAbB][a-f0-9]{3}-[a-f0-9]{12}';

/** GraphQL types as schemas of OpenAPI, in the shapes of Hasura. Types that recur go among the components. */
export class Schemas {
  private readonly made = new Map<string, Json>();

  constructor(private readonly schema: GraphQLSchema) {}

  components(): Json {
    return this.made.size === 0 ? {} : { schemas: Object.fromEntries(this.made) };
  }

  /** The type of a variable as the operation writes it; undefined when the role does not know it. */
  typeOf(node: TypeNode): GraphQLType | undefined {
    return typeFromAST(this.schema, node);
  }

  /** Whether a value of the type fits into a path or a query string. */
  isPlain(type: GraphQLType): boolean {
    return !isListType(getNullableType(type)) && !isInputObjectType(getNamedType(type));
  }

  /** The type of a parameter. */
  parameter(type: GraphQLType): Json {
    return { type: PLAIN[getNamedType(type).name] ?? 'string' };
  }

  /** The data that an operation answers, field by field. */
  answerOf({ operation, selectionSet }: OperationDefinitionNode, fragments: Fragments): Json {
    const root = this.schema.getRootType(operation);
    return root ? this.properties(root, selectionSet, fragments) : {};
  }

  input(type: GraphQLType): Json {
    return this.of(type, (named, nullable) =>
      isInputObjectType(named) ? this.inputObject(named, nullable) : this.leaf(named, nullable),
    );
  }

  private properties(type: GraphQLNamedType, set: SelectionSetNode, fragments: Fragments): Json {
    if (!isObjectType(type) && !isInterfaceType(type)) return {};
    const properties: Json = {};
    for (const selection of fieldsIn(set, fragments)) {
      const field = type.getFields()[selection.name.value];
      if (field)
        properties[(selection.alias ?? selection.name).value] = this.output(
          field.type,
          selection.selectionSet,
          fragments,
        );
    }
    return properties;
  }

  private output(type: GraphQLType, set: SelectionSetNode | undefined, fragments: Fragments): Json {
    return this.of(type, (named, nullable) =>
      set
        ? { ...head(named, nullable), type: 'object', properties: this.properties(named, set, fragments) }
        : this.leaf(named, nullable),
    );
  }

  private of(type: GraphQLType, make: (named: GraphQLNamedType, nullable: boolean) => Json): Json {
    const nullable = !isNonNullType(type);
    const bare = getNullableType(type);
    if (isListType(bare)) return { items: this.of(bare.ofType, make), type: 'array', nullable };
    return make(getNamedType(bare), nullable);
  }

  private leaf(type: GraphQLNamedType, nullable: boolean): Json {
    const plain = PLAIN[type.name];
    if (plain !== undefined) return { title: type.name, type: plain, nullable };
    return this.component(type, nullable, () => {
      if (isEnumType(type))
        return { ...head(type, nullable), type: 'string', enum: type.getValues().map(({ name }) => name) };
      return { ...head(type, nullable), type: 'string', ...(type.name === 'uuid' ? { pattern: UUID } : {}) };
    });
  }

  private inputObject(type: GraphQLInputObjectType, nullable: boolean): Json {
    return this.component(type, nullable, () => {
      const fields = Object.values(type.getFields());
      const properties = Object.fromEntries(fields.map(field => [field.name, this.input(field.type)]));
      return { ...head(type, nullable), type: 'object', properties };
    });
  }

  /** A type that holds itself finds its own name already there. */
  private component(type: GraphQLNamedType, nullable: boolean, make: () => Json): Json {
    const name = `${type.name}${nullable ? '' : '!'}`;
    if (!this.made.has(name)) {
      this.made.set(name, {});
      this.made.set(name, make());
    }
    return { $ref: `#/components/schemas/${name}` };
  }
}

/** The fields of a selection, those that fragments bring among them. */
function fieldsIn({ selections }: SelectionSetNode, fragments: Fragments): FieldNode[] {
  return selections.flatMap(selection => {
    if (selection.kind === Kind.FIELD) return [selection];
    const set =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection.selectionSet
        : fragments.get(selection.name.value)?.selectionSet;
    return set ? fieldsIn(set, fragments) : [];
  });
}

function head(type: GraphQLNamedType, nullable: boolean): Json {
  const scalar = !isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type);
  return {
    title: type.name,
    nullable,
    ...(type.description && !scalar ? { description: type.description } : {}),
  };
}
