/**
 * The list of generators: each `tools/generate/<name>.generator.mjs` exports a default function that returns files
 * `{ path, text }`, paths relative to the root. A room adds one by adding a file.
 */
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** All generators, in the order of their names. */
export async function listGenerators() {
  const names = (await readdir(here)).filter(name => name.endsWith('.generator.mjs')).sort();
  return Promise.all(names.map(async name => (await import(pathToFileURL(join(here, name)).href)).default));
}
