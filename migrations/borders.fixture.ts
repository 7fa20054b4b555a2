import { migrateDown, migrateUp, schemaSnapshot } from '.';
import { migrations } from './list';

/** What the engine keeps for itself in `hdb_catalog` is made when it first starts, and no matter of migrations. */
const ours = (schema: string) =>
  schema
    .replace(/^table hdb_catalog\.\w+\n(?: {2}.*\n)*/gm, '')
    .replace(/^(?:constraint|CREATE) .* hdb_catalog\..*\n/gm, '')
    .replace(/\n+/g, '\n');

/** Climbs an empty database migration by migration; answers the schema before the first and after each. */
export async function climb(url: string): Promise<string[]> {
  const borders = [await schemaSnapshot(url)];
  for (let step = 0; step < migrations.length; step++) {
    await migrateUp(url, undefined, 1);
    borders.push(await schemaSnapshot(url));
  }
  return borders;
}

/**
 * Undoes every migration of a database, whatever is in it, and makes all of them again: on the way up, where nothing
 * else has ever been, each border looks as it did on the way down.
 */
export async function downAndUpAgain(url: string): Promise<void> {
  const down = [await schemaSnapshot(url)];
  for (let step = 0; step < migrations.length; step++) {
    await migrateDown(url);
    down.unshift(await schemaSnapshot(url));
  }
  for (const [border, schema] of (await climb(url)).entries()) {
    expect(ours(down[border] ?? '')).toBe(ours(schema));
  }
}
