import { Injectable } from '@nestjs/common';
import { firstOf, rowsOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';

type Row = Record<string, unknown>;

/** Everything that auth keeps about a person, by table, without secrets. */
const QUERIES = {
  account: `
    select id, created_at, updated_at, last_seen, display_name, avatar_url, locale, email, email_verified, new_email,
           phone_number, phone_number_verified, default_role, is_anonymous, active_mfa_type, metadata
    from   auth.users where id = $1`,
  roles: 'select role, created_at from auth.user_roles where user_id = $1 order by created_at',
  providers: `
    select provider_id as provider, provider_user_id, created_at, updated_at
    from   auth.user_providers where user_id = $1 order by created_at`,
  securityKeys: `
    select id, nickname, transports, created_at, last_used_at
    from   auth.user_security_keys where user_id = $1 order by created_at`,
  sessions: `
    select id, host(ip) as ip, agent, created_at, last_seen_at, expires_at, ended_at, end_reason
    from   auth.sessions where user_id = $1 order by created_at`,
  personalTokens: `
    select id, metadata, created_at, expires_at, last_used_at
    from   auth.refresh_tokens where user_id = $1 and type = 'pat' order by created_at`,
} as const;

/** Speaks SQL about all that concerns one person. */
@Injectable()
export class AccountDataRepository {
  async collect(manager: EntityManager, userId: string): Promise<Record<keyof typeof QUERIES, Row[]>> {
    const parts: [string, Row[]][] = [];
    for (const [name, query] of Object.entries(QUERIES))
      parts.push([name, await rowsOf<Row>(manager, query, [userId])]);
    return Object.fromEntries(parts) as Record<keyof typeof QUERIES, Row[]>;
  }

  /** How many active people but this one the family of the context has. */
  async othersIn(manager: EntityManager, familyId: string, userId: string): Promise<number> {
    const found = await firstOf<{ others: number }>(
      manager,
      `select count(*)::int as others
       from   family_members
       where  family_id = $1 and user_id <> $2 and state <> 'inactive' and role <> 'DEVICE'`,
      [familyId, userId],
    );
    return found?.others ?? 0;
  }

  /** Deletes the accounts of the devices of a family, which are nobody without it; answers their ids. */
  async deleteDevices(manager: EntityManager, familyId: string): Promise<string[]> {
    const deleted = await rowsOf<{ id: string }>(
      manager,
      `delete from auth.users u using devices d where d.family_id = $1 and u.id = d.id returning u.id`,
      [familyId],
    );
    return deleted.map(each => each.id);
  }

  /** How many active owners but this one the family of the context has. */
  async otherOwnersIn(manager: EntityManager, familyId: string, userId: string): Promise<number> {
    const found = await firstOf<{ owners: number }>(
      manager,
      `select count(*)::int as owners
       from   family_members
       where  family_id = $1 and user_id <> $2 and state = 'active' and role = 'OWNER'`,
      [familyId, userId],
    );
    return found?.owners ?? 0;
  }

  /** Deletes the family of the context with all that it holds. */
  async deleteFamily(manager: EntityManager, familyId: string): Promise<void> {
    await manager.query('delete from families where id = $1', [familyId]);
  }
}
