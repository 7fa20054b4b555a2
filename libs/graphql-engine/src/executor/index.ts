export { EngineError, type EngineErrorDetails, type ErrorCode } from './engine-error';
export { fromDatabase } from './database-errors';
export type {
  AnswerRow,
  GroupOutcome,
  QueryRunner,
  ScriptRows,
  SessionVariables,
  StatementCall,
  StatementGroup,
  Transaction,
} from './query-runner';
export { ADMIN, isAdmin, sessionOf, type OperationKind, type Session } from './session';
