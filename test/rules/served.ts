import { join } from 'node:path';
import { readMetadataFolder, type Metadata } from '@nself/hasura-metadata';
import { readCatalogue } from '@nself/pg-catalog';
import type { Client } from 'pg';
import { buildModel, readEnums, servedSource, type Model } from '../../libs/graphql-engine/src/model';
import { parseBoolExp } from '../../libs/graphql-engine/src/permissions';

/** The API as it is declared: `hasura/metadata`, as the engine reads it. */
export const declared = (): Metadata => readMetadataFolder(join(__dirname, '..', '..', 'hasura', 'metadata'));

/** What the engine makes of metadata over the catalogue of a database. */
export async function modelOf(client: Client, metadata: Metadata): Promise<Model> {
  const catalogue = await readCatalogue(client);
  const enums = await readEnums(client, catalogue, servedSource(metadata)?.tables ?? []);
  const options = {
    stringifyNumerics: false,
    namingConvention: 'hasura-default',
    inferFunctionPermissions: true,
    nullsAreTrue: false,
    relay: false,
  } as const;
  return buildModel({ catalogue, metadata, enums, options, readFilter: parseBoolExp });
}
