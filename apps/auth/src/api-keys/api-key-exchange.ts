import { Injectable } from '@nestjs/common';
import { hasuraRoleOf, KeyRates, type HasuraRole } from '@nself/identity';
import { Unauthenticated } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { AccountRepository } from '../accounts';
import { contextOfPerson } from '../context';
import { isOpen, MembershipRepository } from '../memberships';
import { AccessTokens, type AccessToken } from '../tokens';
import type { PresentedKey } from './api-key';
import { ApiKeyRepository } from './api-key.repository';
import { isAtMost, keyHash } from './api-key.service';

/**
 * Exchanges a machine's key for a short access token. What the maker may do today decides: a role that was lost since
 * the key was made is lost to the key as well, and a maker who left takes the key along.
 */
@Injectable()
export class ApiKeyExchange {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly keys: ApiKeyRepository,
    private readonly accounts: AccountRepository,
    private readonly memberships: MembershipRepository,
    private readonly rates: KeyRates,
    private readonly tokens: AccessTokens,
  ) {}

  /** @throws Unauthenticated, RateLimited */
  async exchange(plain: string): Promise<AccessToken> {
    const key = await this.tenants.run(anonymousContext(), manager =>
      this.keys.byHash(manager, keyHash(plain)),
    );
    if (!key) throw new Unauthenticated('This key is not valid.');
    await this.rates.take({ id: key.id, perMinute: key.rateLimit });
    const { role, asOf } = await this.roleToday(key);
    return this.tokens.issue({
      kind: 'machine',
      userId: key.createdBy,
      sessionId: key.id,
      familyId: key.familyId,
      role,
      allowedRoles: [role],
      isAnonymous: false,
      elevated: false,
      asOf,
      ratePerMinute: key.rateLimit,
      custom: { 'x-hasura-scopes': `{${key.scopes.join(',')}}` },
    });
  }

  private async roleToday({
    createdBy,
    familyId,
    role,
  }: PresentedKey): Promise<{ role: HasuraRole; asOf: Date }> {
    const { asOf, account, families } = await this.tenants.run(contextOfPerson(createdBy), async manager => ({
      asOf: await this.memberships.holdStanding(manager, createdBy),
      account: await this.accounts.byId(manager, createdBy),
      families: await this.memberships.ofMyself(manager),
    }));
    const family = families.find(each => each.id === familyId && isOpen(each));
    if (!account || account.disabled || (familyId && !family))
      throw new Unauthenticated('The maker of this key is gone.');
    const held = family ? hasuraRoleOf(family.role) : 'user';
    return { role: isAtMost(role, held) ? role : held, asOf };
  }
}
