import {
  Injectable,
  SetMetadata,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Forbidden, PUBLIC } from '@nself/kernel';
import { ANONYMOUS, type Scope } from '../actor';
import { actorOfRequest, requestOf } from './request-of';

const SCOPED = Symbol.for('nself.scoped');

/** Opens a route or controller to keys of machines that hold all of these scopes. */
export const Scoped = (...scopes: [Scope, ...Scope[]]): CustomDecorator<symbol> =>
  SetMetadata(SCOPED, scopes);

/**
 * Lets keys of machines through where a route names their scopes, and nowhere else: a route that says nothing is for
 * people and devices alone. On an open route a key that lacks a scope counts as nobody. Runs after the bearer guard.
 */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = requestOf(context);
    const { scopes } = actorOfRequest(request);
    if (!scopes) return true;
    const places = [context.getHandler(), context.getClass()];
    const needed = this.reflector.getAllAndOverride<Scope[] | undefined>(SCOPED, places);
    if (needed?.every(each => scopes.includes(each))) return true;
    if (!request || !this.reflector.getAllAndOverride<boolean>(PUBLIC, places))
      throw new Forbidden('The scopes of this key do not allow it.');
    request.actor = ANONYMOUS;
    return true;
  }
}
