/**
 * Loads TypeScript of this checkout into the running Node without a build: a require hook compiles each file with the
 * options of the build (.swcrc) and finds `@nself/<lib>` at its door.
 */
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { root } from './root.mjs';

const options = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
const { paths: _paths, baseUrl: _baseUrl, ...jsc } = options.jsc;

function install() {
  if (Module._extensions['.ts']) return;
  Module._extensions['.ts'] = (module, filename) => {
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      filename,
      jsc,
      module: options.module,
      swcrc: false,
    });
    module._compile(code, filename);
  };
  const resolve = Module._resolveFilename;
  Module._resolveFilename = (request, ...rest) => {
    const lib = /^@nself\/([a-z-]+)$/.exec(request);
    return resolve.call(Module, lib ? join(root, 'libs', lib[1], 'src', 'index.ts') : request, ...rest);
  };
}

/** Requires a TypeScript file, given by its path from the root. */
export function loadTypeScript(path) {
  install();
  return createRequire(join(root, 'package.json'))(join(root, path));
}
