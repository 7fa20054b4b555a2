/**
 * What a request asks of the database, with permissions already inside: node types only. The planner makes these,
 * the compiler reads them, and neither roles nor metadata nor GraphQL are left in them.
 */
export type * from './aggregate';
export * from './bool-exp';
export type * from './connection';
export type * from './delete';
export type * from './fields';
export type * from './insert';
export type * from './mutation';
export type * from './operator';
export type * from './root';
export type * from './select';
export type * from './source';
export type * from './update';
export type * from './value';
