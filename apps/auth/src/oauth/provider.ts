import type { WayBack } from './trip-cookie';

/** Who somebody is at another house. */
export interface ProviderProfile {
  /** Their id there; it never changes, an address may. */
  id: string;
  email: string | null;
  /** Does the provider vouch that the address is theirs? */
  emailVerified: boolean;
  displayName: string;
  avatarUrl: string;
  accessToken: string;
  refreshToken: string | null;
}

/** Values that tie the way out to the way back. */
export interface Trip {
  state: string;
  nonce: string;
  codeVerifier: string;
  redirectUri: string;
}

/** What a browser brings back: the query, or the form of `response_mode=form_post`. */
export type Returned = Readonly<Record<string, string>>;

/** Another house that can say who somebody is. */
export interface Provider {
  readonly id: string;
  /** How it sends browsers back. */
  readonly wayBack: WayBack;
  /** Where to send the browser. */
  start(trip: Trip): Promise<URL>;
  /** Exchanges what came back for a profile. @throws the library's error when it does not fit the trip */
  finish(returned: Returned, trip: Trip): Promise<ProviderProfile>;
}

/** A provider whose id tokens an app may get by itself and bring here. */
export interface IdTokenProvider extends Provider {
  /** Checks signature, issuer, audience, age and nonce. */
  verifyIdToken(token: string, nonce: string | undefined): Promise<ProviderProfile>;
}

export const takesIdTokens = (provider: Provider): provider is IdTokenProvider => 'verifyIdToken' in provider;
