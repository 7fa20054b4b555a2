import type { FieldValue, Fields, TextField } from '../../ir';
import type { Selection } from '../../planner';

export const typename = (text: string): TextField => ({ kind: 'text', text });

/** What is selected of one row. */
export function planFields(selection: Selection): Fields {
  return selection.plan<FieldValue>(typename);
}
