import { Injectable } from '@nestjs/common';
import { firstOf, rowsOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';

/** A key as it lies in `auth.user_security_keys`. */
export interface SecurityKey {
  id: string;
  userId: string;
  credentialId: string;
  publicKey: Buffer;
  counter: number;
  transports: string[];
  nickname: string | null;
}

export type NewSecurityKey = Omit<SecurityKey, 'id'>;

const COLUMNS = `
  id,
  user_id               as "userId",
  credential_id         as "credentialId",
  credential_public_key as "publicKey",
  counter::float8       as counter,
  string_to_array(nullif(transports, ''), ',') as transports,
  nickname`;

/** Speaks SQL to `auth.user_security_keys`. */
@Injectable()
export class SecurityKeyRepository {
  async insert(manager: EntityManager, key: NewSecurityKey): Promise<string | undefined> {
    const made = await firstOf<{ id: string }>(
      manager,
      `insert into auth.user_security_keys (user_id, credential_id, credential_public_key, counter, transports, nickname)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (credential_id) do nothing
       returning id`,
      [key.userId, key.credentialId, key.publicKey, key.counter, key.transports.join(','), key.nickname],
    );
    return made?.id;
  }

  async byCredential(manager: EntityManager, credentialId: string): Promise<SecurityKey | undefined> {
    return firstOf<SecurityKey>(
      manager,
      `select ${COLUMNS} from auth.user_security_keys where credential_id = $1`,
      [credentialId],
    );
  }

  async ofUser(manager: EntityManager, userId: string): Promise<SecurityKey[]> {
    return rowsOf<SecurityKey>(
      manager,
      `select ${COLUMNS} from auth.user_security_keys where user_id = $1 order by created_at`,
      [userId],
    );
  }

  /** Notes the use; false when the counter did not move on, which is what a copied key looks like. */
  async use(manager: EntityManager, id: string, counter: number): Promise<boolean> {
    const used = await firstOf(
      manager,
      `update auth.user_security_keys set counter = $2, last_used_at = now()
       where  id = $1 and ($2 > counter or ($2 = 0 and counter = 0))
       returning id`,
      [id, counter],
    );
    return used !== undefined;
  }

  async remove(manager: EntityManager, userId: string, id: string): Promise<boolean> {
    const removed = await firstOf(
      manager,
      'delete from auth.user_security_keys where id = $2 and user_id = $1 returning id',
      [userId, id],
    );
    return removed !== undefined;
  }
}
