import { Injectable } from '@nestjs/common';
import { firstOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';

/** Speaks SQL to `auth.totp_uses` and `auth.recovery_codes`. */
@Injectable()
export class FactorRepository {
  /** Notes that the code of a step was used; false when it was used before. */
  async useStep(manager: EntityManager, userId: string, step: number): Promise<boolean> {
    const used = await firstOf(
      manager,
      'insert into auth.totp_uses (user_id, step) values ($1, $2) on conflict do nothing returning step',
      [userId, step],
    );
    await manager.query('delete from auth.totp_uses where user_id = $1 and step < $2 - 10', [userId, step]);
    return used !== undefined;
  }

  async replaceRecoveryCodes(
    manager: EntityManager,
    userId: string,
    hashes: readonly string[],
  ): Promise<void> {
    await manager.query('delete from auth.recovery_codes where user_id = $1', [userId]);
    await manager.query('insert into auth.recovery_codes (user_id, hash) select $1, unnest($2::text[])', [
      userId,
      hashes,
    ]);
  }

  async useRecoveryCode(manager: EntityManager, userId: string, hash: string): Promise<boolean> {
    const used = await firstOf(
      manager,
      'update auth.recovery_codes set used_at = now() where user_id = $1 and hash = $2 and used_at is null returning id',
      [userId, hash],
    );
    return used !== undefined;
  }

  async forget(manager: EntityManager, userId: string): Promise<void> {
    await manager.query('delete from auth.recovery_codes where user_id = $1', [userId]);
  }
}
