import { Injectable } from '@nestjs/common';
import type { CursorPosition } from '@nself/kernel';
import { firstOf, rowsOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Device, DeviceType, NewDevice } from './device';

const COLUMNS = `
  id, family_id as "familyId", type, name, public_key as "publicKey", key_rotate_at as "keyRotateAt", trusted,
  trusted_by as "trustedBy", revoked_at as "revokedAt", last_seen_at as "lastSeenAt", created_at as "createdAt"`;

/** Days until a key must be replaced. */
const KEY_DAYS = 90;

/** Speaks SQL to `devices` and `device_bootstrap_tokens`. */
@Injectable()
export class DeviceRepository {
  async insert(manager: EntityManager, device: NewDevice): Promise<Device> {
    const [made] = await rowsOf<Device>(
      manager,
      `insert into devices (id, family_id, type, name, public_key, key_rotate_at, trusted, trusted_by, trusted_at)
       values ($1, $2, $3, $4, $5, case when $5::text is not null then now() + make_interval(days => $7) end,
               true, $6, now())
       returning ${COLUMNS}`,
      [device.id, device.familyId, device.type, device.name, device.publicKey, device.trustedBy, KEY_DAYS],
    );
    return made as Device;
  }

  async find(manager: EntityManager, id: string): Promise<Device | undefined> {
    return firstOf<Device>(manager, `select ${COLUMNS} from devices where id = $1`, [id]);
  }

  /** The family of a device that nobody vouches for yet. Crosses families by a function made for it. */
  async familyOf(manager: EntityManager, id: string): Promise<string | undefined> {
    const found = await firstOf<{ familyId: string }>(
      manager,
      'select family_id as "familyId" from app.device_by_id($1)',
      [id],
    );
    return found?.familyId;
  }

  async list(
    manager: EntityManager,
    familyId: string,
    after: CursorPosition | null,
    limit: number,
  ): Promise<Device[]> {
    return rowsOf<Device>(
      manager,
      `select ${COLUMNS}
       from   devices
       where  family_id = $1 and ($2::uuid is null or id < $2)
       order  by id desc
       limit  $3`,
      [familyId, after?.[0] ?? null, limit],
    );
  }

  async seen(manager: EntityManager, id: string, ip: string): Promise<void> {
    await manager.query(
      `update devices set last_seen_at = now(), last_ip = nullif($2, '')::inet where id = $1`,
      [id, ip],
    );
  }

  /** Replaces a key by the next, unless another has replaced it since. */
  async changeKey(
    manager: EntityManager,
    id: string,
    old: string,
    next: string,
  ): Promise<Device | undefined> {
    return firstOf<Device>(
      manager,
      `update devices set public_key = $3, key_rotate_at = now() + make_interval(days => $4)
       where  id = $1 and public_key = $2 and revoked_at is null
       returning ${COLUMNS}`,
      [id, old, next, KEY_DAYS],
    );
  }

  async revoke(manager: EntityManager, id: string): Promise<Device | undefined> {
    return firstOf<Device>(
      manager,
      `update devices set trusted = false, revoked_at = now() where id = $1 and revoked_at is null returning ${COLUMNS}`,
      [id],
    );
  }

  async insertBootstrapToken(
    manager: EntityManager,
    token: NewBootstrapToken,
  ): Promise<{ id: string; expiresAt: Date }> {
    const [made] = await rowsOf<{ id: string; expiresAt: Date }>(
      manager,
      `insert into device_bootstrap_tokens (family_id, token_hash, device_type, name, created_by, expires_at)
       values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
       returning id, expires_at as "expiresAt"`,
      [token.familyId, token.hash, token.type, token.name, token.createdBy, token.lifeSeconds],
    );
    return made as { id: string; expiresAt: Date };
  }

  /** An open token, found without knowing its family. */
  async bootstrapToken(manager: EntityManager, hash: string): Promise<BootstrapToken | undefined> {
    return firstOf<BootstrapToken>(
      manager,
      `select id, family_id as "familyId", device_type as type, name
       from   app.bootstrap_token_by_hash($1)
       where  used_at is null and revoked_at is null and expires_at > now()`,
      [hash],
    );
  }

  /** Uses a token up for a device, and answers who gave it out; of two racing boxes one gets it. */
  async useBootstrapToken(
    manager: EntityManager,
    id: string,
    deviceId: string,
  ): Promise<{ createdBy: string | null } | undefined> {
    return firstOf(
      manager,
      `update device_bootstrap_tokens set used_at = now(), device_id = $2
       where  id = $1 and used_at is null and revoked_at is null and expires_at > now()
       returning created_by as "createdBy"`,
      [id, deviceId],
    );
  }

  /** Remembers a signed nonce; false when it was seen before. */
  async rememberNonce(
    manager: EntityManager,
    subject: string,
    nonce: string,
    lifeSeconds: number,
  ): Promise<boolean> {
    await manager.query('delete from auth.nonces where expires_at < now()');
    const fresh = await firstOf(
      manager,
      `insert into auth.nonces (nonce, subject, expires_at) values ($1, $2, now() + make_interval(secs => $3))
       on conflict do nothing returning nonce`,
      [`${subject} ${nonce}`, subject, lifeSeconds],
    );
    return fresh !== undefined;
  }
}

interface NewBootstrapToken {
  familyId: string;
  hash: string;
  type: DeviceType;
  name: string;
  createdBy: string;
  lifeSeconds: number;
}

/** A token that is still good, found by its hash. */
export interface BootstrapToken {
  id: string;
  familyId: string;
  type: DeviceType;
  name: string;
}
