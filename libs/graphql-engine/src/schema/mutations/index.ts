import type { TableModel } from '../../model';
import type { RoleContext } from '../context';
import type { FieldMap } from '../field';
import { deleteFields } from './delete-fields';
import { insertFields } from './insert-fields';
import { updateFields } from './update-fields';

/** Every root field by which a role may change a table. */
export function mutationFields(context: RoleContext, table: TableModel): FieldMap {
  return {
    ...insertFields(context, table),
    ...updateFields(context, table),
    ...deleteFields(context, table),
  };
}

export { defaultCell, presetAssignments, presetParams, writableColumns } from './columns';
export { keeping } from './insert-steps';
