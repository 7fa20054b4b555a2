import { boolean, defineSettings, integer, list, text, type SettingsOf } from '@nself/kernel';

const clientUrl = (read: (name: string) => string | undefined): URL =>
  new URL(read('AUTH_CLIENT_URL') ?? 'http://localhost:3000');

/** Security keys and passkeys. Names are Nhost's. */
export const webauthnSettings = defineSettings('webauthn', {
  enabled: {
    env: 'AUTH_WEBAUTHN_ENABLED',
    meaning: 'Offer security keys and passkeys.',
    shape: boolean(),
    default: true,
  },
  rpName: {
    env: 'AUTH_WEBAUTHN_RP_NAME',
    meaning: 'Name that a browser shows when it asks for a key.',
    shape: text(),
    default: 'nself',
  },
  rpId: {
    env: 'AUTH_WEBAUTHN_RP_ID',
    meaning: 'Domain that keys are bound to.',
    shape: text(),
    derived: { says: 'the host of AUTH_CLIENT_URL', from: read => clientUrl(read).hostname },
  },
  rpOrigins: {
    env: 'AUTH_WEBAUTHN_RP_ORIGINS',
    meaning: 'Origins of pages that may use keys.',
    shape: list(),
    derived: { says: 'the origin of AUTH_CLIENT_URL', from: read => [clientUrl(read).origin] },
  },
  timeout: {
    env: 'AUTH_WEBAUTHN_ATTESTATION_TIMEOUT',
    meaning: 'Milliseconds that a browser waits for a key.',
    shape: integer({ min: 1000, max: 600_000 }),
    default: 60_000,
  },
});

export type WebauthnSettings = SettingsOf<typeof webauthnSettings>;
