import { Injectable } from '@nestjs/common';
import { AccountDisabled, SessionExpired } from '@nself/kernel';
import type { EntityManager } from 'typeorm';
import { AccountRepository, type Account } from '../accounts';
import { MembershipRepository, type OwnFamily } from '../memberships';
import type { Session } from './session';
import { SessionRepository } from './session.repository';
import { chooseFamily, standingIn } from './token-signer';

/** Who bears a session, and when that was so. */
export interface BearerNow {
  account: Account;
  family: OwnFamily | undefined;
  asOf: Date;
}

/** Finds out anew who a session's bearer is: roles, family and state may have changed since the last token. */
@Injectable()
export class Bearer {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly memberships: MembershipRepository,
    private readonly sessions: SessionRepository,
  ) {}

  async of(manager: EntityManager, session: Session, wished?: string): Promise<BearerNow> {
    const asOf = await this.memberships.holdStanding(manager, session.userId);
    const account = await this.accounts.byId(manager, session.userId);
    if (!account) throw new SessionExpired();
    if (account.disabled) throw new AccountDisabled();
    const family = chooseFamily(await this.memberships.ofMyself(manager), wished ?? session.activeFamilyId);
    if (session.deviceId && !family) throw new SessionExpired();
    const { familyId, role } = standingIn(family, account);
    await this.sessions.touch(manager, session.id, familyId, role);
    return { account, family, asOf };
  }
}
