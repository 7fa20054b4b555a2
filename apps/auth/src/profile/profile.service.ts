import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { Unauthenticated } from '@nself/kernel';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import { AccountRepository, userView, type UserView } from '../accounts';
import { MembershipRepository, type MemberState, type OwnFamily } from '../memberships';

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
    private readonly tenants: TenantTransaction,
    private readonly accounts: AccountRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  async me(actor: Actor): Promise<Me> {
    return this.tenants.run(contextOf(actor), async manager => {
      const account = await this.accounts.byId(manager, actor.userId as string);
      if (!account) throw new Unauthenticated();
      const families = (await this.memberships.ofMyself(manager)).map(myFamily);
      return {
        user: userView(account),
        family: families.find(each => each.id === actor.familyId) ?? null,
        families,
      };
    });
  }

  async user(actor: Actor): Promise<UserView> {
    const account = await this.tenants.run(contextOf(actor), manager =>
      this.accounts.byId(manager, actor.userId as string),
    );
    if (!account) throw new Unauthenticated();
    return userView(account);
  }
}

const myFamily = ({ id, name, role, state }: OwnFamily): MyFamily => ({ id, name, role, state });
