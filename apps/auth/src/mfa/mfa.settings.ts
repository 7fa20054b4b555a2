import { boolean, defineSettings, text, type SettingsOf } from '@nself/kernel';

export const mfaSettings = defineSettings('mfa', {
  enabled: {
    env: 'AUTH_MFA_ENABLED',
    meaning: 'Offer one-time codes of an app as second factor.',
    shape: boolean(),
    default: true,
  },
  issuer: {
    env: 'AUTH_MFA_TOTP_ISSUER',
    meaning: 'Name that such an app shows beside the code.',
    shape: text(),
    default: 'nself',
  },
});

export type MfaSettings = SettingsOf<typeof mfaSettings>;
