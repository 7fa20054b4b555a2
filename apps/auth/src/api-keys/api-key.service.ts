import { Injectable } from '@nestjs/common';
import { AuditTrail, type AuditType } from '@nself/audit';
import { familyOfActor, type Actor, type HasuraRole } from '@nself/identity';
import { Forbidden, NotFound, randomToken, sha256, ValidationFailed } from '@nself/kernel';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Client } from '../client';
import { RevocationWriter } from '../revocations';
import type { ApiKey } from './api-key';
import type { CreateApiKeyDto } from './api-key.dto';
import { ApiKeyRepository } from './api-key.repository';

const PREFIX_LENGTH = 12;
const RATE_PER_MINUTE = 60;
/** From most to least; a key never speaks above its maker. */
const RANKS: readonly HasuraRole[] = ['owner', 'admin_member', 'adult', 'youth', 'child', 'user'];

/** Keys that people make for machines. */
@Injectable()
export class ApiKeyService {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly keys: ApiKeyRepository,
    private readonly revocations: RevocationWriter,
    private readonly audit: AuditTrail,
  ) {}

  /** The key is shown this once. @throws Forbidden for a role above one's own */
  async create(actor: Actor, wish: CreateApiKeyDto, client: Client): Promise<ApiKey & { key: string }> {
    if (actor.kind !== 'user') throw new Forbidden('Only people make keys.');
    const familyId = familyOfActor(actor);
    const role = wish.role ?? actor.role;
    if (!isAtMost(role, actor.role)) throw new Forbidden('Nobody grants more than they hold.');
    const expiresAt = wish.expiresAt ? new Date(wish.expiresAt) : null;
    if (expiresAt && expiresAt.getTime() <= Date.now())
      throw new ValidationFailed('expiresAt must lie in the future.');
    const key = `nself_${randomToken(32)}`;
    const made = await this.tenants.run(contextOf(actor), async manager => {
      const stored = await this.keys.insert(manager, {
        familyId,
        createdBy: actor.userId as string,
        name: wish.name,
        prefix: key.slice(0, PREFIX_LENGTH),
        hash: keyHash(key),
        role,
        scopes: wish.scopes,
        rateLimit: wish.rateLimit ?? RATE_PER_MINUTE,
        expiresAt,
      });
      await this.note(manager, 'api_key.created', actor, stored.id, client);
      return stored;
    });
    return { ...made, key };
  }

  async list(actor: Actor): Promise<ApiKey[]> {
    return this.tenants.run(contextOf(actor), manager => this.keys.ofMyself(manager));
  }

  /** Ends a key; the tokens that it was exchanged for are refused within a second. */
  async revoke(actor: Actor, id: string, client: Client): Promise<void> {
    const revoked = await this.tenants.run(contextOf(actor), async manager => {
      if (!(await this.keys.revokeMine(manager, id))) throw new NotFound();
      await this.note(manager, 'api_key.revoked', actor, id, client);
      const userId = actor.userId as string;
      return this.revocations.record(manager, { kind: 'session', sessionId: id, userId }, 'api key revoked');
    });
    await this.revocations.announce(revoked);
  }

  private async note(
    manager: EntityManager,
    type: AuditType,
    actor: Actor,
    subjectId: string,
    client: Client,
  ): Promise<void> {
    const event = {
      type,
      familyId: actor.familyId,
      actorId: actor.userId,
      subjectType: 'api_key',
      subjectId,
    };
    await this.audit.record(manager, { ...event, ...client });
  }
}

export const isAtMost = (role: HasuraRole, limit: HasuraRole): boolean =>
  RANKS.includes(role) && RANKS.includes(limit) && RANKS.indexOf(role) >= RANKS.indexOf(limit);

export const keyHash = (key: string): string => sha256(key).toString('hex');
