import type { RoleContext } from '../context';
import type { FieldMap } from '../field';

export function relayRoots(_context: RoleContext): FieldMap {
  return {};
}
