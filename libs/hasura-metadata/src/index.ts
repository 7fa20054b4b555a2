export * from './document';
export * from './layout';
export * from './shapes';
export * from './diff';
