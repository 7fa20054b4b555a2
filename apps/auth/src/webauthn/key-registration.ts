import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { NotFound, Unauthenticated } from '@nself/kernel';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { AccountRepository, AnonymousForbidden } from '../accounts';
import type { Client } from '../client';
import { FactorNotices } from '../mfa';
import { Ceremonies, challengeIn } from './ceremonies';
import { ChallengeStore } from './challenge-store';
import { SecurityKeyRepository } from './security-key.repository';
import type { AddKeyDto } from './webauthn.dto';
import { KeyRefused } from './webauthn.errors';

/** Adds keys to an account and takes them away. */
@Injectable()
export class KeyRegistration {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly keys: SecurityKeyRepository,
    private readonly ceremonies: Ceremonies,
    private readonly challenges: ChallengeStore,
    private readonly notices: FactorNotices,
  ) {}

  async start(actor: Actor): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { account, keys } = await this.tenants.run(contextOf(actor), async manager => ({
      account: await this.accounts.byId(manager, actor.userId as string),
      keys: await this.keys.ofUser(manager, actor.userId as string),
    }));
    if (!account) throw new Unauthenticated();
    if (account.isAnonymous) throw new AnonymousForbidden();
    const holder = {
      id: account.id,
      email: account.email ?? account.displayName,
      displayName: account.displayName,
    };
    const options = await this.ceremonies.startRegistration(holder, keys);
    await this.challenges.keep(options.challenge, { purpose: 'add-key', userId: account.id });
    return options;
  }

  /** @throws KeyRefused */
  async finish(
    actor: Actor,
    { credential, nickname }: AddKeyDto,
    client: Client,
  ): Promise<{ id: string; nickname?: string }> {
    const challenge = challengeIn(credential);
    const asked = await this.challenges.take(challenge, 'add-key');
    if (!asked || asked.userId !== actor.userId) throw new KeyRefused();
    const key = await this.ceremonies.finishRegistration(credential, challenge, asked.userId, nickname);
    const id = await this.tenants.run(contextOf(actor), async manager => {
      const made = await this.keys.insert(manager, key);
      const owner = await this.accounts.byId(manager, asked.userId);
      if (!made || !owner) throw new KeyRefused();
      const factor = { factor: 'security key', what: `${nickname ?? 'WebAuthn'} +` };
      await this.notices.tell(manager, 'factor.added', owner, factor, client);
      return made;
    });
    return { id, ...(nickname && { nickname }) };
  }

  async remove(actor: Actor, id: string, client: Client): Promise<void> {
    await this.tenants.run(contextOf(actor), async manager => {
      const owner = await this.accounts.byId(manager, actor.userId as string);
      if (!owner || !(await this.keys.remove(manager, owner.id, id))) throw new NotFound();
      const factor = { factor: 'security key', what: 'WebAuthn −' };
      await this.notices.tell(manager, 'factor.removed', owner, factor, client);
    });
  }
}
