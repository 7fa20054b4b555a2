import { Injectable } from '@nestjs/common';
import { firstOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';

/** A code that a browser was sent back with, waiting for its verifier (RFC 7636). */
export interface ExchangeCode {
  id: string;
  userId: string;
  codeChallenge: string;
  sessionId: string | null;
  used: boolean;
  expired: boolean;
}

/** Speaks SQL to `auth.pkce_codes`. */
@Injectable()
export class ExchangeCodeRepository {
  async insert(
    manager: EntityManager,
    code: { userId: string; hash: string; challenge: string; lifeSeconds: number },
  ): Promise<void> {
    await manager.query(
      `insert into auth.pkce_codes (user_id, code_hash, code_challenge, expires_at)
       values ($1, $2, $3, now() + make_interval(secs => $4))`,
      [code.userId, code.hash, code.challenge, code.lifeSeconds],
    );
  }

  async find(manager: EntityManager, hash: string): Promise<ExchangeCode | undefined> {
    return firstOf<ExchangeCode>(
      manager,
      `select id, user_id as "userId", code_challenge as "codeChallenge", session_id as "sessionId",
              used_at is not null as used, expires_at <= now() as expired
       from   auth.pkce_codes
       where  code_hash = $1`,
      [hash],
    );
  }

  /** Uses the code up for a session; of two racing exchanges one does. */
  async use(manager: EntityManager, id: string, sessionId: string): Promise<boolean> {
    const used = await firstOf(
      manager,
      `update auth.pkce_codes set used_at = now(), session_id = $2
       where  id = $1 and used_at is null
       returning id`,
      [id, sessionId],
    );
    return used !== undefined;
  }
}
