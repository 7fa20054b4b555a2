import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quietly } from './run.mjs';

const folders = ['apps', 'libs', 'migrations', 'seeds'];

/** Was everything built from the sources as they are now? */
export function isBuilt(root) {
  const stamp = stampFile(root);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root);
}

export async function build(root) {
  const before = fingerprint(root);
  await quietly('building', ['npm', 'run', 'build', '--silent'], {
    cwd: root,
    remedy: 'Mend what the lines above name; npm run types tells more.',
  });
  forgetRemoved(root);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampFile(root), before);
}

/** Changes with every file that is added, changed or removed. */
function fingerprint(root) {
  const hash = createHash('sha256');
  for (const file of [...folders.flatMap(folder => filesIn(root, folder)), '.swcrc']) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

/** What was built from a file that is gone must not be found any more: a migration, for example. */
function forgetRemoved(root) {
  for (const folder of folders) {
    for (const file of filesIn(join(root, 'dist'), folder).filter(name => name.endsWith('.js'))) {
      const source = file.slice(0, -3);
      const lives = ['.ts', '.tsx', '.js', '.mjs', '.cjs'].some(end => existsSync(join(root, source + end)));
      if (!lives) rmSync(join(root, 'dist', file));
    }
  }
}

function filesIn(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

function stampFile(root) {
  return join(root, 'dist', '.built');
}
