import { boolean, defineSettings, text, url, type SettingsOf } from '@nself/kernel';

const flag = (env: string, meaning: string) => ({ env, meaning, shape: boolean(), default: false });
const word = (env: string, meaning: string) => ({ env, meaning, shape: text(), optional: true as const });
const hidden = (env: string, meaning: string) => ({
  env,
  meaning,
  shape: text({ secret: true, multiline: true }),
  optional: true as const,
});
const at = (env: string, meaning: string, address: string) => ({
  env,
  meaning,
  shape: url(),
  default: address,
});

/** Sign-in by other houses. Names are Nhost's; addresses can be changed for installations of one's own. */
export const oauthSettings = defineSettings('oauth', {
  githubEnabled: flag('AUTH_PROVIDER_GITHUB_ENABLED', 'Offer sign-in with GitHub.'),
  githubClientId: word('AUTH_PROVIDER_GITHUB_CLIENT_ID', 'Client id at GitHub.'),
  githubClientSecret: hidden('AUTH_PROVIDER_GITHUB_CLIENT_SECRET', 'Client secret at GitHub.'),
  githubUrl: at('AUTH_PROVIDER_GITHUB_URL', 'Where GitHub is.', 'https://github.com'),
  githubApiUrl: at('AUTH_PROVIDER_GITHUB_API_URL', 'Where its API is.', 'https://api.github.com'),
  googleEnabled: flag('AUTH_PROVIDER_GOOGLE_ENABLED', 'Offer sign-in with Google.'),
  googleClientId: word('AUTH_PROVIDER_GOOGLE_CLIENT_ID', 'Client id at Google.'),
  googleClientSecret: hidden('AUTH_PROVIDER_GOOGLE_CLIENT_SECRET', 'Client secret at Google.'),
  googleIssuer: at(
    'AUTH_PROVIDER_GOOGLE_ISSUER',
    'Issuer of tokens of Google.',
    'https://accounts.google.com',
  ),
  appleEnabled: flag('AUTH_PROVIDER_APPLE_ENABLED', 'Offer sign-in with Apple.'),
  appleClientId: word('AUTH_PROVIDER_APPLE_CLIENT_ID', 'Services id at Apple.'),
  appleTeamId: word('AUTH_PROVIDER_APPLE_TEAM_ID', 'Team id at Apple.'),
  appleKeyId: word('AUTH_PROVIDER_APPLE_KEY_ID', 'Id of the key that signs client secrets.'),
  applePrivateKey: hidden('AUTH_PROVIDER_APPLE_PRIVATE_KEY', 'That key, as PEM.'),
  appleIssuer: at('AUTH_PROVIDER_APPLE_ISSUER', 'Issuer of tokens of Apple.', 'https://appleid.apple.com'),
  oidcProviders: {
    env: 'AUTH_PROVIDERS_OIDC',
    meaning:
      'Other OpenID providers, found by discovery: JSON list of {id, issuer, clientId, clientSecret, scope?}.',
    shape: text({ secret: true }),
    default: '[]',
  },
});

export type OAuthSettings = SettingsOf<typeof oauthSettings>;
