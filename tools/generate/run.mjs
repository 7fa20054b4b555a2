/**
 * `npm run generate`: writes what can be derived from the code: error classes, settings reference, error reference.
 * `--check` writes nothing and fails when a file would change, so that what is generated cannot drift.
 */
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../root.mjs';
import { listGenerators } from './generators.mjs';

const check = process.argv.includes('--check');

async function current(path) {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function settle({ path, text }) {
  const target = join(root, path);
  if ((await current(target)) === text) return false;
  if (!check) {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  return true;
}

export async function main() {
  const changed = [];
  for (const generate of await listGenerators()) {
    for (const file of await generate()) if (await settle(file)) changed.push(file.path);
  }
  for (const path of changed) console.log(check ? `out of date: ${path}` : `wrote ${path}`);
  if (check && changed.length > 0) {
    console.error('Run `npm run generate` and commit what it writes.');
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
