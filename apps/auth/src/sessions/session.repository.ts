import { Injectable } from '@nestjs/common';
import type { HasuraRole } from '@nself/identity';
import { rowsOf, type GroupStatement } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Client } from '../client';
import type { Session } from './session';

const COLUMNS = `
  id,
  user_id          as "userId",
  active_family_id as "activeFamilyId",
  device_id        as "deviceId",
  host(ip)         as ip,
  agent,
  created_at       as "createdAt",
  last_seen_at     as "lastSeenAt",
  authenticated_at as "authenticatedAt",
  elevated_at      as "elevatedAt",
  expires_at       as "expiresAt",
  ended_at         as "endedAt"`;

/** The account is locked until the session is there: who disables it or changes the password then ends the session. */
const OPEN = `
  insert into auth.sessions (id, user_id, active_family_id, active_role, device_id, ip, agent, mfa_at, expires_at,
                             authenticated_at)
  select $1::uuid, u.id, $3::uuid, $4, $5::uuid, nullif($6, '')::inet, $7, case when $8::boolean then now() end,
         now() + make_interval(secs => $9), case when $10::boolean then now() else 'epoch' end
  from   auth.users u
  where  u.id = $2 and not u.disabled and ($11::text is null or u.password_hash = $11)
  for    no key update of u`;

export interface NewSession {
  id: string;
  userId: string;
  familyId: string | null;
  role: HasuraRole;
  deviceId?: string;
  client: Client;
  lifeSeconds: number;
  /** True when a second factor was shown. */
  mfa: boolean;
  /** True when a person was there; a stored key proves nobody's presence. */
  present: boolean;
  /** Opens nothing when this is no longer the hash of the password. */
  passwordHash?: string | null;
}

/** Speaks SQL to `auth.sessions`. */
@Injectable()
export class SessionRepository {
  /** Opens a session, unless the account was disabled or its password changed meanwhile: a statement of a group. */
  opening(session: NewSession): GroupStatement {
    const { client } = session;
    const who = [session.id, session.userId, session.familyId, session.role, session.deviceId ?? null];
    const how = [client.ip, client.agent, session.mfa, session.lifeSeconds, session.present];
    return { text: OPEN, values: [...who, ...how, session.passwordHash ?? null] };
  }

  async find(manager: EntityManager, id: string): Promise<Session | undefined> {
    const rows = await rowsOf<Session>(manager, `select ${COLUMNS} from auth.sessions where id = $1`, [id]);
    return rows[0];
  }

  /** Finds and locks: whoever ends the session meanwhile waits, or is waited for. */
  async lock(manager: EntityManager, id: string): Promise<Session | undefined> {
    const text = `select ${COLUMNS} from auth.sessions where id = $1 for update`;
    return (await rowsOf<Session>(manager, text, [id]))[0];
  }

  /** The live sessions of a person, last seen first. */
  async listLive(manager: EntityManager, userId: string): Promise<Session[]> {
    return manager.query(
      `select ${COLUMNS}
       from   auth.sessions
       where  user_id = $1 and ended_at is null and expires_at > now()
       order  by last_seen_at desc, id`,
      [userId],
    );
  }

  /** The live sessions that speak for a family now, last seen first. */
  async listOfFamily(manager: EntityManager, familyId: string): Promise<Session[]> {
    return manager.query(
      `select ${COLUMNS}
       from   auth.sessions
       where  active_family_id = $1 and ended_at is null and expires_at > now()
       order  by last_seen_at desc, id
       limit  500`,
      [familyId],
    );
  }

  /** Notes that the session was used, and for which family it speaks now. */
  async touch(manager: EntityManager, id: string, familyId: string | null, role: HasuraRole): Promise<void> {
    await manager.query(
      'update auth.sessions set last_seen_at = now(), active_family_id = $2, active_role = $3 where id = $1',
      [id, familyId, role],
    );
  }

  async elevate(manager: EntityManager, id: string): Promise<void> {
    await manager.query(
      'update auth.sessions set elevated_at = now(), authenticated_at = now() where id = $1',
      [id],
    );
  }

  /** Ends one live session with its refresh tokens; answers whose it was, or nothing when there was none to end. */
  async end(manager: EntityManager, id: string, reason: string): Promise<Session | undefined> {
    const rows = await rowsOf<Session>(
      manager,
      `update auth.sessions set ended_at = now(), end_reason = $2
       where  id = $1 and ended_at is null
       returning ${COLUMNS}`,
      [id, reason],
    );
    await this.revokeTokens(
      manager,
      rows.map(each => each.id),
    );
    return rows[0];
  }

  /** Ends every live session of a person but `exceptId`; answers the ids of those that ended. */
  async endAll(manager: EntityManager, userId: string, reason: string, exceptId?: string): Promise<string[]> {
    const rows = await rowsOf<{ id: string }>(
      manager,
      `update auth.sessions set ended_at = now(), end_reason = $2
       where  user_id = $1 and ended_at is null and id is distinct from $3
       returning id`,
      [userId, reason, exceptId ?? null],
    );
    const ids = rows.map(each => each.id);
    await this.revokeTokens(manager, ids);
    return ids;
  }

  private async revokeTokens(manager: EntityManager, sessionIds: string[]): Promise<void> {
    await manager.query(
      'update auth.refresh_tokens set revoked_at = now() where session_id = any ($1) and revoked_at is null',
      [sessionIds],
    );
  }
}
