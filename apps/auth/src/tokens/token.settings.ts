import { defineSettings, integer, text, type SettingsOf } from '@nself/kernel';

/** How tokens are signed and how long they live. */
export const tokenSettings = defineSettings('tokens', {
  privateKey: {
    env: 'AUTH_JWT_PRIVATE_KEY',
    meaning:
      'Key that signs access tokens: PEM (PKCS8), RSA for RS256 or P-256 for ES256. Needed unless they are HS256.',
    shape: text({ multiline: true, secret: true }),
    optional: true,
  },
  previousKeys: {
    env: 'AUTH_JWT_PREVIOUS_KEYS',
    meaning:
      'Keys that signed before the current one, as PEM blocks; their tokens stay valid until they expire.',
    shape: text({ multiline: true, secret: true }),
    optional: true,
  },
  issuer: {
    env: 'AUTH_JWT_ISSUER',
    meaning: 'Issuer written into tokens.',
    shape: text(),
    derived: {
      says: 'the public address of auth',
      from: read => read('AUTH_URL') ?? `http://127.0.0.1:${read('AUTH_PORT') ?? '4000'}`,
    },
  },
  audience: {
    env: 'AUTH_JWT_AUDIENCE',
    meaning: 'Audience written into tokens.',
    shape: text(),
    default: 'nself',
  },
  accessTokenSeconds: {
    env: 'AUTH_ACCESS_TOKEN_EXPIRES_IN',
    meaning: 'Life of an access token, in seconds.',
    shape: integer({ min: 10, max: 86_400 }),
    default: 900,
  },
  refreshTokenSeconds: {
    env: 'AUTH_REFRESH_TOKEN_EXPIRES_IN',
    meaning: 'Life of a refresh token, in seconds; each use starts it anew.',
    shape: integer({ min: 60, max: 34_560_000 }),
    default: 2_592_000,
  },
  sessionSeconds: {
    env: 'AUTH_SESSION_EXPIRES_IN',
    meaning: 'Absolute end of a session, in seconds after the sign-in, however often it is refreshed.',
    shape: integer({ min: 60, max: 315_360_000 }),
    default: 15_552_000,
  },
  refreshGraceSeconds: {
    env: 'AUTH_REFRESH_TOKEN_GRACE',
    meaning:
      'Seconds in which a used refresh token gives the same successor again instead of ending the session.',
    shape: integer({ min: 0, max: 60 }),
    default: 10,
  },
  customClaims: {
    env: 'AUTH_JWT_CUSTOM_CLAIMS',
    meaning: 'Claims beside the standard ones: a JSON object of names to paths into the account.',
    shape: text(),
    default: '{}',
  },
});

export type TokenSettings = SettingsOf<typeof tokenSettings>;
