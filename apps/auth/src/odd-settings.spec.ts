import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { identitySettings, LocalKeys, Revocations, TokenVerifier } from '@nself/identity';
import { Clock, httpSettings, loadSettings, SettingsError, StartError } from '@nself/kernel';
import { accountSettings, NewcomerPolicy } from './accounts';
import { allAuthSettings } from './auth.settings';
import { oauthSettings, Providers } from './oauth';
import { CustomClaims, SigningKeys, tokenSettings } from './tokens';

const pem = (bits: number): string =>
  generateKeyPairSync('rsa', { modulusLength: bits })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

const GOOD = {
  NODE_ENV: 'production',
  AUTH_DATABASE_URL: 'postgres://auth@127.0.0.1/nself',
  REDIS_URL: 'redis://127.0.0.1',
  MASTER_KEY: randomBytes(32).toString('hex'),
  AUTH_JWT_PRIVATE_KEY: pem(2048),
};

/** Reads the settings, and makes the parts that look closer at theirs. */
function begin(odd: Record<string, string>): void {
  const settings = loadSettings([httpSettings, ...allAuthSettings], { ...GOOD, ...odd });
  const [tokens, identity] = [settings.get(tokenSettings), settings.get(identitySettings)];
  const keys = new SigningKeys(tokens, identity);
  new CustomClaims(tokens);
  new NewcomerPolicy(settings.get(accountSettings));
  new TokenVerifier(new LocalKeys(() => keys.jwks()), new Revocations(new Clock(), 5_000), identity);
  new Providers(settings.get(oauthSettings));
}

describe('auth', () => {
  it('begins with settings that are right', () => {
    expect(() => begin({})).not.toThrow();
    expect(() =>
      begin({
        TRUSTED_PROXIES: 'loopback, 10.0.0.0/8, 2001:db8::1',
        CORS_ORIGINS: 'https://family.example, http://localhost:3000, capacitor://localhost',
        AUTH_JWT_PREVIOUS_KEYS: pem(2048) + pem(2048),
        AUTH_SERVICE_CLIENTS: `importer:${'a'.repeat(64)}`,
        AUTH_JWT_CUSTOM_CLAIMS: '{"plan": "metadata.plan"}',
      }),
    ).not.toThrow();
  });

  it.each([
    ['AUTH_SERVICE_CLIENTS', 'importer'],
    ['AUTH_JWT_CUSTOM_CLAIMS', '{'],
    ['AUTH_JWT_CUSTOM_CLAIMS', '["plan"]'],
    ['AUTH_JWT_CUSTOM_CLAIMS', '{"plan": 5}'],
    ['AUTH_JWT_CUSTOM_CLAIMS', '{"user-id": "metadata.id"}'],
    ['AUTH_JWT_PRIVATE_KEY', 'no key'],
    ['AUTH_JWT_PRIVATE_KEY', pem(1024)],
    ['AUTH_JWT_PREVIOUS_KEYS', 'no key'],
    ['AUTH_JWT_PREVIOUS_KEYS', '-----BEGIN PUBLIC KEY-----\nno key\n-----END PUBLIC KEY-----'],
    ['AUTH_JWT_PREVIOUS_KEYS', pem(1024)],
    ['AUTH_JWT_ALGORITHMS', 'HS256'],
    ['AUTH_JWT_ALGORITHMS', 'RS25'],
    ['AUTH_JWT_ALGORITHMS', 'ES256'],
    ['TRUSTED_PROXIES', 'the proxy'],
    ['TRUSTED_PROXIES', '10.0.0.0/99'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'family.example'],
    ['CORS_ORIGINS', 'https://family.example/'],
    ['REVOCATION_MAX_AGE', '0s'],
    ['AUTH_RATE_LIMIT_GLOBAL_INTERVAL', '0s'],
    ['AUTH_USER_DEFAULT_ALLOWED_ROLES', 'user,me,admin'],
    ['AUTH_USER_DEFAULT_ALLOWED_ROLES', 'user,me,owner'],
    ['AUTH_USER_DEFAULT_ALLOWED_ROLES', 'user,me,service'],
    ['AUTH_USER_DEFAULT_ROLE', 'editor'],
    ['AUTH_CLIENT_URL', 'family'],
    ['AUTH_PROVIDERS_OIDC', '{'],
    ['AUTH_PROVIDERS_OIDC', '[5]'],
    ['AUTH_PROVIDERS_OIDC', '[{"id": "house"}]'],
  ])('does not begin with %s %j, and says why in a sentence', (name, value) => {
    let refusal: unknown;
    try {
      begin({ [name]: value });
    } catch (error) {
      refusal = error;
    }
    expect([SettingsError, StartError].some(kind => refusal instanceof kind)).toBe(true);
    expect((refusal as Error).message).toContain(name);
  });
});
