/** Queries of collections that the admin's schema does not know: fields that are not there. */
import type { Metadata, QueryCollection } from '@nself/hasura-metadata';
import {
  getNamedType,
  Kind,
  isInterfaceType,
  isObjectType,
  parse,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Model } from '../model';
import { buildRoleSchema, type RoleSchema } from '../schema';
import type { Inconsistent } from './workspace';

export function collectionFaults(metadata: Metadata, model: Model): Inconsistent[] {
  const collections = metadata.query_collections ?? [];
  if (collections.length === 0) return [];
  const schema = buildRoleSchema(model, 'admin', { backend: true });
  return collections.flatMap(collection =>
    collection.definition.queries.flatMap(listed => {
      const wrong = unknownFields(parse(listed.query), schema);
      return wrong.length === 0 ? [] : [faultOf(listed, collection, wrong, metadata)];
    }),
  );
}

type Listed = QueryCollection['definition']['queries'][number];

function faultOf(
  listed: Listed,
  collection: QueryCollection,
  wrong: readonly string[],
  metadata: Metadata,
): Inconsistent {
  const users = (metadata.rest_endpoints ?? []).filter(({ definition: { query } }) => {
    return query.collection_name === collection.name && query.query_name === listed.name;
  });
  const used = users.map(({ name }) => JSON.stringify(name)).join(', ');
  const where = `In query collection "${collection.name}" the query "${listed.name}" is invalid`;
  const what = `with the following error(s): ${wrong.map(text => JSON.stringify(text)).join(', ')}`;
  const by =
    users.length === 0 ? '' : `. This query is being used in the following REST endpoint(s): ${used}`;
  return {
    type: 'query_collections',
    name: `query_collections ${listed.name} in ${collection.name}`,
    definition: listed,
    reason: `Inconsistent object: ${where} ${what}${by}`,
  };
}

/** `$.author.nme: field 'nme' not found in object 'author'` */
function unknownFields(document: DocumentNode, schema: RoleSchema): string[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return document.definitions
    .filter(
      (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
    )
    .flatMap(({ operation, selectionSet }) => {
      const root = schema[operation]?.type();
      return root ? new Walk(fragments).selections(selectionSet, root, '$') : [`$: no ${operation}s exist`];
    });
}

class Walk {
  constructor(private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>) {}

  selections({ selections }: SelectionSetNode, type: GraphQLNamedType, path: string): string[] {
    return selections.flatMap(selection => {
      switch (selection.kind) {
        case Kind.FIELD:
          return this.#field(selection.name.value, selection.selectionSet, type, path);
        case Kind.INLINE_FRAGMENT:
          return this.selections(selection.selectionSet, type, path);
        case Kind.FRAGMENT_SPREAD: {
          const fragment = this.fragments.get(selection.name.value);
          return fragment ? this.selections(fragment.selectionSet, type, path) : [];
        }
      }
    });
  }

  #field(name: string, inner: SelectionSetNode | undefined, type: GraphQLNamedType, path: string): string[] {
    if (name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) return [];
    const field = type.getFields()[name];
    const here = `${path}.${name}`;
    if (!field) return [`${here}: field '${name}' not found in object '${type.name}'`];
    return inner ? this.selections(inner, getNamedType(field.type), here) : [];
  }
}
