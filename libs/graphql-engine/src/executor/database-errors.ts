import { isDatabaseError, type DatabaseError } from '@nself/kernel';
import { EngineError, type ErrorCode } from './engine-error';

interface Blame {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Integrity violations (class 23) in Hasura's words (`Hasura.Backends.Postgres.Execute.Types`). */
const INTEGRITY: Readonly<Record<string, string>> = {
  '23502': 'Not-NULL violation. ',
  '23503': 'Foreign key violation. ',
  '23505': 'Uniqueness violation. ',
  '23514': 'Check constraint violation. ',
  '23P01': 'Exclusion violation. ',
};

/** What Hasura's own check function and ours raise when a row does not satisfy a permission. */
const PERMISSION_CHECK = 'check constraint of an insert/update permission has failed';

/**
 * Postgres's refusal as the client hears it. Violations that the client caused keep Postgres's words, as in Hasura;
 * everything else is "database query error", with the details under `internal` for the admin alone.
 */
export function fromDatabase(error: unknown, path = '$'): EngineError {
  if (error instanceof EngineError) return error;
  if (!isDatabaseError(error)) {
    const internal = error instanceof Error ? { message: error.message } : undefined;
    return new EngineError('unexpected', 'connection error', { path, internal });
  }
  const blame = blameOf(error);
  const internal = internalOf(error);
  if (blame) return new EngineError(blame.code, blame.message, { path, internal });
  return new EngineError('unexpected', 'database query error', { path, internal });
}

function blameOf(error: DatabaseError): Blame | undefined {
  const { code = '', message } = error;
  if (message === PERMISSION_CHECK) return { code: 'permission-error', message };
  switch (code.slice(0, 2)) {
    case '23':
      return {
        code: code === '23514' ? 'permission-error' : 'constraint-violation',
        message: (INTEGRITY[code] ?? '') + message,
      };
    case '22':
      return { code: code === '22025' ? 'bad-request' : 'data-exception', message };
    case '40':
      return { code: 'concurrent-update', message: concurrency(code, message) };
    case '42':
      return syntaxOrAccess(code, message);
    default:
      return code === '57014'
        ? { code: 'time-limit-exceeded', message: 'operation time limit exceeded' }
        : undefined;
  }
}

function concurrency(code: string, message: string): string {
  return code === '40001' ? 'serialization failure due to concurrent update' : message;
}

function syntaxOrAccess(code: string, message: string): Blame | undefined {
  switch (code) {
    case '42P10':
      return {
        code: 'constraint-error',
        message: 'there is no unique or exclusion constraint on target column(s)',
      };
    case '42704':
      return { code: 'constraint-error', message };
    case '42501': // A policy refused the row: the wall answers as the permission would, and names no table.
      return message.includes('row-level security')
        ? { code: 'permission-error', message: PERMISSION_CHECK }
        : undefined;
    default:
      return undefined;
  }
}

/** The `internal` object that Hasura shows to the admin. */
function internalOf(error: DatabaseError): unknown {
  return {
    error: {
      exec_status: 'FatalError',
      status_code: error.code,
      message: error.message,
      description: error.detail ?? null,
      hint: error.hint ?? null,
    },
  };
}
