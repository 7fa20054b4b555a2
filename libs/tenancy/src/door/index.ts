export { constraintOf } from './constraint-of';
export { NoContextError } from './context-subscriber';
export { openDataSource, type DoorOptions } from './data-source';
export { firstOf, onlyRow, rowsOf, statement, type StatementResult } from './rows';
export { TenantGroup, type GroupRows, type GroupStatement, type GroupValue } from './tenant-group';
export { TenantTransaction, type Work } from './tenant-transaction';
