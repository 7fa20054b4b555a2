import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import { AccountRepository } from '../accounts';
import { Background } from '../background';
import { FamilyRepository } from '../families';
import { Mailer } from '../mail';

/** Tells whoever said yes, by mail, that a device is in the family now. */
@Injectable()
export class PairingNotice {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly families: FamilyRepository,
    private readonly mailer: Mailer,
    private readonly background: Background,
  ) {}

  tell(actor: Actor, deviceName: string): void {
    this.background.start('notice of a device', async () => {
      const { account, family } = await this.tenants.run(contextOf(actor), async manager => ({
        account: await this.accounts.byId(manager, actor.userId ?? ''),
        family: await this.families.find(manager, actor.familyId ?? ''),
      }));
      if (!account?.email || !family) return;
      const facts = { displayName: account.displayName, what: deviceName, family: family.name };
      this.mailer.send({ to: account.email, locale: account.locale, template: 'device-approved', facts });
    });
  }
}
