import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from './house';

/** What a file imports, as files of this checkout; read from disk once per process. */
const known = new Map<string, readonly string[]>();

function importsOf(file: string): readonly string[] {
  const before = known.get(file);
  if (before) return before;
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const found = source.statements
    .flatMap(statement => sourceOf(statement) ?? [])
    .flatMap(each => resolve(each, file) ?? []);
  known.set(file, found);
  return found;
}

/** What a statement loads; nothing for `import type`, which is gone when the code runs. */
function sourceOf(statement: ts.Statement): string | undefined {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return undefined;
  const { moduleSpecifier } = statement;
  if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier) || isErased(statement)) return undefined;
  return moduleSpecifier.text;
}

function isErased(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : statement;
  if (clause?.isTypeOnly) return true;
  const named = ts.isImportDeclaration(statement)
    ? statement.importClause?.namedBindings
    : statement.exportClause;
  const elements = named && (ts.isNamedImports(named) || ts.isNamedExports(named)) ? [...named.elements] : [];
  const hasDefault = ts.isImportDeclaration(statement) && statement.importClause?.name !== undefined;
  return !hasDefault && elements.length > 0 && elements.every(each => each.isTypeOnly);
}

function resolve(source: string, from: string): string | undefined {
  const alias = /^@nself\/([^/]+)$/.exec(source);
  if (alias) return existing(join(ROOT, 'libs', alias[1] ?? '', 'src', 'index.ts'));
  if (!source.startsWith('.')) return undefined;
  const path = join(dirname(from), source.replace(/\.js$/, ''));
  return existing(`${path}.ts`) ?? existing(join(path, 'index.ts')) ?? existing(path);
}

const existing = (path: string): string | undefined =>
  existsSync(path) && statSync(path).isFile() && path.endsWith('.ts') ? path : undefined;

/**
 * The shortest way by which `file` imports itself, as paths from the root; undefined when there is none. A breadth
 * first walk from the file's own imports.
 */
export function cycleThrough(file: string): string[] | undefined {
  if (!existing(file)) return undefined;
  const cameFrom = new Map<string, string>();
  const waiting = [file];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    for (const next of importsOf(at)) {
      if (next === file) return wayTo(at, file, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      waiting.push(next);
    }
  }
  return undefined;
}

function wayTo(last: string, file: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [file];
  for (let at: string | undefined = last; at !== undefined && at !== file; at = cameFrom.get(at))
    way.unshift(at);
  return [file, ...way].map(each => relative(ROOT, each));
}
