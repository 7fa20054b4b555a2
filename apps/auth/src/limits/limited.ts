import {
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Limiter } from '@nself/kernel';
import type { Request } from 'express';
import { limitSettings, type LimitSettings } from './limit.settings';

const LIMITED = Symbol('nself.auth.limited');

/** Kinds of routes with a limit of their own per client address. */
export type LimitedKind = 'signups';

/** Puts a route under a limit of its own, beside the global one. */
export const Limited = (kind: LimitedKind): CustomDecorator<symbol> => SetMetadata(LIMITED, kind);

/** Stands before every route of auth and refuses addresses that ask too often. */
@Injectable()
export class LimitGuard implements CanActivate {
  constructor(
    private readonly limiter: Limiter,
    private readonly reflector: Reflector,
    @Inject(limitSettings.token) private readonly settings: LimitSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { globalBurst, globalInterval, signupsBurst, signupsInterval } = this.settings;
    const { ip = '' } = context.switchToHttp().getRequest<Request>();
    await this.limiter.take({ name: 'global', burst: globalBurst, interval: globalInterval }, ip);
    if (this.kindOf(context) === 'signups') {
      await this.limiter.take({ name: 'signups', burst: signupsBurst, interval: signupsInterval }, ip);
    }
    return true;
  }

  private kindOf(context: ExecutionContext): LimitedKind | undefined {
    return this.reflector.getAllAndOverride<LimitedKind | undefined>(LIMITED, [
      context.getHandler(),
      context.getClass(),
    ]);
  }
}
