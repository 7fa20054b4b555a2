import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { Background } from '../background';

const HOUR = 3_600_000;

/** What can no longer matter to anybody. A refresh token outlives its rotation for a while, so that reuse is noticed. */
const SWEEPS = [
  `delete from auth.tickets         where expires_at < now() - interval '1 day'`,
  `delete from auth.nonces          where expires_at < now()`,
  `delete from auth.pkce_codes      where expires_at < now() - interval '1 day'`,
  `delete from auth.device_pairings where expires_at < now() - interval '1 day' and state <> 'approved'`,
  `delete from auth.refresh_tokens  where expires_at < now() - interval '30 days'`,
  `delete from auth.sessions        where least(ended_at, expires_at) < now() - interval '90 days'`,
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
