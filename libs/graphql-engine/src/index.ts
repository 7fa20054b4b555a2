/**
 * A GraphQL engine with Hasura v2's API. The way of a request: document -> role schema and planner -> IR -> compiler ->
 * one statement per root field -> one pipelined group -> JSON bytes. `EngineService` puts the rooms together; Nest
 * meets it at the porch (`nest/`).
 */
export { ADMIN, EngineError, fromDatabase, isAdmin, sessionOf } from './executor';
export type {
  AnswerRow,
  ErrorCode,
  GroupOutcome,
  QueryRunner,
  ScriptRows,
  OperationKind,
  Session,
  SessionVariables,
  StatementCall,
  StatementGroup,
  Transaction,
} from './executor';
export {
  Engine,
  LocalAnswerStore,
  LocalRateCounter,
  RATE_WINDOW_MS,
  type Answer,
  type AnswerStore,
  type GraphqlRequest,
  type RateCounter,
} from './engine';
export {
  authenticationOf,
  JwtSettingsError,
  parseJwtSettings,
  type AuthenticationSettings,
  type Authenticator,
  type Credentials,
  type JwtSettings,
  type WebhookSettings,
} from './gateway/authentication';
export { corsPolicy } from './gateway/http/cors';
export type { Api } from './gateway/gateway';
export { EngineService, type ServiceOptions } from './service';
export { EngineModule } from './nest';
