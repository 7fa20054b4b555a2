import { DatabaseError } from 'pg';

export { DatabaseError };

type Field =
  | 'severity'
  | 'code'
  | 'detail'
  | 'hint'
  | 'position'
  | 'internalPosition'
  | 'internalQuery'
  | 'where'
  | 'schema'
  | 'table'
  | 'column'
  | 'dataType'
  | 'constraint'
  | 'file'
  | 'line'
  | 'routine';

/** Field letters of an ErrorResponse (PostgreSQL manual, "Error and Notice Message Fields"). */
const FIELDS: Readonly<Record<string, Field>> = {
  S: 'severity',
  C: 'code',
  D: 'detail',
  H: 'hint',
  P: 'position',
  p: 'internalPosition',
  q: 'internalQuery',
  W: 'where',
  s: 'schema',
  t: 'table',
  c: 'column',
  d: 'dataType',
  n: 'constraint',
  F: 'file',
  L: 'line',
  R: 'routine',
};

/** The error that an ErrorResponse body describes, in the shape that `pg` itself raises. */
export function databaseErrorOf(body: Buffer): DatabaseError {
  const fields = new Map<string, string>();
  for (let at = 0; at < body.length && body[at] !== 0;) {
    const end = body.indexOf(0, at + 1);
    fields.set(String.fromCharCode(body[at] ?? 0), body.toString('utf8', at + 1, end));
    at = end + 1;
  }
  const error = new DatabaseError(fields.get('M') ?? 'unknown database error', body.length, 'error');
  for (const [letter, field] of Object.entries(FIELDS)) error[field] = fields.get(letter);
  return error;
}

export function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError;
}
