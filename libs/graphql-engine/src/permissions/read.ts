import type { FunctionCall } from '../ir';
import { ModelFault, type ComputedFieldModel, type TableModel } from '../model';
import { paramOf } from '../planner';
import { encodeAny, pgTypes } from '../schema';

export function refuse(column: string, table: TableModel): never {
  throw new ModelFault(`column "${column}" does not exist in table "${table.name}"`);
}

/** A computed field in a condition: of its arguments only the row and the session are there. */
export function callOf(field: ComputedFieldModel): FunctionCall {
  const session = paramOf({ from: 'session-json' }, pgTypes.json, encodeAny, '$');
  const filled = field.arguments.filter(argument => argument.fill !== undefined);
  return {
    ...field.function,
    arguments: filled.map(argument => ({ value: argument.fill === 'row' ? { kind: 'row' } : session })),
  };
}
