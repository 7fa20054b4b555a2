import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import type { EntityManager } from 'typeorm';
import type { Account, Wishes } from '../accounts';
import type { Client } from '../client';
import { Mailer } from '../mail';
import { Secrets } from '../secrets';
import { IdentityRepository } from './identity.repository';
import { ProviderAccountTaken } from './oauth.errors';
import type { ProviderProfile } from './provider';

/** A profile that has arrived, and what the app wishes for it. */
export interface Newly {
  provider: string;
  profile: ProviderProfile;
  wishes: Wishes;
  client: Client;
  mustBeNew: boolean;
}

/** Writes down which account of which house belongs to whom; its tokens are kept sealed. */
@Injectable()
export class IdentityBook {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly secrets: Secrets,
    private readonly audit: AuditTrail,
    private readonly mailer: Mailer,
  ) {}

  async ownerOf(manager: EntityManager, { provider, profile }: Newly): Promise<string | undefined> {
    return this.identities.ownerOf(manager, provider, profile.id);
  }

  /** @throws ProviderAccountTaken when somebody else has joined it a moment ago */
  async write(
    manager: EntityManager,
    userId: string,
    { provider, profile, client }: Newly,
    isNew: boolean,
  ): Promise<void> {
    const bound = `${provider} ${profile.id}`;
    const saved = await this.identities.save(manager, {
      userId,
      provider,
      providerUserId: profile.id,
      accessToken: this.secrets.seal('provider tokens', profile.accessToken, bound),
      refreshToken: profile.refreshToken
        ? this.secrets.seal('provider tokens', profile.refreshToken, bound)
        : null,
    });
    if (!saved) throw new ProviderAccountTaken('It belongs to another account.');
    if (!isNew) return;
    await this.audit.record(manager, {
      type: 'account.linked',
      familyId: null,
      actorId: userId,
      subjectType: 'user',
      subjectId: userId,
      newState: { provider },
      ...client,
    });
  }

  /** Tells the owner that there is one more way to sign in. */
  async tell(
    manager: EntityManager,
    { email: to, locale, displayName }: Account,
    { provider }: Newly,
  ): Promise<void> {
    if (!to) return;
    const facts = { displayName, what: `${provider} +` };
    await this.mailer.post(manager, { to, locale, template: 'factor-changed', facts });
  }
}
