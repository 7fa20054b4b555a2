import { Injectable } from '@nestjs/common';
import { firstOf, rowsOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';

/** A personal token as its owner sees it. */
export interface PersonalToken {
  id: string;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  metadata: Record<string, unknown> | null;
}

/** Speaks SQL to the rows of `auth.refresh_tokens` that are personal tokens. */
@Injectable()
export class PersonalTokenRepository {
  async insert(
    manager: EntityManager,
    token: { userId: string; hash: string; expiresAt: Date; metadata: Record<string, unknown> },
  ): Promise<string> {
    const [made] = await rowsOf<{ id: string }>(
      manager,
      `insert into auth.refresh_tokens (user_id, type, refresh_token_hash, expires_at, metadata)
       values ($1, 'pat', $2, $3, $4)
       returning id`,
      [token.userId, token.hash, token.expiresAt, JSON.stringify(token.metadata)],
    );
    return (made as { id: string }).id;
  }

  /** Whose it is, when it is good; notes the use. */
  async use(manager: EntityManager, hash: string): Promise<string | undefined> {
    const used = await firstOf<{ userId: string }>(
      manager,
      `update auth.refresh_tokens set last_used_at = now()
       where  refresh_token_hash = $1 and type = 'pat' and expires_at > now() and revoked_at is null
       returning user_id as "userId"`,
      [hash],
    );
    return used?.userId;
  }

  async list(manager: EntityManager, userId: string): Promise<PersonalToken[]> {
    return rowsOf<PersonalToken>(
      manager,
      `select id, created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt", metadata
       from   auth.refresh_tokens
       where  user_id = $1 and type = 'pat' and expires_at > now() and revoked_at is null
       order  by id desc
       limit  100`,
      [userId],
    );
  }

  async revoke(manager: EntityManager, userId: string, id: string): Promise<boolean> {
    const revoked = await firstOf(
      manager,
      `update auth.refresh_tokens set revoked_at = now()
       where  id = $2 and user_id = $1 and type = 'pat' and revoked_at is null
       returning id`,
      [userId, id],
    );
    return revoked !== undefined;
  }
}
