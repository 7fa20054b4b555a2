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
    const actor = open ? await this.welcome(request) : await this.identify(request);
    request.actor = actor;
    if (actor.userId !== null) request.principal = `${actor.userId} ${actor.familyId}`;
    return true;
  }

  private async identify(request: IdentifiedRequest): Promise<Actor> {
    try {
      const actor = await this.strategy.actorOf(request);
      if (!actor) throw new Unauthenticated();
      return actor;
    } catch (error) {
      throw refusalOf(error);
    }
  }

  private async welcome(request: IdentifiedRequest): Promise<Actor> {
    try {
      return await this.identify(request);
    } catch {
      return ANONYMOUS;
    }
  }
}
