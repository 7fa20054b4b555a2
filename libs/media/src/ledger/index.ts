export { ObjectLedger, type Arrival } from './ledger';
export { ObjectSweeper, type LedgerFaults } from './sweeper';
