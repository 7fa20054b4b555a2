import type { SourceCustomization } from '@nself/hasura-metadata';
import type { ModelOptions, RootFieldKind } from './types';

/**
 * Names that the API generates.
 *
 * A name is a row of pieces. In Hasura's own convention they are joined by underscores as they are; in the GraphQL
 * convention generated pieces become camel case, while a piece that somebody chose (a custom name) keeps its
 * letters, save that it begins with a capital where it does not come first.
 */
export interface Piece {
  readonly text: string;
  readonly custom: boolean;
}

export type Convention = ModelOptions['namingConvention'];

export const chosen = (text: string): Piece => ({ text, custom: true });
export const generated = (text: string): Piece => ({ text, custom: false });

const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
export const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** `author_local` -> `AuthorLocal`; leading underscores stay. */
export function snakeToPascal(text: string): string {
  const lead = /^_*/.exec(text)?.[0] ?? '';
  return lead + text.slice(lead.length).split('_').map(upperFirst).join('');
}

/** `author_local` -> `authorLocal`. */
export function snakeToCamel(text: string): string {
  const lead = /^_*/.exec(text)?.[0] ?? '';
  return lead + lowerFirst(snakeToPascal(text.slice(lead.length)));
}

export function fieldName(convention: Convention, pieces: readonly Piece[]): string {
  if (convention === 'hasura-default') return pieces.map(({ text }) => text).join('_');
  return pieces
    .map(({ text, custom }, i) => {
      if (i === 0) return custom ? text : snakeToCamel(text);
      return custom ? upperFirst(text) : snakeToPascal(text);
    })
    .join('');
}

/** The base of all type names of a table or function. */
export function typeBase(convention: Convention, pieces: readonly Piece[]): string {
  if (convention === 'hasura-default') return pieces.map(({ text }) => text).join('_');
  return pieces.map(({ text, custom }) => (custom ? text : snakeToPascal(text))).join('');
}

export function columnFieldName(convention: Convention, column: string, custom: string | undefined): string {
  return custom ?? (convention === 'graphql-default' ? snakeToCamel(column) : column);
}

/** Pieces of a root field around the pieces of its table. */
const rootPieces: Readonly<
  Record<RootFieldKind, readonly [before: readonly string[], after: readonly string[]]>
> = {
  select: [[], []],
  selectByPk: [[], ['by', 'pk']],
  selectAggregate: [[], ['aggregate']],
  selectStream: [[], ['stream']],
  insert: [['insert'], []],
  insertOne: [['insert'], ['one']],
  update: [['update'], []],
  updateByPk: [['update'], ['by', 'pk']],
  updateMany: [['update'], ['many']],
  delete: [['delete'], []],
  deleteByPk: [['delete'], ['by', 'pk']],
};

export const rootFieldKinds = Object.keys(rootPieces) as readonly RootFieldKind[];

/** Where metadata keeps the custom name of a root field. */
export const metadataRootField = {
  select: 'select',
  selectByPk: 'select_by_pk',
  selectAggregate: 'select_aggregate',
  selectStream: 'select_stream',
  insert: 'insert',
  insertOne: 'insert_one',
  update: 'update',
  updateByPk: 'update_by_pk',
  updateMany: 'update_many',
  delete: 'delete',
  deleteByPk: 'delete_by_pk',
} as const satisfies Record<RootFieldKind, string>;

export function rootFieldName(convention: Convention, kind: RootFieldKind, table: readonly Piece[]): string {
  const [before, after] = rootPieces[kind];
  return fieldName(convention, [...before.map(generated), ...table, ...after.map(generated)]);
}

/** Puts a source's prefix and suffix around the name of a root field. */
export function customisedRoot(
  convention: Convention,
  affixes: SourceCustomization['root_fields'],
  name: string,
): string {
  const { prefix = '', suffix = '' } = affixes ?? {};
  if (convention === 'hasura-default') return `${prefix}${name}${suffix}`;
  return `${prefix}${prefix ? upperFirst(name) : name}${upperFirst(suffix)}`;
}
