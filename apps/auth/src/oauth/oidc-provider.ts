import { createHash } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import * as openid from 'openid-client';
import { keptEmail } from '../accounts';
import type { IdTokenProvider, ProviderProfile, Returned, Trip } from './provider';
import type { WayBack } from './trip-cookie';

export interface OidcClient {
  id: string;
  issuer: string;
  clientId: string;
  /** Asked for each time: Apple wants a fresh signed one. */
  clientSecret: () => Promise<string> | string;
  scope: string;
  /** Parameters beyond the usual, such as Apple's `response_mode`. */
  parameters?: Readonly<Record<string, string>>;
}

/**
 * Any OpenID provider, found by its discovery document (OpenID Connect Discovery 1.0). The code flow with PKCE, state
 * and nonce; the id token is checked by openid-client.
 */
export class OidcProvider implements IdTokenProvider {
  readonly wayBack: WayBack = 'link';
  private found: Promise<openid.ServerMetadata> | undefined;
  private keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  constructor(protected readonly client: OidcClient) {}

  get id(): string {
    return this.client.id;
  }

  async start({ state, nonce, codeVerifier, redirectUri }: Trip): Promise<URL> {
    return openid.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: redirectUri,
      scope: this.client.scope,
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...this.client.parameters,
    });
  }

  async finish(
    returned: Returned,
    { state, nonce, codeVerifier, redirectUri }: Trip,
  ): Promise<ProviderProfile> {
    const address = new URL(redirectUri);
    address.search = new URLSearchParams({ ...returned }).toString();
    const tokens = await openid.authorizationCodeGrant(await this.configuration(), address, {
      pkceCodeVerifier: codeVerifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims: Record<string, unknown> = tokens.claims() ?? {};
    const info = await this.userInfo(tokens.access_token, String(claims['sub']));
    const profile = this.profileOf({ ...info, ...claims }, returned);
    return { ...profile, accessToken: tokens.access_token, refreshToken: tokens.refresh_token ?? null };
  }

  async verifyIdToken(token: string, nonce: string | undefined): Promise<ProviderProfile> {
    const { jwks_uri: jwksUri, issuer } = await this.metadata();
    this.keys ??= createRemoteJWKSet(new URL(String(jwksUri)));
    const { payload } = await jwtVerify(token, this.keys, {
      issuer,
      audience: this.client.clientId,
      algorithms: ['RS256', 'ES256', 'PS256'],
      requiredClaims: ['sub', 'exp', 'iat'],
    });
    assertNonce(payload, nonce);
    return { ...this.profileOf(payload, {}), accessToken: '', refreshToken: null };
  }

  /** Providers that keep profiles out of the id token answer here. */
  private async userInfo(accessToken: string, subject: string): Promise<Record<string, unknown>> {
    const { userinfo_endpoint: endpoint } = await this.metadata();
    return endpoint ? openid.fetchUserInfo(await this.configuration(), accessToken, subject) : {};
  }

  protected profileOf(
    claims: Readonly<Record<string, unknown>>,
    _returned: Returned,
  ): Omit<ProviderProfile, 'accessToken' | 'refreshToken'> {
    const email = keptEmail(textOf(claims['email']));
    return {
      id: textOf(claims['sub']),
      email,
      emailVerified:
        email !== null && (claims['email_verified'] === true || claims['email_verified'] === 'true'),
      displayName: textOf(claims['name']) || textOf(claims['preferred_username']) || (email ?? ''),
      avatarUrl: textOf(claims['picture']),
    };
  }

  private async configuration(): Promise<openid.Configuration> {
    const secret = await this.client.clientSecret();
    const configuration = new openid.Configuration(await this.metadata(), this.client.clientId, secret);
    if (isPlain(this.client.issuer)) openid.allowInsecureRequests(configuration);
    return configuration;
  }

  /** Discovered once; a failure is not kept. */
  private metadata(): Promise<openid.ServerMetadata> {
    this.found ??= this.discover().catch((error: unknown) => {
      this.found = undefined;
      throw error;
    });
    return this.found;
  }

  private async discover(): Promise<openid.ServerMetadata> {
    const { issuer, clientId } = this.client;
    const execute = isPlain(issuer) ? [openid.allowInsecureRequests] : [];
    return (
      await openid.discovery(new URL(issuer), clientId, undefined, undefined, { execute })
    ).serverMetadata();
  }
}

/** Only a provider that the operator wrote down with http is spoken to without TLS. */
const isPlain = (issuer: string): boolean => issuer.startsWith('http://');

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Apps send the nonce itself; some providers keep its SHA-256 in the token. */
function assertNonce(payload: JWTPayload, nonce: string | undefined): void {
  const claimed = payload['nonce'];
  if (claimed === undefined && nonce === undefined) return;
  const accepted = nonce === undefined ? [] : [nonce, createHash('sha256').update(nonce).digest('hex')];
  if (!accepted.some(each => each === claimed)) throw new Error('The nonce does not fit.');
}
