import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import {
  Clock,
  defineSettings,
  duration,
  ElevationRequired,
  oneOf,
  Unauthenticated,
  type SettingsOf,
} from '@nself/kernel';
import { contextOf, firstOf, TenantTransaction } from '@nself/tenancy';
import { SessionRepository } from '../sessions';

export const elevationSettings = defineSettings('elevation', {
  required: {
    env: 'AUTH_REQUIRE_ELEVATED_CLAIM',
    meaning:
      'Who must show a security key again before changing password, mail or factors: nobody, those who have one, everybody.',
    shape: oneOf(['disabled', 'recommended', 'required']),
    default: 'recommended',
  },
  freshFor: {
    env: 'AUTH_FRESH_SIGN_IN',
    meaning: 'How long after a sign-in such changes are allowed without another one.',
    shape: duration(),
    default: 900_000,
  },
});

/**
 * Guards what would lock the owner out: a stolen access token alone must not change password, mail or factors. It asks
 * for a sign-in a short while ago, and for a security key from those who have one.
 */
@Injectable()
export class FreshSignIn {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
    @Inject(elevationSettings.token) private readonly settings: SettingsOf<typeof elevationSettings>,
  ) {}

  /** @throws ElevationRequired */
  async assert(actor: Actor): Promise<void> {
    const { userId, sessionId } = actor;
    if (!userId || !sessionId) throw new Unauthenticated();
    const { authenticatedAt, elevatedAt, hasKeys } = await this.tenants.run(
      contextOf(actor),
      async manager => {
        const session = await this.sessions.find(manager, sessionId);
        const keys = await firstOf(
          manager,
          'select from auth.user_security_keys where user_id = $1 limit 1',
          [userId],
        );
        return {
          authenticatedAt: session?.authenticatedAt,
          elevatedAt: session?.elevatedAt,
          hasKeys: keys !== undefined,
        };
      },
    );
    if (!this.isRecent(authenticatedAt)) throw new ElevationRequired('Please sign in again first.');
    const needsKey =
      this.settings.required === 'required' || (this.settings.required === 'recommended' && hasKeys);
    if (needsKey && !this.isRecent(elevatedAt))
      throw new ElevationRequired('Please show your security key first.');
  }

  private isRecent(moment: Date | null | undefined): boolean {
    return moment ? this.clock.now().getTime() - moment.getTime() <= this.settings.freshFor : false;
  }
}
