import { defineSettings, list, type SettingsOf } from '@nself/kernel';

export const serviceTokenSettings = defineSettings('service-tokens', {
  clients: {
    env: 'AUTH_SERVICE_CLIENTS',
    meaning:
      'Services that may ask for tokens of their own: name:digest, the digest being SHA-256 of its secret in hex.',
    shape: list(),
    default: [],
  },
});

export type ServiceTokenSettings = SettingsOf<typeof serviceTokenSettings>;
