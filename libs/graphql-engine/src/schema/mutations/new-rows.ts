import type { OnConflict, Param } from '../../ir';
import type { InsertPermission, RelationshipModel, TableModel } from '../../model';

/** What a client asks to insert, before it is put in order: a tree of rows and the rows that belong to them. */
export interface NewRows {
  readonly table: TableModel;
  readonly permission: InsertPermission;
  readonly rows: readonly NewRow[];
  readonly onConflict?: OnConflict;
}

export interface NewRow {
  readonly cells: ReadonlyMap<string, Param>;
  readonly related: readonly RelatedRows[];
}

export interface RelatedRows extends NewRows {
  readonly relationship: RelationshipModel;
}

export const hasRelatives = ({ rows }: NewRows): boolean => rows.some(row => row.related.length > 0);
