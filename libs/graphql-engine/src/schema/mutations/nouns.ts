import type { TableModel } from '../../model';
import { displayName } from '../tables/table-name';

/** How Hasura writes a table in its sentences. */
export function quoted(table: TableModel): string {
  return `"${displayName(table)}"`;
}

/** `"a", "b"` */
export function quotedList(names: readonly string[]): string {
  return names.map(name => `"${name}"`).join(', ');
}

/** A comment of the metadata replaces the sentence; an empty one removes it. */
export function described(comment: string | undefined, sentence: string): string | undefined {
  return (comment ?? sentence) || undefined;
}
