import { isDeepStrictEqual } from 'node:util';
import { StackFault } from '@nself/dev-stack';
import type { MetadataClient } from './client';

export interface Applied {
  readonly changed: boolean;
  /** One line for each part that does not fit the database: it is kept, and not served. */
  readonly misfits: readonly string[];
}

/**
 * Gives a folder's metadata to the GraphQL service, unless it has it already.
 *
 * @throws StackFault when the folder cannot be read, or the service refuses it
 */
export async function applyFolder(client: MetadataClient, folder: string): Promise<Applied> {
  const wanted = await readFolder(folder);
  if (isDeepStrictEqual(wanted, await client.export())) return { changed: false, misfits: [] };
  const inconsistent = await client.replace(wanted);
  return {
    changed: true,
    misfits: inconsistent.map(({ name, type, reason }) => `${name ?? type}: ${reason}`),
  };
}

/** @throws StackFault instead of the reader's own words for what is wrong. */
export async function readFolder(folder: string): ReturnType<typeof read> {
  try {
    return await read(folder);
  } catch (error) {
    throw new StackFault(
      `The metadata in ${folder} cannot be read: ${(error as Error).message}`,
      'Mend that file.',
    );
  }
}

async function read(folder: string): Promise<Awaited<ReturnType<MetadataClient['export']>>> {
  const { readMetadataFolder } = await import('@nself/hasura-metadata');
  return readMetadataFolder(folder);
}
