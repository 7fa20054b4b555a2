/** Error codes of Hasura v2 (`Hasura.Base.Error`) that this engine raises. */
export type ErrorCode =
  | 'access-denied'
  | 'action-webhook-error'
  | 'already-exists'
  | 'already-init'
  | 'already-tracked'
  | 'already-untracked'
  | 'bad-request'
  | 'concurrent-update'
  | 'conflict'
  | 'constraint-error'
  | 'constraint-violation'
  | 'cyclic-dependency'
  | 'batch-limit-exceeded'
  | 'data-exception'
  | 'dependency-error'
  | 'depth-limit-exceeded'
  | 'invalid-configuration'
  | 'invalid-headers'
  | 'invalid-json'
  | 'invalid-jwt'
  | 'invalid-jwt-key'
  | 'invalid-params'
  | 'jwt-invalid-claims'
  | 'jwt-missing-role-claims'
  | 'limit-exceeded'
  | 'method-not-allowed'
  | 'metadata-warnings'
  | 'node-limit-exceeded'
  | 'not-exists'
  | 'not-found'
  | 'not-supported'
  | 'parse-failed'
  | 'permission-denied'
  | 'permission-error'
  | 'postgres-error'
  | 'postgres-max-connections-error'
  | 'rate-limit-exceeded'
  | 'remote-schema-conflicts'
  | 'remote-schema-error'
  | 'remote-schema-permission-denied'
  | 'start-failed'
  | 'time-limit-exceeded'
  | 'unexpected'
  | 'unexpected-payload'
  | 'unsupported-operation'
  | 'validation-failed';

export interface EngineErrorDetails {
  /** JSON path of what is to blame, `$` for the whole request. */
  readonly path?: string;
  /** HTTP status where the endpoint speaks by statuses; 400 unless the code says otherwise. */
  readonly status?: number;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number;
  /** For the admin role only; may name SQL. */
  readonly internal?: unknown;
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  'access-denied': 401,
  'not-found': 404,
  'method-not-allowed': 405,
  'rate-limit-exceeded': 429,
  'postgres-max-connections-error': 503,
  unexpected: 500,
};

/** What a client is told when a request cannot be answered, in Hasura's terms. */
export class EngineError extends Error {
  readonly path: string;
  readonly status: number;
  readonly internal: unknown;
  readonly retryAfter: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    { path = '$', status = STATUS[code] ?? 400, internal, retryAfter }: EngineErrorDetails = {},
  ) {
    super(message);
    this.name = 'EngineError';
    this.path = path;
    this.status = status;
    this.internal = internal;
    this.retryAfter = retryAfter;
  }

  /** The same error blaming another part of the request. */
  at(path: string): EngineError {
    return new EngineError(this.code, this.message, { path, status: this.status, internal: this.internal });
  }
}
