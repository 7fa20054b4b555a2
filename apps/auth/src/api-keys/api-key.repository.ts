import { Injectable } from '@nestjs/common';
import { firstOf, rowsOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { ApiKey, PresentedKey } from './api-key';

const COLUMNS = `
  id, family_id as "familyId", name, prefix, role, scopes, rate_limit as "rateLimit", last_used_at as "lastUsedAt",
  expires_at as "expiresAt", revoked_at as "revokedAt", created_at as "createdAt"`;

export type NewApiKey = Pick<
  ApiKey,
  'familyId' | 'name' | 'prefix' | 'role' | 'scopes' | 'rateLimit' | 'expiresAt'
> & {
  createdBy: string;
  hash: string;
};

/** Speaks SQL to `ops.api_keys`; keys are found and ended by functions that look across families. */
@Injectable()
export class ApiKeyRepository {
  async insert(manager: EntityManager, key: NewApiKey): Promise<ApiKey> {
    const [made] = await rowsOf<ApiKey>(
      manager,
      `insert into ops.api_keys (family_id, created_by, name, prefix, hash, role, scopes, rate_limit, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       returning ${COLUMNS}`,
      [
        key.familyId,
        key.createdBy,
        key.name,
        key.prefix,
        key.hash,
        key.role,
        key.scopes,
        key.rateLimit,
        key.expiresAt,
      ],
    );
    return made as ApiKey;
  }

  /** The keys of the person in the context, newest first. */
  async ofMyself(manager: EntityManager): Promise<ApiKey[]> {
    return rowsOf<ApiKey>(manager, `select ${COLUMNS} from app.my_api_keys() limit 100`);
  }

  async revokeMine(manager: EntityManager, id: string): Promise<boolean> {
    const found = await firstOf<{ revoked: boolean }>(
      manager,
      'select app.revoke_my_api_key($1) as revoked',
      [id],
    );
    return found?.revoked ?? false;
  }

  /** A key that is good now; notes the use. */
  async byHash(manager: EntityManager, hash: string): Promise<PresentedKey | undefined> {
    return firstOf<PresentedKey>(
      manager,
      `select id, family_id as "familyId", created_by as "createdBy", role, scopes, rate_limit as "rateLimit"
       from   app.api_key_by_hash($1)
       where  revoked_at is null and (expires_at is null or expires_at > now())`,
      [hash],
    );
  }
}
