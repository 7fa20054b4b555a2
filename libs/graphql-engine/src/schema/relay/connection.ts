import type { JoinColumns, RowSource } from '../../ir';
import type { RoleContext } from '../context';
import type { Field } from '../field';
import type { VisibleTable } from '../tables/visible';

export function connectionField(_context: RoleContext, _seen: VisibleTable, _from: RowSource, _on: JoinColumns): Field {
  throw new TypeError('the relay API comes with its own room');
}
