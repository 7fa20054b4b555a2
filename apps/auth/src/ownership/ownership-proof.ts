import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountRepository, type Account } from '../accounts';
import type { Client } from '../client';
import type { Revoked } from '../revocations';
import { SessionKeeper } from '../sessions';

/**
 * What happens when somebody shows for the first time that an address is theirs, by a link, a code, or the word of a
 * provider: whatever was set up before under that address was set up by somebody who had not shown it. A stranger may
 * have registered the address and waited; password, factors, keys, linked sign-ins and sessions of that time are void.
 */
@Injectable()
export class OwnershipProof {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionKeeper,
  ) {}

  /** Marks the address as proven; on the first proof it voids what came before. Announce what comes back. */
  async accept(manager: EntityManager, account: Account, client: Client): Promise<Revoked[]> {
    if (account.emailVerified) return [];
    await manager.query('delete from auth.user_security_keys where user_id = $1', [account.id]);
    await manager.query('delete from auth.user_providers where user_id = $1', [account.id]);
    await manager.query('delete from auth.recovery_codes where user_id = $1', [account.id]);
    await manager.query(`delete from auth.refresh_tokens where user_id = $1 and type = 'pat'`, [account.id]);
    await manager.query('select app.revoke_api_keys_of($1)', [account.id]);
    await this.accounts.change(manager, account.id, {
      emailVerified: true,
      passwordHash: null,
      totpSecret: null,
      activeMfaType: null,
      newEmail: null,
    });
    Object.assign(account, {
      emailVerified: true,
      passwordHash: null,
      totpSecret: null,
      activeMfaType: null,
    });
    return this.sessions.endAll(manager, account.id, 'address_proven', client);
  }
}
