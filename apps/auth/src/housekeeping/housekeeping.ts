import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { Background } from '../background';

const HOUR = 3_600_000;

/**
 * What can no longer matter to anybody. The function takes what lies in tables of all rooms: tickets and codes, nonces,
 * pairings, revocations, idempotency keys, sent mails, shared places. A refresh token outlives its rotation for a
 * while, so that reuse is noticed.
 */
const SWEEPS = [
  `select ops.purge_expired()`,
  `delete from auth.pkce_codes     where expires_at < now() - interval '1 day'`,
  `delete from auth.totp_uses      where created_at < now() - interval '1 day'`,
  `delete from auth.refresh_tokens where expires_at < now() - interval '30 days'`,
  `delete from auth.sessions       where least(ended_at, expires_at) < now() - interval '90 days'`,
];

/** Sweeps out, once an hour, what has expired. Several instances may sweep; the second finds nothing. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly tenants: TenantTransaction,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.background.start('housekeeping', () => this.sweep()), HOUR).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async sweep(): Promise<void> {
    for (const statement of SWEEPS)
      await this.tenants.run(anonymousContext(), manager => manager.query(statement));
  }
}
