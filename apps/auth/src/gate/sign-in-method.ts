/** The ways to prove who one is. */
export type SignInMethod =
  | 'password'
  | 'magic-link'
  | 'email-otp'
  | 'sms-otp'
  | 'oauth'
  | 'id-token'
  | 'webauthn'
  | 'security-key'
  | 'pat'
  | 'anonymous'
  | 'sign-up'
  | 'totp'
  | 'recovery-code';
