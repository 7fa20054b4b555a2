import { migrateDown, migrateUp, schemaSnapshot } from '.';
import { migrations } from './list';

/** What the engine keeps for itself in `hdb_catalog` is made when it first starts, and no matter of migrations. */
const ours = (schema: string) =>
  schema
    .replace(/^table hdb_catalog\.\w+\n(?: {2}.*\n)*/gm, '')
    .replace(/^(?:constraint|CREATE) .* hdb_catalog\..*\n/gm, '')
    .replace(/\n+/g, '\n');

/** Climbs an empty database migration by migration; answers the schema before the first, after each, and at the end. */
export async function climb(url: string): Promise<string[]> {
  const borders = [await schemaSnapshot(url)];
  for (let step = 0; step < migrations.length; step++) {
    await migrateUp(url, undefined, 1);
    borders.push(await schemaSnapshot(url));
  }
  return borders;
}

/**
 * Undoes every migration of a database, whatever is in it, and makes all of them again. Behind each step stands the
 * schema that was there on the way up; before the very first the schema `ops` was made, for the list of migrations.
 */
export async function downAndUpAgain(url: string, borders: readonly string[]): Promise<void> {
  for (let step = migrations.length - 1; step > 0; step--) {
    await migrateDown(url);
    expect(ours(await schemaSnapshot(url))).toBe(ours(borders[step] ?? ''));
  }
  await migrateDown(url);
  await migrateUp(url);
  expect(ours(await schemaSnapshot(url))).toBe(ours(borders.at(-1) ?? ''));
}
