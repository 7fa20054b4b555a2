import {
  Injectable,
  SetMetadata,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Forbidden } from '@nself/kernel';
import type { HasuraRole } from '../actor';
import { actorOfRequest, requestOf } from './request-of';

const ROLES = Symbol.for('nself.roles');

/** Opens a route or controller to these roles only. */
export const Roles = (...roles: HasuraRole[]): CustomDecorator<symbol> => SetMetadata(ROLES, roles);

/** Refuses everybody whose role a route does not name. Runs after the bearer guard; routes without `@Roles` pass. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const roles = this.reflector.getAllAndOverride<HasuraRole[] | undefined>(ROLES, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (roles && !roles.includes(actorOfRequest(requestOf(context)).role)) throw new Forbidden();
    return true;
  }
}
