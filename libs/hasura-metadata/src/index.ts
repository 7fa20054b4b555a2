export * from './document';
export * from './shapes';
