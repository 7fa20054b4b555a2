// Runs before everything else, on a machine that may have nothing but Node: no package may be used here.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, isBuilt } from './build.mjs';
import { install, isInstalled } from './install.mjs';
import { withLock } from './lock.mjs';
import { Fault } from './run.mjs';

const root = process.argv[2] ?? process.cwd();

try {
  assertNode(process.versions.node);
  if (!isInstalled(root)) await once('install', () => isInstalled(root) || install(root));
  if (!isBuilt(root)) await once('build', () => isBuilt(root) || build(root));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`✗ ${error.message}\n  → ${error.remedy}\n`);
  process.exit(1);
}

function assertNode(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Fault(
    `Node.js ${version} is too old.`,
    'Install Node.js 20.19 or newer, for example from https://nodejs.org.',
  );
}

/** Two that start at once do the work once. */
async function once(name, work) {
  const folder = join(root, '.nself');
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new Fault(
      `${root} cannot be written (${error.code}), and there is something to ${name}.`,
      'Run the command once as the user who owns the folder.',
    );
  }
  await withLock(join(folder, `${name}.lock`), work);
}
