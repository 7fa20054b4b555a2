import type { HasuraRole, SessionVariables } from '@nself/identity';
import { currentTrace, newTrace } from '@nself/observability';
import type { RequestContext } from '@nself/tenancy';

/** The family and role that a person asks as. */
export interface Standing {
  familyId: string | null;
  role: HasuraRole;
}

/**
 * The context of a person whom auth itself has recognised, by a password or a refresh token: there is no access token
 * yet that could say it.
 */
export function contextOfPerson(
  userId: string,
  { familyId, role }: Standing = { familyId: null, role: 'user' },
): RequestContext {
  const session: Record<string, string> = { 'x-hasura-user-id': userId, 'x-hasura-role': role };
  if (familyId) session['x-hasura-family-id'] = familyId;
  return { familyId, userId, role, traceId: traceId(), session: session satisfies SessionVariables };
}

const traceId = (): string => (currentTrace() ?? newTrace()).traceId;
