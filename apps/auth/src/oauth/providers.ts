import { Inject, Injectable } from '@nestjs/common';
import { StartError } from '@nself/kernel';
import { EndpointDisabled } from '../accounts';
import { AppleProvider } from './apple-provider';
import { GithubProvider } from './github-provider';
import { oauthSettings, type OAuthSettings } from './oauth.settings';
import { OidcProvider } from './oidc-provider';
import { takesIdTokens, type IdTokenProvider, type Provider } from './provider';

interface OidcEntry {
  id: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  scope?: string;
}

const SCOPE = 'openid email profile';

/** The houses that the operator switched on. */
@Injectable()
export class Providers {
  private readonly providers: ReadonlyMap<string, Provider>;

  constructor(@Inject(oauthSettings.token) settings: OAuthSettings) {
    const all = [github(settings), google(settings), apple(settings), ...others(settings)];
    this.providers = new Map(all.flatMap(each => (each ? [[each.id, each] as const] : [])));
  }

  /** @throws EndpointDisabled for one that is off or unknown */
  get(id: string): Provider {
    const provider = this.providers.get(id);
    if (!provider) throw new EndpointDisabled();
    return provider;
  }

  /** @throws EndpointDisabled */
  withIdTokens(id: string): IdTokenProvider {
    const provider = this.get(id);
    if (!takesIdTokens(provider)) throw new EndpointDisabled();
    return provider;
  }
}

function github(settings: OAuthSettings): Provider | undefined {
  const {
    githubEnabled,
    githubClientId,
    githubClientSecret,
    githubUrl: url,
    githubApiUrl: apiUrl,
  } = settings;
  if (!githubEnabled) return undefined;
  const clientId = needed(githubClientId, 'AUTH_PROVIDER_GITHUB_CLIENT_ID');
  const clientSecret = needed(githubClientSecret, 'AUTH_PROVIDER_GITHUB_CLIENT_SECRET');
  return new GithubProvider({ url, apiUrl, clientId, clientSecret });
}

function google({
  googleEnabled,
  googleClientId,
  googleClientSecret,
  googleIssuer,
}: OAuthSettings): Provider | undefined {
  if (!googleEnabled) return undefined;
  const secret = needed(googleClientSecret, 'AUTH_PROVIDER_GOOGLE_CLIENT_SECRET');
  const clientId = needed(googleClientId, 'AUTH_PROVIDER_GOOGLE_CLIENT_ID');
  return new OidcProvider({
    id: 'google',
    issuer: googleIssuer,
    clientId,
    clientSecret: () => secret,
    scope: SCOPE,
  });
}

function apple(settings: OAuthSettings): Provider | undefined {
  if (!settings.appleEnabled) return undefined;
  return new AppleProvider({
    issuer: settings.appleIssuer,
    clientId: needed(settings.appleClientId, 'AUTH_PROVIDER_APPLE_CLIENT_ID'),
    teamId: needed(settings.appleTeamId, 'AUTH_PROVIDER_APPLE_TEAM_ID'),
    keyId: needed(settings.appleKeyId, 'AUTH_PROVIDER_APPLE_KEY_ID'),
    privateKey: needed(settings.applePrivateKey, 'AUTH_PROVIDER_APPLE_PRIVATE_KEY'),
  });
}

function others({ oidcProviders }: OAuthSettings): Provider[] {
  return entriesOf(oidcProviders).map(({ id, issuer, clientId, clientSecret, scope = SCOPE }) => {
    const known = [issuer, clientId, clientSecret].every(each => typeof each === 'string');
    if (!known || !/^[a-z][a-z0-9-]{0,31}$/.test(id))
      throw new StartError(
        'AUTH_PROVIDERS_OIDC has an entry that is not whole.',
        'Give each id, issuer, clientId and clientSecret; an id is made of small letters, digits and -.',
      );
    return new OidcProvider({ id, issuer, clientId, clientSecret: () => clientSecret, scope });
  });
}

function entriesOf(json: string): OidcEntry[] {
  try {
    const entries: unknown = JSON.parse(json);
    if (Array.isArray(entries) && entries.every(each => typeof each === 'object' && each !== null))
      return entries as OidcEntry[];
  } catch {
    // Told below, as what is JSON and no list.
  }
  throw new StartError('AUTH_PROVIDERS_OIDC is no JSON list of objects.', 'Give one, or leave it out.');
}

function needed(value: string | undefined, name: string): string {
  if (!value) throw new StartError(`${name} is missing.`, 'Give it, or switch the provider off.');
  return value;
}
