import { Injectable } from '@nestjs/common';
import { DeviceNotTrusted } from '@nself/kernel';
import { TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { AccountRepository } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { SessionIssuer, type IssuedSession } from '../sessions';

/** Opens sessions for devices. */
@Injectable()
export class DeviceSessions {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly issuer: SessionIssuer,
  ) {}

  /** `alongside` runs in the transaction that opens the session; if it throws there is none. */
  async open(
    { id, familyId }: { id: string; familyId: string },
    client: Client,
    alongside?: (manager: EntityManager) => Promise<void>,
  ): Promise<IssuedSession> {
    const account = await this.tenants.run(contextOfPerson(id), manager => this.accounts.byId(manager, id));
    if (!account || account.disabled) throw new DeviceNotTrusted();
    return this.issuer.open(account, { client, familyId, deviceId: id, present: false, alongside });
  }
}
