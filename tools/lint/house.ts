import { existsSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

/** The root of the checkout. */
export const ROOT = join(__dirname, '..', '..');

/** What each library may import: those below it. Nothing imports upwards, and nothing imports an app. */
export const BELOW: Readonly<Record<string, readonly string[]>> = {
  observability: [],
  'pg-sql': [],
  'hasura-metadata': [],
  kernel: ['observability'],
  'pg-catalog': ['pg-sql'],
  identity: ['kernel', 'observability'],
  tenancy: ['identity', 'kernel', 'observability'],
  audit: ['tenancy', 'identity', 'kernel', 'observability'],
  media: ['tenancy', 'identity', 'kernel', 'observability'],
  'graphql-engine': ['pg-sql', 'pg-catalog', 'hasura-metadata', 'kernel', 'identity', 'observability'],
  'dev-stack': ['kernel', 'observability'],
};

/** Who may import the schema's migrations: what runs them. */
export const MIGRATORS: readonly string[] = ['apps/cli', 'libs/dev-stack', 'test', 'migrations'];

/** A place in the house: `unit` is `libs/kernel`, `apps/auth`, `migrations`, `test` and so on. */
export interface Place {
  readonly unit: string;
  /** First folder below `src`, or undefined for a file that lies in `src` itself. */
  readonly room: string | undefined;
  /** Specs and what only they use. */
  readonly isTest: boolean;
  readonly path: string;
}

/** Where a file lies; undefined outside of the house. */
export function placeOf(filename: string): Place | undefined {
  const path = relative(ROOT, filename).split(sep).join('/');
  if (path.startsWith('..') || path === '') return undefined;
  const [area = '', name = '', source, ...inside] = path.split('/');
  const isShelf = area === 'libs' || area === 'apps';
  const unit = isShelf ? `${area}/${name}` : area;
  const room = isShelf && source === 'src' && inside.length > 1 ? inside[0] : undefined;
  const isTest = /\.(spec|fixture)\.ts$|(^|\/)(testing|spec)\/|spec-support/.test(path) || area === 'test';
  return { unit, room, isTest, path };
}

/** Where an import leads: a library by its alias, or the file or folder of a relative one. */
export type Target =
  | { readonly kind: 'library'; readonly name: string; readonly deep: boolean }
  | { readonly kind: 'file'; readonly path: string };

/** Resolves an import of `filename`; undefined for packages. */
export function targetOf(source: string, filename: string): Target | undefined {
  const alias = /^@nself\/([^/]+)(\/.*)?$/.exec(source);
  if (alias) return { kind: 'library', name: alias[1] ?? '', deep: alias[2] !== undefined };
  if (!source.startsWith('.')) return undefined;
  const path = relative(ROOT, join(dirname(filename), source))
    .split(sep)
    .join('/');
  return { kind: 'file', path: posix.normalize(path).replace(/\.js$/, '') };
}

/** Whether a room has a door of its own. */
export const hasDoor = (unit: string, room: string): boolean =>
  existsSync(join(ROOT, unit, 'src', room, 'index.ts'));
