import type { ExecutionContext } from '@nestjs/common';
import type { PrincipalRequest } from '@nself/kernel';
import { ANONYMOUS, type Actor } from '../actor';

/** A request that passed the guard. */
export type IdentifiedRequest = PrincipalRequest & { actor?: Actor };

/**
 * The HTTP request behind a route or a resolver: GraphQL hands it on in its context, as third argument.
 */
export function requestOf(context: ExecutionContext): IdentifiedRequest | undefined {
  if (context.getType<string>() !== 'graphql') return context.switchToHttp().getRequest<IdentifiedRequest>();
  return context.getArgByIndex<{ req?: IdentifiedRequest } | undefined>(2)?.req;
}

/** Who sent a request; nobody in particular before the guard has spoken. */
export const actorOfRequest = (request: IdentifiedRequest | undefined): Actor => request?.actor ?? ANONYMOUS;
