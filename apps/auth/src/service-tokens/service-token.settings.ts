import { defineSettings, list, type SettingsOf } from '@nself/kernel';

/** The name of a service and the digest of its secret. */
export function serviceClientOf(entry: string): [name: string, digest: string] | undefined {
  const [, name, digest] = /^([a-z][a-z0-9-]{0,62}):([0-9a-f]{64})$/i.exec(entry) ?? [];
  return name && digest ? [name, digest.toLowerCase()] : undefined;
}

export const serviceTokenSettings = defineSettings('service-tokens', {
  clients: {
    env: 'AUTH_SERVICE_CLIENTS',
    meaning:
      'Services that may ask for tokens of their own: name:digest, the digest being SHA-256 of its secret in hex.',
    shape: list({ what: 'name:digest pairs', fits: word => serviceClientOf(word) !== undefined }),
    default: [],
  },
});

export type ServiceTokenSettings = SettingsOf<typeof serviceTokenSettings>;
