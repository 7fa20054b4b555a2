import { Injectable } from '@nestjs/common';
import { firstOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';

/** An account of another house that is joined to one of ours. */
export interface LinkedIdentity {
  userId: string;
  provider: string;
  providerUserId: string;
  /** Sealed. */
  accessToken: string;
  refreshToken: string | null;
}

/** Speaks SQL to `auth.user_providers`. */
@Injectable()
export class IdentityRepository {
  async ownerOf(
    manager: EntityManager,
    provider: string,
    providerUserId: string,
  ): Promise<string | undefined> {
    const found = await firstOf<{ userId: string }>(
      manager,
      'select user_id as "userId" from auth.user_providers where provider_id = $1 and provider_user_id = $2',
      [provider, providerUserId],
    );
    return found?.userId;
  }

  /** Joins, or renews the tokens of what is joined already; false when it is joined to somebody else. */
  async save(manager: EntityManager, identity: LinkedIdentity): Promise<boolean> {
    await manager.query('insert into auth.providers (id) values ($1) on conflict do nothing', [
      identity.provider,
    ]);
    const saved = await firstOf(
      manager,
      `insert into auth.user_providers as known (user_id, provider_id, provider_user_id, access_token, refresh_token)
       values ($1, $2, $3, $4, $5)
       on conflict (provider_id, provider_user_id)
         do update set access_token = excluded.access_token, refresh_token = excluded.refresh_token
         where known.user_id = excluded.user_id
       returning user_id`,
      [
        identity.userId,
        identity.provider,
        identity.providerUserId,
        identity.accessToken,
        identity.refreshToken,
      ],
    );
    return saved !== undefined;
  }
}
