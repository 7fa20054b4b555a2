import { importPKCS8, SignJWT } from 'jose';
import { OidcProvider } from './oidc-provider';
import type { ProviderProfile, Returned } from './provider';

export interface AppleClient {
  issuer: string;
  clientId: string;
  teamId: string;
  keyId: string;
  privateKey: string;
}

/**
 * Apple: an OpenID provider whose client secret is a short-lived signed token, which answers by a form post, and which
 * tells a person's name only the very first time, in that form.
 */
export class AppleProvider extends OidcProvider {
  override readonly wayBack = 'form';

  constructor(apple: AppleClient) {
    super({
      id: 'apple',
      issuer: apple.issuer,
      clientId: apple.clientId,
      clientSecret: () => clientSecret(apple),
      scope: 'openid name email',
      parameters: { response_mode: 'form_post' },
    });
  }

  protected override profileOf(
    claims: Readonly<Record<string, unknown>>,
    returned: Returned,
  ): Omit<ProviderProfile, 'accessToken' | 'refreshToken'> {
    const profile = super.profileOf(claims, returned);
    return { ...profile, displayName: nameIn(returned['user']) || profile.displayName };
  }
}

async function clientSecret({ issuer, clientId, teamId, keyId, privateKey }: AppleClient): Promise<string> {
  const key = await importPKCS8(privateKey, 'ES256');
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .setIssuer(teamId)
    .setSubject(clientId)
    .setAudience(issuer)
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(key);
}

/** `user` is JSON, from the browser and thus from anybody; a name is all that is taken from it. */
function nameIn(user: string | undefined): string {
  if (!user) return '';
  try {
    const { name } = JSON.parse(user) as { name?: { firstName?: unknown; lastName?: unknown } };
    return [name?.firstName, name?.lastName].filter(part => typeof part === 'string').join(' ');
  } catch {
    return '';
  }
}
