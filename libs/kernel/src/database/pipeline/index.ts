export { Pipeline, type PipelineOptions } from './pipeline';
export type { Outcome } from './exchange';
export type { Group, GroupResult, Row, Statement } from './group';
export { prepared, withLimits } from './group';
export { databaseErrorOf, isDatabaseError, type DatabaseError } from './error-response';
