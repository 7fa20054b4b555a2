import {
  applyDecorators,
  Inject,
  Injectable,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { limitSettings, type LimitSettings } from './limit.settings';
import { Limiter, type Limit } from './limiter';

const LIMITED = Symbol('nself.auth.limited');

/** Kinds of routes with a limit per client address. */
export type LimitedKind = 'signups' | 'global';

/** Refuses clients that ask too often; everything in auth is under the global limit as well. */
@Injectable()
export class LimitGuard implements CanActivate {
  constructor(
    private readonly limiter: Limiter,
    private readonly reflector: Reflector,
    @Inject(limitSettings.token) private readonly settings: LimitSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const kind = this.reflector.getAllAndOverride<LimitedKind | undefined>(LIMITED, [
      context.getHandler(),
      context.getClass(),
    ]);
    const { ip = '' } = context.switchToHttp().getRequest<Request>();
    await this.limiter.take(this.limitOf(kind ?? 'global'), ip);
    return true;
  }

  private limitOf(kind: LimitedKind): Limit {
    const { globalBurst, globalInterval, signupsBurst, signupsInterval } = this.settings;
    if (kind === 'signups') return { name: kind, burst: signupsBurst, interval: signupsInterval };
    return { name: kind, burst: globalBurst, interval: globalInterval };
  }
}

/** Puts a route under a limit per client address. */
export const Limited = (kind: LimitedKind): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(LIMITED, kind), UseGuards(LimitGuard));
