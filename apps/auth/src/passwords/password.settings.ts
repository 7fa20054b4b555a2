import { boolean, defineSettings, integer, url, type SettingsOf } from '@nself/kernel';

/** How passwords are judged and stored. Names are Nhost's where Nhost has one. */
export const passwordSettings = defineSettings('passwords', {
  minLength: {
    env: 'AUTH_PASSWORD_MIN_LENGTH',
    meaning: 'Shortest password accepted, in characters, when it is the only factor.',
    shape: integer({ min: 3, max: 128 }),
    default: 15,
  },
  minLengthWithSecondFactor: {
    env: 'AUTH_PASSWORD_MIN_LENGTH_MFA',
    meaning: 'Shortest password accepted, in characters, from a person who signs in with a second factor.',
    shape: integer({ min: 3, max: 128 }),
    default: 8,
  },
  breachCheck: {
    env: 'AUTH_PASSWORD_HIBP_ENABLED',
    meaning: 'Ask the range service of Have I Been Pwned whether a new password is known from a breach.',
    shape: boolean(),
    default: false,
  },
  breachUrl: {
    env: 'AUTH_PASSWORD_HIBP_URL',
    meaning:
      'Address of the breach range service; a slash and five characters of a hash are added to it. A private one must be named in OUTBOUND_ALLOWED too.',
    shape: url(),
    default: 'https://api.pwnedpasswords.com/range',
  },
  argonMemory: {
    env: 'AUTH_ARGON2_MEMORY_KIB',
    meaning: 'Memory that one password hash takes, in KiB (argon2id).',
    shape: integer({ min: 1024, max: 1_048_576 }),
    default: 19_456,
  },
  argonPasses: {
    env: 'AUTH_ARGON2_PASSES',
    meaning: 'Passes over that memory (argon2id time cost).',
    shape: integer({ min: 2, max: 32 }),
    default: 2,
  },
});

export type PasswordSettings = SettingsOf<typeof passwordSettings>;
