import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Endpoint } from '../http/call';
import { EngineError } from '../../executor';

interface Asset {
  readonly file: () => string;
  readonly type: string;
}

const own = (name: string) => () => join(__dirname, name);
const JS = 'text/javascript; charset=utf-8';
const CSS = 'text/css; charset=utf-8';

const ASSETS: Readonly<Record<string, Asset>> = {
  '/console/page.js': { file: own('page.js'), type: JS },
  '/console/page.css': { file: own('page.css'), type: CSS },
  '/console/react.js': { file: () => beside('react/package.json', 'umd/react.production.min.js'), type: JS },
  '/console/react-dom.js': {
    file: () => beside('react-dom/package.json', 'umd/react-dom.production.min.js'),
    type: JS,
  },
  '/console/graphiql.js': { file: () => beside('graphiql/package.json', 'graphiql.min.js'), type: JS },
  '/console/graphiql.css': { file: () => beside('graphiql/package.json', 'graphiql.min.css'), type: CSS },
};

/** Packages that bring bundles for browsers do not always export them by name. */
function beside(manifest: string, file: string): string {
  return join(require.resolve(manifest), '..', file);
}

const PAGE: Asset = { file: own('page.html'), type: 'text/html; charset=utf-8' };

/** Only what we serve ourselves runs; GraphiQL's editor writes styles into the page. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
};

/** `/console`: a page for people, which asks the same doors as everybody and therefore needs no guard of its own. */
export const consoleEndpoint: Endpoint = async call => {
  const asset = call.path === '/console' || call.path === '/console/' ? PAGE : assetAt(call.path);
  if (!asset) throw new EngineError('not-found', 'resource does not exist');
  return { status: 200, body: [await readFile(asset.file())], type: asset.type, headers: HEADERS };
};

const assetAt = (path: string): Asset | undefined => (Object.hasOwn(ASSETS, path) ? ASSETS[path] : undefined);
