import type { Actor, SessionVariables } from '@nself/identity';
import { currentTrace, newTrace } from '@nself/observability';

/**
 * For whom the database works: travels as first argument, is never read from the air. `familyId` is the one family
 * whose rows can be seen; null shows no family's. `role` is the role of GraphQL, or `service` for our own work
 * inside one family. `session` are the session variables as Hasura would hand them over.
 */
export interface RequestContext {
  readonly familyId: string | null;
  readonly userId: string | null;
  readonly role: string;
  readonly traceId: string;
  readonly session: SessionVariables;
}

const traceId = (): string => (currentTrace() ?? newTrace()).traceId;

/** The context of a request: exactly what its token says. */
export const contextOf = ({ familyId, userId, role, session }: Actor): RequestContext => ({
  familyId,
  userId,
  role,
  traceId: traceId(),
  session,
});

/** The context of somebody unknown: no family, no person. */
export const anonymousContext = (): RequestContext => ({
  familyId: null,
  userId: null,
  role: 'anonymous',
  traceId: traceId(),
  session: { 'x-hasura-role': 'anonymous' },
});

/**
 * The context of our own work inside one family (a job, an upload that goes on): the walls of the family hold, the
 * rules between its members do not. `userId` is on whose behalf, where there is somebody.
 */
export const serviceContext = (familyId: string | null, userId: string | null = null): RequestContext => ({
  familyId,
  userId,
  role: 'service',
  traceId: traceId(),
  session: { 'x-hasura-role': 'service' },
});
