import { Injectable } from '@nestjs/common';
import { TenantTransaction } from '@nself/tenancy';
import { AccountRepository, type Account } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { OwnershipProof } from '../ownership';
import { RevocationWriter } from '../revocations';

/** People who have just shown a code that was sent to their mailbox. */
@Injectable()
export class CodeBearers {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly ownership: OwnershipProof,
    private readonly revocations: RevocationWriter,
  ) {}

  async proven(userId: string, email: string, client: Client): Promise<Account | undefined> {
    const { account, revoked } = await this.tenants.run(contextOfPerson(userId), async manager => {
      const found = await this.accounts.byId(manager, userId);
      if (!found || found.email !== email) return { account: undefined, revoked: [] };
      return { account: found, revoked: await this.ownership.accept(manager, found, client) };
    });
    await this.revocations.announce(...revoked);
    return account;
  }
}
