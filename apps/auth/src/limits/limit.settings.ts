import { boolean, defineSettings, duration, integer, type SettingsOf } from '@nself/kernel';

const burst = (env: string, meaning: string, count: number) => ({
  env,
  meaning,
  shape: integer({ min: 1 }),
  default: count,
});
const interval = (env: string, meaning: string, milliseconds: number) => ({
  env,
  meaning,
  shape: duration({ min: 1_000 }),
  default: milliseconds,
});

/** How often is too often. Names are Nhost's where Nhost has one. */
export const limitSettings = defineSettings('limits', {
  enabled: {
    env: 'AUTH_RATE_LIMIT_ENABLE',
    meaning: 'Limit how often an address or account may ask.',
    shape: boolean(),
    default: true,
  },
  globalBurst: burst(
    'AUTH_RATE_LIMIT_GLOBAL_BURST',
    'Requests to auth from one address within the global interval.',
    6000,
  ),
  globalInterval: interval('AUTH_RATE_LIMIT_GLOBAL_INTERVAL', 'The global interval.', 60_000),
  bruteForceBurst: burst(
    'AUTH_RATE_LIMIT_BRUTE_FORCE_BURST',
    'Wrong passwords and codes from one address within the brute-force interval.',
    100,
  ),
  bruteForceInterval: interval('AUTH_RATE_LIMIT_BRUTE_FORCE_INTERVAL', 'The brute-force interval.', 300_000),
  signupsBurst: burst(
    'AUTH_RATE_LIMIT_SIGNUPS_BURST',
    'New accounts from one address within the sign-up interval.',
    600,
  ),
  signupsInterval: interval('AUTH_RATE_LIMIT_SIGNUPS_INTERVAL', 'The sign-up interval.', 300_000),
  emailsBurst: burst('AUTH_RATE_LIMIT_EMAIL_BURST', 'Mails to one recipient within the mail interval.', 10),
  emailsInterval: interval('AUTH_RATE_LIMIT_EMAIL_INTERVAL', 'The mail interval.', 3_600_000),
  smsBurst: burst(
    'AUTH_RATE_LIMIT_SMS_BURST',
    'Text messages to one number within the message interval.',
    10,
  ),
  smsInterval: interval('AUTH_RATE_LIMIT_SMS_INTERVAL', 'The message interval.', 3_600_000),
  lockoutAttempts: {
    env: 'AUTH_LOCKOUT_ATTEMPTS',
    meaning:
      'Wrong passwords or codes for one account before it is locked for a while; 0 switches lockouts off.',
    shape: integer({ min: 0, max: 1000 }),
    default: 10,
  },
  lockoutDuration: interval('AUTH_LOCKOUT_DURATION', 'How long a locked account stays locked.', 900_000),
});

export type LimitSettings = SettingsOf<typeof limitSettings>;
