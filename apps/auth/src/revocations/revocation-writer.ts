import { Inject, Injectable } from '@nestjs/common';
import { REVOCATION_CHANNEL, Revocations } from '@nself/identity';
import { REDIS } from '@nself/kernel';
import { logger } from '@nself/observability';
import type { Redis } from 'ioredis';
import { onlyRow } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { tokenSettings, type TokenSettings } from '../tokens';
import type { Revocation, Revoked } from './revocation';

const log = logger('auth.revocations');
const MARGIN_SECONDS = 120;

/**
 * Makes access tokens refusable before they expire. The row in Postgres is the truth and is written in the
 * transaction of the change itself; the message on Redis only makes it known within a second.
 */
@Injectable()
export class RevocationWriter {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(tokenSettings.token) private readonly settings: TokenSettings,
    private readonly known: Revocations,
  ) {}

  /**
   * Writes the row; hand what comes back to {@link announce} when the transaction has committed. The row itself cannot
   * be read back here: without a family it belongs to the platform. Postgres stamps it, and from then on no token is
   * made of what is being taken away (see the migration `standing`), so that a moment later is as good.
   */
  async record(manager: EntityManager, revocation: Revocation, reason: string): Promise<Revoked> {
    const { kind, userId, sessionId, familyId, deviceId } = { ...NOBODY, ...revocation };
    await manager.query(
      `insert into auth.revocations (kind, session_id, user_id, family_id, device_id, reason, expires_at)
       values ($1, $2, $3, $4, $5, $6, clock_timestamp() + make_interval(secs => $7))`,
      [
        kind,
        sessionId,
        userId,
        familyId,
        deviceId,
        reason,
        this.settings.accessTokenSeconds + MARGIN_SECONDS,
      ],
    );
    const { at } = await onlyRow<{ at: Date }>(manager, 'select clock_timestamp() as at');
    return { ...revocation, at: at.getTime() };
  }

  /**
   * Tells every service. This one knows before its caller has an answer; when Redis is down the others learn it from
   * Postgres, at the age limit of their view.
   */
  async announce(...revoked: Revoked[]): Promise<void> {
    for (const each of revoked) this.known.add(each);
    if (this.redis.status !== 'ready') return this.missed();
    try {
      await Promise.all(revoked.map(each => this.redis.publish(REVOCATION_CHANNEL, JSON.stringify(each))));
    } catch (error) {
      this.missed(error);
    }
  }

  private missed(error?: unknown): void {
    log.warn({ err: error }, 'a revocation could not be announced; services will read it from the database');
  }
}

const NOBODY = { userId: null, sessionId: null, familyId: null, deviceId: null };
