import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { Secrets } from '../secrets';
import { Ceremonies } from './ceremonies';
import { SecurityKeyRepository, type SecurityKey } from './security-key.repository';
import { KeyRefused } from './webauthn.errors';

/** Asks for a registered key and checks what it answers. */
@Injectable()
export class KeyCheck {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly keys: SecurityKeyRepository,
    private readonly ceremonies: Ceremonies,
    private readonly secrets: Secrets,
  ) {}

  /** An address without keys, known or not, is answered with a key that does not exist, the same one each time. */
  async start(keys: readonly SecurityKey[], email?: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
    if (keys.length > 0 || !email) return this.ceremonies.startAuthentication(keys);
    const seed = this.secrets.digest(email, 'security key of nobody');
    const credentialId = createHash('sha256').update(seed).digest('base64url');
    return this.ceremonies.startAuthentication([{ credentialId, transports: ['internal'] }]);
  }

  /** @throws KeyRefused */
  async finish(
    credential: AuthenticationResponseJSON,
    challenge: string,
  ): Promise<{ key: SecurityKey; userVerified: boolean }> {
    const key = await this.tenants.run(anonymousContext(), manager =>
      this.keys.byCredential(manager, String(credential.id)),
    );
    if (!key) throw new KeyRefused();
    const { counter, userVerified } = await this.ceremonies.finishAuthentication(credential, challenge, key);
    const used = await this.tenants.run(anonymousContext(), manager =>
      this.keys.use(manager, key.id, counter),
    );
    if (!used) throw new KeyRefused();
    return { key, userVerified };
  }
}
