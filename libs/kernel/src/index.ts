/**
 * The floor that every service stands on: settings, errors, HTTP, health, database, queue, crypto, clock. No word of
 * the product in here.
 */
export * from './clock';
export * from './crypto';
export * from './database';
export * from './errors';
export * from './health';
export * from './http';
export * from './idempotency';
export * from './limits';
export * from './outbound';
export * from './paging';
export * from './queue';
export * from './redis';
export * from './routes';
export * from './settings';
