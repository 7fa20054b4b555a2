import type { SessionVariables } from '@nself/identity';
import type { RequestContext } from './request-context';

/**
 * THE statement that tells Postgres for whom a transaction works. Row level security reads nothing else, and nothing
 * else in the house writes it: the tenancy door sends it first in every transaction, and so does the GraphQL engine
 * in its pipelines.
 *
 * Every value is local to the transaction (`true`): after its end the settings are empty strings, which the SQL side
 * reads as "nobody". Session-level `set` would stay on the connection for the next borrower and is banned. The text
 * is constant, so that it can be prepared once.
 */
const TEXT =
  `select set_config('app.family_id', $1, true), set_config('app.user_id', $2, true), ` +
  `set_config('app.role', $3, true), set_config('app.trace_id', $4, true), set_config('hasura.user', $5, true)`;

/** A statement with its values, as `pg` takes it. */
export interface ContextStatement {
  readonly text: string;
  readonly values: readonly [
    familyId: string,
    userId: string,
    role: string,
    traceId: string,
    session: string,
  ];
}

export const contextStatement = ({
  familyId,
  userId,
  role,
  traceId,
  session,
}: RequestContext): ContextStatement => ({
  text: TEXT,
  values: [idOrNobody(familyId), idOrNobody(userId), role, traceId, textOf(session)],
});

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Checked here, once, so that no policy has to: what is no id stands for nobody. */
const idOrNobody = (id: string | null): string => (id !== null && UUID.test(id) ? id : '');

const texts = new WeakMap<SessionVariables, string>();

/** The same variables come with every request of a token, so they are put into words once. */
function textOf(session: SessionVariables): string {
  const known = texts.get(session);
  if (known !== undefined) return known;
  const text = JSON.stringify(session);
  texts.set(session, text);
  return text;
}
