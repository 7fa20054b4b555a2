import type { RootFieldKind, TableModel } from '../../model';
import { displayName } from '../tables/table-name';

/** A comment of the metadata, else Hasura's own sentence. An empty comment means none at all. */
export function rootDescription(
  table: TableModel,
  kind: RootFieldKind,
  sentence: (name: string) => string,
): string | undefined {
  const { comment } = table.rootFields[kind];
  if (comment !== undefined) return comment === '' ? undefined : comment;
  return sentence(displayName(table));
}
