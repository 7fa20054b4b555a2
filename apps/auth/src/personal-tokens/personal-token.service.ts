import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import type { Actor } from '@nself/identity';
import { NotFound, Unauthenticated, ValidationFailed } from '@nself/kernel';
import { anonymousContext, contextOf, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { AccountRepository, AnonymousForbidden } from '../accounts';
import type { Client } from '../client';
import { SignInGate } from '../gate';
import { hashOf, type IssuedSession } from '../sessions';
import type { CreatePersonalTokenDto } from './personal-token.dto';
import { PersonalTokenRepository, type PersonalToken } from './personal-token.repository';

/** A personal token that is unknown, expired or revoked. */
export class PersonalTokenInvalid extends Unauthenticated {
  readonly nhostCode = 'invalid-pat';
}

/** Long-lived tokens that a person makes for scripts of her own. They open sessions, but prove nobody's presence. */
@Injectable()
export class PersonalTokenService {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly tokens: PersonalTokenRepository,
    private readonly accounts: AccountRepository,
    private readonly gate: SignInGate,
    private readonly audit: AuditTrail,
  ) {}

  /** The token is shown this once. @throws AnonymousForbidden */
  async create(
    actor: Actor,
    wish: CreatePersonalTokenDto,
    client: Client,
  ): Promise<{ id: string; personalAccessToken: string }> {
    const expiresAt = new Date(wish.expiresAt);
    if (expiresAt.getTime() <= Date.now()) throw new ValidationFailed('expiresAt must lie in the future.');
    const personalAccessToken = randomUUID();
    const userId = actor.userId as string;
    const id = await this.tenants.run(contextOf(actor), async manager => {
      const owner = await this.accounts.byId(manager, userId);
      if (owner?.isAnonymous) throw new AnonymousForbidden();
      const made = await this.tokens.insert(manager, {
        userId,
        hash: hashOf(personalAccessToken),
        expiresAt,
        metadata: wish.metadata ?? {},
      });
      await this.note(manager, 'api_key.created', userId, made, client);
      return made;
    });
    return { id, personalAccessToken };
  }

  /** @throws PersonalTokenInvalid, AccountDisabled */
  async signIn(token: string, client: Client): Promise<IssuedSession> {
    const account = await this.tenants.run(anonymousContext(), async manager => {
      const userId = await this.tokens.use(manager, hashOf(token));
      return userId ? this.accounts.byId(manager, userId) : undefined;
    });
    if (!account) throw new PersonalTokenInvalid('This personal access token is not valid.');
    return this.gate.open(account, { method: 'pat', client });
  }

  async list(actor: Actor): Promise<PersonalToken[]> {
    return this.tenants.run(contextOf(actor), manager => this.tokens.list(manager, actor.userId as string));
  }

  async revoke(actor: Actor, id: string, client: Client): Promise<void> {
    const userId = actor.userId as string;
    await this.tenants.run(contextOf(actor), async manager => {
      if (!(await this.tokens.revoke(manager, userId, id))) throw new NotFound();
      await this.note(manager, 'api_key.revoked', userId, id, client);
    });
  }

  private async note(
    manager: EntityManager,
    type: 'api_key.created' | 'api_key.revoked',
    actorId: string,
    subjectId: string,
    client: Client,
  ): Promise<void> {
    const event = { type, familyId: null, actorId, subjectType: 'personal_token', subjectId };
    await this.audit.record(manager, { ...event, ...client });
  }
}
