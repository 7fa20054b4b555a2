import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { Unauthenticated } from '@nself/kernel';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import { toDataURL } from 'qrcode';
import type { EntityManager } from 'typeorm';
import { AccountRepository, AnonymousForbidden, EndpointDisabled, type Account } from '../accounts';
import type { Client } from '../client';
import { FactorNotices } from './factor-notices';
import { NoTotpSecret, TotpAlreadyActive, TotpInvalid, TotpNotActive } from './mfa.errors';
import { mfaSettings, type MfaSettings } from './mfa.settings';
import { SecondFactor } from './second-factor';
import { totpAddress } from './totp';

/** Lets people switch a second factor on and off. */
@Injectable()
export class MfaService {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly factor: SecondFactor,
    private readonly notices: FactorNotices,
    @Inject(mfaSettings.token) private readonly settings: MfaSettings,
  ) {}

  /** A new secret and its QR code; it counts once a code of it was shown. @throws TotpAlreadyActive, AnonymousForbidden */
  async generate(actor: Actor): Promise<{ totpSecret: string; imageUrl: string }> {
    this.assertEnabled();
    const { secret, account } = await this.tenants.run(contextOf(actor), async manager => {
      const found = await this.own(manager, actor);
      if (found.isAnonymous) throw new AnonymousForbidden();
      if (found.activeMfaType) throw new TotpAlreadyActive('A second factor is active already.');
      const made = this.factor.newSecret(found.id);
      await this.accounts.change(manager, found.id, { totpSecret: made.sealed });
      return { secret: made.secret, account: found };
    });
    const address = totpAddress(secret, this.settings.issuer, account.email ?? account.displayName);
    return { totpSecret: secret, imageUrl: await toDataURL(address) };
  }

  /** @throws NoTotpSecret, TotpAlreadyActive, TotpInvalid */
  async activate(actor: Actor, code: string, client: Client): Promise<void> {
    this.assertEnabled();
    await this.tenants.run(contextOf(actor), async manager => {
      const found = await this.own(manager, actor);
      if (found.activeMfaType) throw new TotpAlreadyActive('A second factor is active already.');
      if (!found.totpSecret) throw new NoTotpSecret('Ask for a secret first.');
      if (!(await this.factor.acceptsTotp(manager, found, code))) throw new TotpInvalid();
      await this.accounts.change(manager, found.id, { activeMfaType: 'totp' });
      const factor = { factor: 'totp', what: 'TOTP +' };
      await this.notices.tell(manager, 'factor.added', found, factor, client);
    });
  }

  /**
   * By a code of the app, or by a recovery code: whoever has lost the phone could never have another else.
   *
   * @throws TotpNotActive, TotpInvalid
   */
  async deactivate(actor: Actor, code: string, client: Client): Promise<void> {
    await this.tenants.run(contextOf(actor), async manager => {
      const found = await this.own(manager, actor);
      if (!found.activeMfaType) throw new TotpNotActive('No second factor is active.');
      const shown =
        (await this.factor.acceptsTotp(manager, found, code)) ||
        (await this.factor.acceptsRecoveryCode(manager, found, code));
      if (!shown) throw new TotpInvalid();
      await this.accounts.change(manager, found.id, { activeMfaType: null, totpSecret: null });
      await this.factor.forgetRecoveryCodes(manager, found.id);
      const factor = { factor: 'totp', what: 'TOTP −' };
      await this.notices.tell(manager, 'factor.removed', found, factor, client);
    });
  }

  /** Ten new recovery codes, shown this once. @throws TotpNotActive */
  async recoveryCodes(actor: Actor, client: Client): Promise<string[]> {
    return this.tenants.run(contextOf(actor), async manager => {
      const account = await this.own(manager, actor);
      if (!account.activeMfaType) throw new TotpNotActive('No second factor is active.');
      const factor = { factor: 'recovery-codes', what: 'recovery codes +' };
      await this.notices.tell(manager, 'factor.added', account, factor, client);
      return this.factor.newRecoveryCodes(manager, account.id);
    });
  }

  private async own(manager: EntityManager, actor: Actor): Promise<Account> {
    const account = await this.accounts.byId(manager, actor.userId as string);
    if (!account) throw new Unauthenticated();
    return account;
  }

  private assertEnabled(): void {
    if (!this.settings.enabled) throw new EndpointDisabled();
  }
}
