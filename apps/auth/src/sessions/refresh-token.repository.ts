import { Injectable } from '@nestjs/common';
import { rowsOf, type GroupStatement } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';

/** Whose a refresh token is, and for which family its session speaks. */
export interface RefreshTokenOwner {
  userId: string;
  sessionId: string | null;
  activeFamilyId: string | null;
  type: 'regular' | 'pat';
}

/** A refresh token as it lies in the database: its hash only, and what became of it. */
export interface StoredRefreshToken {
  id: string;
  userId: string;
  sessionId: string | null;
  expired: boolean;
  revokedAt: Date | null;
  rotatedAt: Date | null;
  /** Seconds since it was exchanged for its successor, by the database's clock. */
  rotatedAgo: number | null;
  successorId: string | null;
  successorSealed: Buffer | null;
}

export interface NewRefreshToken {
  userId: string;
  sessionId: string;
  hash: string;
  lifeSeconds: number;
}

const LOOK_UP = `
  select jsonb_build_object(
           'userId',         t.user_id,
           'sessionId',      t.session_id,
           'activeFamilyId', s.active_family_id,
           'type',           t.type) as row
  from   auth.refresh_tokens t
  left   join auth.sessions s on s.id = t.session_id
  where  t.refresh_token_hash = $1`;

const LOCK = `
  select t.id,
         t.user_id           as "userId",
         t.session_id        as "sessionId",
         t.expires_at <= now() as expired,
         t.revoked_at        as "revokedAt",
         t.rotated_at        as "rotatedAt",
         extract(epoch from clock_timestamp() - t.rotated_at)::float8 as "rotatedAgo",
         t.successor_id      as "successorId",
         t.successor_sealed  as "successorSealed"
  from   auth.refresh_tokens t
  where  t.refresh_token_hash = $1
  for    update`;

const INSERT = `
  insert into auth.refresh_tokens (id, user_id, session_id, refresh_token_hash, expires_at)
  values ($1, $2, $3, $4, now() + make_interval(secs => $5))`;

export const ownerFrom = (row: unknown): RefreshTokenOwner | undefined =>
  row as RefreshTokenOwner | undefined;

/** Speaks SQL to `auth.refresh_tokens`. */
@Injectable()
export class RefreshTokenRepository {
  /** Answers its id. */
  async insert(manager: EntityManager, token: NewRefreshToken): Promise<string> {
    const id = uuidV7();
    const { text, values } = this.issuing(id, token);
    await manager.query(text, [...values]);
    return id;
  }

  /** The same as a statement of a group. */
  issuing(id: string, { userId, sessionId, hash, lifeSeconds }: NewRefreshToken): GroupStatement {
    return { text: INSERT, values: [id, userId, sessionId, hash, lifeSeconds] };
  }

  /** Finds whose it is, before anybody is known: a statement of a group. `ownerFrom` reads its row. */
  lookUp(hash: string): GroupStatement {
    return { text: LOOK_UP, values: [hash] };
  }

  /** Finds and locks: of parallel refreshes with one token, one rotates and the others see that it did. */
  async lock(manager: EntityManager, hash: string): Promise<StoredRefreshToken | undefined> {
    const rows = await rowsOf<StoredRefreshToken>(manager, LOCK, [hash]);
    return rows[0];
  }

  async markRotated(manager: EntityManager, id: string, successorId: string, sealed: Buffer): Promise<void> {
    await manager.query(
      `update auth.refresh_tokens
       set    rotated_at = clock_timestamp(), last_used_at = now(), successor_id = $2, successor_sealed = $3
       where  id = $1`,
      [id, successorId, sealed],
    );
  }
}
