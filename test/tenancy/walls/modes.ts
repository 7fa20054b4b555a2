import { HASURA_ROLES } from '@nself/identity';
import { parseMetadata, type Json, type Metadata } from '@nself/hasura-metadata';
import type { Model } from '../../../libs/graphql-engine/src/model';
import { declared, modelOf } from '../../rules/served';
import { as, type World } from './neighbours';

/** Everybody who can hold a token, and nobody. */
export const roles = HASURA_ROLES;

export interface Served {
  readonly metadata: Metadata;
  readonly model: Model;
}

/** What the house serves. */
export const asDeclared = (world: World): Promise<Served> => serve(world, declared());

/** The same tables with every permission opened wide: each role may do everything to every row. */
export const allOpen = (world: World): Promise<Served> => serve(world, opened(declared()));

export async function serve(world: World, metadata: Metadata): Promise<Served> {
  return { metadata, model: await as(world.ownerUrl, client => modelOf(client, metadata)) };
}

export function opened(metadata: Metadata): Metadata {
  const written = JSON.parse(JSON.stringify(metadata)) as Written;
  for (const source of written.sources) {
    source.tables = source.tables.map(table => ({ ...table, ...permissionsOf(table) }));
  }
  return parseMetadata(written as unknown as Json);
}

interface Written {
  readonly sources: { tables: WrittenTable[] }[];
}

interface WrittenTable {
  readonly computed_fields?: readonly { readonly name: string }[];
}

function permissionsOf({ computed_fields = [] }: WrittenTable): object {
  const forAll = (permission: object) => roles.map(role => ({ role, permission }));
  const computed = computed_fields.map(({ name }) => name);
  return {
    select_permissions: forAll({
      columns: '*',
      filter: {},
      allow_aggregations: true,
      computed_fields: computed,
    }),
    insert_permissions: forAll({ columns: '*', check: {} }),
    update_permissions: forAll({ columns: '*', filter: {}, check: {} }),
    delete_permissions: forAll({ filter: {} }),
  };
}
