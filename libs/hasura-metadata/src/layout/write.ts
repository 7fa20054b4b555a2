import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Metadata } from '../document';
import { splitActions } from './actions';
import { ACTIONS_FILE, ACTIONS_SDL_FILE, INCLUDE, partFiles, SOURCES_FILE, VERSION_FILE } from './files';

type Source = Metadata['sources'][number];
type ObjectName = Source['tables'][number]['table'];

/** The files of a document in the Hasura CLI's layout: text by path inside the folder. */
export function writeLayout(metadata: Metadata): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  files.set(VERSION_FILE, yaml({ version: metadata.version }));
  for (const [file, part, empty] of partFiles) {
    const value = metadata[part];
    // These two are new: the CLI leaves them out when there is nothing to say.
    if (value === undefined && (part === 'metrics_config' || part === 'backend_configs')) continue;
    files.set(file, yaml(value ?? empty));
  }
  const { sdl, rest } = splitActions(metadata);
  files.set(ACTIONS_FILE, yaml(rest));
  files.set(ACTIONS_SDL_FILE, sdl);
  files.set(SOURCES_FILE, yaml(metadata.sources.map(source => sourceEntry(source, files))));
  return files;
}

/** Writes a document into a folder; files of tables and functions that it no longer has are removed. */
export function writeMetadataFolder(folder: string, metadata: Metadata): void {
  const files = writeLayout(metadata);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const databases = join(folder, 'databases');
  for (const path of readdirSync(databases, { recursive: true, encoding: 'utf8' })) {
    if (path.endsWith('.yaml') && !files.has(join('databases', path))) rmSync(join(databases, path));
  }
}

/** The entry of a source in databases.yaml; its tables and functions go to files of their own. */
function sourceEntry(source: Source, files: Map<string, string>): object {
  const { tables, functions = [], ...rest } = source;
  const tableFiles = withFiles(tables, ({ table }) => table);
  const functionFiles = withFiles(functions, one => one.function);
  return {
    ...rest,
    tables: list(source.name, 'tables', tableFiles, files),
    functions: list(source.name, 'functions', functionFiles, files),
  };
}

function list(
  source: string,
  kind: 'tables' | 'functions',
  entries: readonly (readonly [file: string, value: object])[],
  files: Map<string, string>,
): string {
  const folder = `databases/${source}/${kind}`;
  for (const [file, value] of entries) files.set(`${folder}/${file}`, yaml(value));
  files.set(`${folder}/${kind}.yaml`, yaml(entries.map(([file]) => INCLUDE + file)));
  return `${INCLUDE}${source}/${kind}/${kind}.yaml`;
}

/** Two names that a file system would spell alike are told apart by a number. */
function withFiles<T>(items: readonly T[], nameOf: (item: T) => ObjectName): (readonly [string, T])[] {
  const used = new Set<string>();
  return items.map(item => {
    const name = fileName(nameOf(item));
    const variants = [name, ...items.map((_, index) => `${name}_${index + 2}`)];
    const free = variants.find(variant => !used.has(variant)) ?? name;
    used.add(free);
    return [`${free}.yaml`, item] as const;
  });
}

/** `public_posts`. A name that could walk out of the folder loses what makes it do so. */
function fileName(name: ObjectName): string {
  const words = typeof name === 'string' ? ['public', name] : [name.schema ?? 'public', name.name];
  return words.join('_').replaceAll(/[^\p{L}\p{N}_-]/gu, '_');
}

function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, singleQuote: false });
}
