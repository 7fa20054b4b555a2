import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { quietly } from './run.mjs';

/**
 * Is what lies in node_modules what the lock file wants? npm writes down what it installed; where that is newer than
 * the lock file it is believed, otherwise the two are compared.
 */
export function isInstalled(root) {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  return (
    statSync(installed).mtimeMs >= statSync(lock).mtimeMs || agree(packagesOf(lock), packagesOf(installed))
  );
}

/** Packages of other platforms are in the lock and not in the folder; whatever is in the folder is as locked. */
function agree(locked, installed) {
  const required = Object.entries(locked).filter(([path, { optional }]) => path !== '' && !optional);
  const missing = required.some(([path]) => !installed[path]);
  const different = Object.entries(installed).some(
    ([path, { version }]) => locked[path]?.version !== version,
  );
  return !missing && !different;
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

export function install(root) {
  const command = ['npm', 'ci', '--include=dev', '--no-audit', '--no-fund'];
  return quietly('installing dependencies (a minute or two)', command, {
    cwd: root,
    remedy: 'Check the network and that npm is installed, then run the command again.',
  });
}
