import { Person } from '../../support';
import { bearer, newBox, type Caller, type Household } from './household';

/** Everybody who tries: each role of a family, somebody without a family, and nobody. */
export const ROLES = ['owner', 'admin', 'adult', 'youth', 'child', 'device', 'stranger', 'nobody'] as const;
export type Role = (typeof ROLES)[number];

const MEMBERS: Partial<Record<Role, string>> = {
  admin: 'ADMIN',
  adult: 'ADULT_MEMBER',
  youth: 'YOUTH_MEMBER',
  child: 'CHILD_MEMBER',
};

/** One caller for each role of a family. Who signed out, or deleted the account, is replaced. */
export class Cast {
  private readonly callers = new Map<Role, Caller>();

  constructor(private readonly family: Household) {}

  of(role: Role): Caller {
    const caller = this.callers.get(role);
    if (!caller) throw new Error(`nobody plays ${role}`);
    return caller;
  }

  /** Makes everybody able to act; answers who was not. */
  async revive(): Promise<Role[]> {
    const alive = await Promise.all(ROLES.map(role => this.isAlive(role)));
    const dead = ROLES.filter((_, index) => !alive[index]);
    for (const role of dead) this.callers.set(role, await this.cast(role));
    return dead;
  }

  private async isAlive(role: Role): Promise<boolean> {
    const caller = this.callers.get(role);
    if (!caller || role === 'nobody') return caller !== undefined;
    return (await caller.call('auth', '/v1/auth/me')).status === 200;
  }

  private async cast(role: Role): Promise<Caller> {
    const { stack, owner } = this.family;
    if (role === 'nobody') return bearer(stack);
    if (role === 'stranger') return Person.register(stack, 'Stranger');
    if (role === 'device') return bearer(stack, (await newBox(stack, owner, 'Spare')).token);
    if (role !== 'owner') return owner.bring(role, MEMBERS[role]);
    await owner.signInAgain();
    return owner;
  }
}
