import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountRepository } from '../accounts';
import type { Device } from '../devices';
import { FamilyRepository } from '../families';
import { Mailer } from '../mail';

/** Tells whoever said yes, by mail, that a device is in the family now. */
@Injectable()
export class PairingNotice {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly families: FamilyRepository,
    private readonly mailer: Mailer,
  ) {}

  async tell(manager: EntityManager, userId: string, { familyId, name: what }: Device): Promise<void> {
    const account = await this.accounts.byId(manager, userId);
    const family = await this.families.find(manager, familyId);
    if (!account?.email || !family) return;
    const { email: to, locale, displayName } = account;
    const facts = { displayName, what, family: family.name };
    await this.mailer.post(manager, { to, locale, template: 'device-approved', facts });
  }
}
