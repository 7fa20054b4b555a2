import { readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseDocument, type ScalarTag } from 'yaml';
import { parseMetadata, type Metadata } from '../document';
import { MetadataFault } from '../shapes';
import { mergeActions } from './actions';
import { ACTIONS_FILE, ACTIONS_SDL_FILE, INCLUDE, partFiles, SOURCES_FILE, VERSION_FILE } from './files';

/** The text of a file of the layout, by its path inside the folder; undefined when there is none. */
export type ReadFile = (path: string) => string | undefined;

/**
 * Reads a folder in the Hasura CLI's layout into one document in canonical form.
 *
 * @throws MetadataFault when a file is missing, is not YAML, or has not the shape of metadata
 */
export function readMetadataFolder(folder: string): Metadata {
  return readLayout(path => {
    try {
      return readFileSync(join(folder, path), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  });
}

/** The same for files that lie anywhere. */
export function readLayout(read: ReadFile): Metadata {
  const version = readYaml(read, VERSION_FILE);
  if (version === undefined) throw new MetadataFault([VERSION_FILE], 'the file is missing');
  const parts = partFiles.flatMap(([file, part, empty]) => {
    const value = readYaml(read, file) ?? empty;
    return isDeepStrictEqual(value, empty) ? [] : [[part, value] as const];
  });
  const actions = mergeActions(readYaml(read, ACTIONS_FILE), read(ACTIONS_SDL_FILE) ?? '');
  return parseMetadata({
    ...(version as object),
    sources: readYaml(read, SOURCES_FILE) ?? [],
    ...Object.fromEntries(parts),
    ...actions,
  });
}

function readYaml(read: ReadFile, path: string): unknown {
  const text = read(path);
  if (text === undefined) return undefined;
  const document = parseDocument(text, { customTags: [includeTag] });
  const [error] = document.errors;
  if (error) throw new MetadataFault([path], error.message);
  return included(read, path, document.toJS());
}

/** The CLI writes `"!include file"` as a string; people write it as the tag that it looks like. */
const includeTag: ScalarTag = { tag: '!include', resolve: text => INCLUDE + text };

function included(read: ReadFile, from: string, value: unknown): unknown {
  if (typeof value === 'string' && value.startsWith(INCLUDE)) {
    const path = inside(from, value.slice(INCLUDE.length).trim());
    const content = readYaml(read, path);
    if (content === undefined) throw new MetadataFault([from], `the included file ${path} is missing`);
    return content;
  }
  if (Array.isArray(value)) return value.map(item => included(read, from, item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, included(read, from, item)]));
}

/** A file may include what lies in the folder and nothing else of the machine. */
function inside(from: string, target: string): string {
  const path = normalize(join(dirname(from), target));
  if (path.startsWith('..') || path.startsWith(sep)) {
    throw new MetadataFault([from], `${target} lies outside the folder`);
  }
  return path;
}
