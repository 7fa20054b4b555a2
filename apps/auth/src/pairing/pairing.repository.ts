import { Injectable } from '@nestjs/common';
import { firstOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Client } from '../client';
import type { DeviceType } from '../devices';
import type { Pairing } from './pairing';

const COLUMNS = `
  id,
  user_code          as "userCode",
  device_name        as "deviceName",
  device_type        as "deviceType",
  public_key         as "publicKey",
  host(ip)           as ip,
  agent,
  state,
  interval_seconds   as "intervalSeconds",
  coalesce(last_polled_at > clock_timestamp() - make_interval(secs => interval_seconds), false) as "tooSoon",
  expires_at <= now() as expired,
  approved_family_id as "familyId",
  device_id          as "deviceId",
  created_at         as "createdAt"`;

export interface NewPairing {
  deviceCodeHash: string;
  userCode: string;
  clientId: string | null;
  deviceName: string;
  deviceType: DeviceType;
  publicKey: string | null;
  client: Client;
  lifeSeconds: number;
}

/** Speaks SQL to `auth.device_pairings`. */
@Injectable()
export class PairingRepository {
  /** False when the user code is taken by another pairing. */
  async insert(manager: EntityManager, pairing: NewPairing): Promise<boolean> {
    const made = await firstOf(
      manager,
      `insert into auth.device_pairings
         (device_code_hash, user_code, client_id, device_name, device_type, public_key, ip, agent, expires_at)
       values ($1, $2, $3, $4, $5, $6, nullif($7, '')::inet, $8, now() + make_interval(secs => $9))
       on conflict do nothing
       returning id`,
      [
        pairing.deviceCodeHash,
        pairing.userCode,
        pairing.clientId,
        pairing.deviceName,
        pairing.deviceType,
        pairing.publicKey,
        pairing.client.ip,
        pairing.client.agent,
        pairing.lifeSeconds,
      ],
    );
    return made !== undefined;
  }

  /** Finds by what the device holds, and locks: its polls take turns. */
  async lockByDeviceCode(manager: EntityManager, hash: string): Promise<Pairing | undefined> {
    return firstOf<Pairing>(
      manager,
      `select ${COLUMNS} from auth.device_pairings where device_code_hash = $1 for update`,
      [hash],
    );
  }

  /** A pairing that still waits for a yes. */
  async pending(manager: EntityManager, userCode: string): Promise<Pairing | undefined> {
    return firstOf<Pairing>(
      manager,
      `select ${COLUMNS} from auth.device_pairings where user_code = $1 and state = 'pending' and expires_at > now()`,
      [userCode],
    );
  }

  /** Notes a poll; `slower` seconds more must lie before the next. */
  async polled(manager: EntityManager, id: string, slower: number): Promise<void> {
    await manager.query(
      `update auth.device_pairings
       set    last_polled_at = clock_timestamp(), interval_seconds = interval_seconds + $2
       where  id = $1`,
      [id, slower],
    );
  }

  /** Says yes; of two people who do, one does. */
  async approve(
    manager: EntityManager,
    id: string,
    by: { familyId: string; userId: string; deviceId: string },
  ): Promise<boolean> {
    const approved = await firstOf(
      manager,
      `update auth.device_pairings
       set    state = 'approved', approved_family_id = $2, approved_by = $3, device_id = $4, approved_at = now()
       where  id = $1 and state = 'pending' and expires_at > now()
       returning id`,
      [id, by.familyId, by.userId, by.deviceId],
    );
    return approved !== undefined;
  }

  async deny(manager: EntityManager, id: string): Promise<void> {
    await manager.query(
      `update auth.device_pairings set state = 'denied' where id = $1 and state = 'pending'`,
      [id],
    );
  }

  /** Hands out what was approved, once. */
  async claim(manager: EntityManager, id: string): Promise<boolean> {
    const claimed = await firstOf(
      manager,
      `update auth.device_pairings set state = 'claimed', claimed_at = now()
       where  id = $1 and state = 'approved' and expires_at > now()
       returning id`,
      [id],
    );
    return claimed !== undefined;
  }
}
