import type { Metadata } from '@nself/hasura-metadata';
import type { Model } from '../../model';
import { editTables } from '../edit/edit';
import { renameColumn, renameTables, type TableRename } from '../edit/rename';
import { columnNow, type ChangedTable, type Changes } from './changes';

/** Metadata with the names that things have now. */
export function followed(metadata: Metadata, model: Model, changes: Changes): Metadata {
  const cleaned = withoutColumnNames(metadata, changes);
  const columns = changes.tables.reduce((last, table) => followColumns(last, model, table), cleaned);
  return renameTables(columns, model, changes.tables.flatMap(renameOf));
}

/**
 * Two columns may have swapped their names, so every rename goes through a name that nothing else has.
 */
function followColumns(metadata: Metadata, model: Model, change: ChangedTable): Metadata {
  const { schema, name, columns } = change.before;
  const table = { schema, name };
  const renames = columns.flatMap(column => {
    const now = columnNow(change, column);
    return now && now.name !== column.name ? [{ from: column.name, to: now.name }] : [];
  });
  const [only] = renames;
  if (renames.length === 1 && only) return renameColumn(metadata, model, table, only.from, only.to);
  const aside = (i: number) => `\u0000${i}`;
  const away = renames.reduce(
    (last, { from }, i) => renameColumn(last, model, table, from, aside(i)),
    metadata,
  );
  return renames.reduce((last, { to }, i) => renameColumn(last, model, table, aside(i), to), away);
}

function renameOf({ before, after }: ChangedTable): TableRename[] {
  if (before.schema === after.schema && before.name === after.name) return [];
  const from = { schema: before.schema, name: before.name };
  return [{ from, to: { schema: after.schema, name: after.name } }];
}

/** A custom name of a column that is gone goes with it. */
function withoutColumnNames(metadata: Metadata, changes: Changes): Metadata {
  const gone = changes.droppedColumns;
  if (gone.length === 0) return metadata;
  return editTables(metadata, table => {
    const { configuration } = table;
    const names = new Set(
      gone
        .filter(
          column => column.table.schema === table.table.schema && column.table.name === table.table.name,
        )
        .map(({ name }) => name),
    );
    if (!configuration || names.size === 0) return table;
    const kept = <T>(record: Readonly<Record<string, T>>) =>
      Object.fromEntries(Object.entries(record).filter(([name]) => !names.has(name)));
    return {
      ...table,
      configuration: {
        ...configuration,
        column_config: kept(configuration.column_config),
        custom_column_names: kept(configuration.custom_column_names),
      },
    };
  });
}
