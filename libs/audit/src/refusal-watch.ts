import { Injectable, type BeforeApplicationShutdown, type NestMiddleware } from '@nestjs/common';
import type { Actor, IdentifiedRequest } from '@nself/identity';
import { logger } from '@nself/observability';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import type { NextFunction, Response } from 'express';
import { LRUCache } from 'lru-cache';
import { AuditTrail } from './audit-trail';

const log = logger('audit');
const MINUTE = 60_000;

/**
 * Tells the trail who was refused what: every answer 403 to somebody who is known. It looks at answers and not at
 * guards, so that a refusal counts wherever it was spoken. The same person at the same route is told of once a minute,
 * so that nobody can fill the trail by asking.
 */
@Injectable()
export class RefusalWatch implements NestMiddleware<IdentifiedRequest, Response>, BeforeApplicationShutdown {
  private readonly told = new LRUCache<string, true>({ max: 10_000, ttl: MINUTE });
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly tenants: TenantTransaction,
    private readonly trail: AuditTrail,
  ) {}

  use(request: IdentifiedRequest, response: Response, next: NextFunction): void {
    response.once('finish', () => {
      const { actor } = request;
      if (response.statusCode === 403 && actor?.userId) this.note(actor, request);
    });
    next();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private note(actor: Actor, request: IdentifiedRequest): void {
    const route = routeOf(request);
    const key = `${actor.userId} ${actor.familyId} ${request.method} ${route}`;
    if (this.told.has(key)) return;
    this.told.set(key, true);
    const writing = this.write(actor, request, route).catch((error: unknown) =>
      log.warn({ err: error }, 'a refusal could not be told to the trail'),
    );
    const tracked = writing.finally(() => this.underWay.delete(tracked));
    this.underWay.add(tracked);
  }

  private async write(actor: Actor, request: IdentifiedRequest, route: string): Promise<void> {
    await this.tenants.run(contextOf(actor), manager =>
      this.trail.record(manager, {
        type: 'access.refused',
        familyId: actor.familyId,
        actorId: actor.userId,
        subjectType: 'route',
        subjectId: `${request.method} ${route}`,
        newState: { role: actor.role },
        ip: request.ip,
        agent: request.get('user-agent'),
      }),
    );
  }
}

/** The pattern and not the path, which may hold ids of others. */
function routeOf({ route }: IdentifiedRequest): string {
  const known: unknown = route;
  if (typeof known !== 'object' || known === null || !('path' in known)) return 'unmatched';
  return String(known.path);
}
