import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { Unauthenticated } from '@nself/kernel';
import { contextOf, TenantGroup } from '@nself/tenancy';
import { accountFrom, AccountRepository, userView, type UserView } from '../accounts';
import { MembershipRepository, ownFamilyFrom, type MemberState, type OwnFamily } from '../memberships';

/** `GET /v1/auth/me`: the person and all of their families. */
export interface Me {
  user: UserView;
  /** The family that the token speaks for. */
  family: MyFamily | null;
  families: MyFamily[];
}

interface MyFamily {
  id: string;
  name: string;
  role: OwnFamily['role'];
  state: MemberState;
}

/** Tells people who they are. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly groups: TenantGroup,
    private readonly accounts: AccountRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  async me(actor: Actor): Promise<Me> {
    const [accounts = [], memberships = []] = await this.groups.run(contextOf(actor), [
      this.accounts.read(actor.userId as string),
      this.memberships.listOfMyself(),
    ]);
    const families = memberships.map(ownFamilyFrom).map(myFamily);
    return {
      user: viewOf(accounts),
      family: families.find(each => each.id === actor.familyId) ?? null,
      families,
    };
  }

  async user(actor: Actor): Promise<UserView> {
    const [accounts = []] = await this.groups.run(contextOf(actor), [
      this.accounts.read(actor.userId as string),
    ]);
    return viewOf(accounts);
  }
}

/** @throws Unauthenticated when the person is gone while the token still counts */
function viewOf([row]: readonly unknown[]): UserView {
  const account = accountFrom(row);
  if (!account) throw new Unauthenticated();
  return userView(account);
}

const myFamily = ({ id, name, role, state }: OwnFamily): MyFamily => ({ id, name, role, state });
