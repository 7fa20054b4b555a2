import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { PUBLIC, Unauthenticated } from '@nself/kernel';
import { ANONYMOUS, type Actor } from '../actor';
import { refusalOf } from '../tokens';
import { BearerStrategy } from './bearer.strategy';
import { requestOf, type IdentifiedRequest } from './request-of';

/**
 * Stands before every route and resolver: without a good token nobody passes, unless the route says `@Public()`.
 * There a good token still tells who it is, and a bad one makes the request anonymous.
 */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    private readonly strategy: BearerStrategy,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const open = this.reflector.getAllAndOverride<boolean>(PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = requestOf(context);
    if (!request) return open === true;
    const actor = await this.identify(request, open === true);
    request.actor = actor;
    if (actor.userId !== null) request.principal = principalOf(actor);
    return true;
  }

  /** On an open route a refusal would be an error made for nobody: most requests there bring no token at all. */
  private async identify(request: IdentifiedRequest, open: boolean): Promise<Actor> {
    try {
      const actor = await this.strategy.actorOf(request);
      if (actor) return actor;
    } catch (error) {
      if (!open) throw refusalOf(error);
    }
    if (!open) throw new Unauthenticated();
    return ANONYMOUS;
  }
}

/** A machine is somebody else than its maker, whose id it bears. */
const principalOf = ({ userId, familyId, kind, sessionId }: Actor): string =>
  [userId, familyId, ...(kind === 'machine' ? [sessionId] : [])].join(' ');
