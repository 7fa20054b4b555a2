import * as openid from 'openid-client';
import { keptEmail } from '../accounts';
import type { Provider, ProviderProfile, Returned, Trip } from './provider';

export interface GithubClient {
  url: string;
  apiUrl: string;
  clientId: string;
  clientSecret: string;
}

interface GithubUser {
  id: number;
  login: string;
  name: string | null;
  avatar_url: string;
}

interface GithubEmail {
  email: string;
  primary: boolean;
  verified: boolean;
}

const PATIENCE_MS = 10_000;

/** GitHub: plain OAuth 2 without id tokens; who it is and which addresses are verified is asked from its API. */
export class GithubProvider implements Provider {
  readonly id = 'github';
  readonly wayBack = 'link';
  private readonly configuration: openid.Configuration;

  constructor(private readonly client: GithubClient) {
    const server = {
      issuer: client.url,
      authorization_endpoint: `${client.url}/login/oauth/authorize`,
      token_endpoint: `${client.url}/login/oauth/access_token`,
    };
    const secret = openid.ClientSecretPost(client.clientSecret);
    this.configuration = new openid.Configuration(server, client.clientId, undefined, secret);
    if (client.url.startsWith('http://')) openid.allowInsecureRequests(this.configuration);
  }

  async start({ state, codeVerifier, redirectUri }: Trip): Promise<URL> {
    return openid.buildAuthorizationUrl(this.configuration, {
      redirect_uri: redirectUri,
      scope: 'read:user user:email',
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
  }

  async finish(returned: Returned, { state, codeVerifier, redirectUri }: Trip): Promise<ProviderProfile> {
    const address = new URL(redirectUri);
    address.search = new URLSearchParams({ ...returned }).toString();
    const tokens = await openid.authorizationCodeGrant(this.configuration, address, {
      pkceCodeVerifier: codeVerifier,
      expectedState: state,
    });
    const [user, emails] = await Promise.all([
      this.ask<GithubUser>('/user', tokens.access_token),
      this.ask<GithubEmail[]>('/user/emails', tokens.access_token),
    ]);
    return {
      ...profileOf(user, emails),
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token ?? null,
    };
  }

  private async ask<T>(path: string, token: string): Promise<T> {
    const answer = await fetch(this.client.apiUrl + path, {
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/vnd.github+json',
        'user-agent': 'nself',
      },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!answer.ok) throw new Error(`GitHub answered ${answer.status} to ${path}`);
    return (await answer.json()) as T;
  }
}

function profileOf(
  user: GithubUser,
  emails: GithubEmail[],
): Omit<ProviderProfile, 'accessToken' | 'refreshToken'> {
  const primary = emails.find(each => each.primary) ?? emails[0];
  const email = primary ? keptEmail(primary.email) : null;
  return {
    id: String(user.id),
    email,
    emailVerified: email !== null && primary?.verified === true,
    displayName: user.name || user.login,
    avatarUrl: user.avatar_url,
  };
}
