import type { SessionVariables } from '@nself/graphql-engine';
import { prepared, type Statement } from '@nself/kernel';
import { currentTrace, newTrace } from '@nself/observability';
import { contextStatement } from '@nself/tenancy';

/** Makes the statement that tells Postgres for whom a group or transaction works. */
export type ContextOf = (session: SessionVariables, traceId?: string) => Statement;

/** With our schema `app` in the database: the one statement of the tenancy door. */
export const tenancyContext: ContextOf = (session, traceId) => {
  const { text, values } = contextStatement({
    familyId: session['x-hasura-family-id'] ?? null,
    userId: session['x-hasura-user-id'] ?? null,
    role: session['x-hasura-role'] ?? 'anonymous',
    traceId: traceId ?? (currentTrace() ?? newTrace()).traceId,
    session,
  });
  return named(text, values);
};

const HASURA_TEXT = `select set_config('hasura.user', $1, true)`;

/** Any other database: what Hasura sets, and nothing else. */
export const hasuraContext: ContextOf = session => named(HASURA_TEXT, [JSON.stringify(session)]);

const names = new Map<string, string>();

/** The text never changes, so its hash is made once. */
function named(text: string, values: readonly string[]): Statement {
  const name = names.get(text);
  if (name !== undefined) return { text, name, values };
  const made = prepared(text, values);
  if (made.name !== undefined) names.set(text, made.name);
  return made;
}
