export { NoContextError } from './context-subscriber';
export { openDataSource, type DoorOptions } from './data-source';
export { firstOf, onlyRow, rowsOf, statement, type StatementResult } from './rows';
export { TenantTransaction, type Work } from './tenant-transaction';
