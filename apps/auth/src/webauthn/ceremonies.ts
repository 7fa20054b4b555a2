import { Inject, Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { EndpointDisabled } from '../accounts';
import type { NewSecurityKey, SecurityKey } from './security-key.repository';
import { KeyRefused } from './webauthn.errors';
import { webauthnSettings, type WebauthnSettings } from './webauthn.settings';

/** Whom a new key is for. */
export interface KeyHolder {
  id: string;
  email: string;
  displayName: string;
}

/** What a key has shown. */
export interface KeyProof {
  counter: number;
  /** The person showed a finger or a PIN as well: two factors in one. */
  userVerified: boolean;
}

/** The two ceremonies of WebAuthn (W3C, level 2), with the library's checks and our settings. */
@Injectable()
export class Ceremonies {
  constructor(@Inject(webauthnSettings.token) private readonly settings: WebauthnSettings) {}

  async startRegistration(
    holder: KeyHolder,
    existing: readonly SecurityKey[],
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    this.assertEnabled();
    const { rpName, rpId: rpID, timeout } = this.settings;
    return generateRegistrationOptions({
      rpName,
      rpID,
      timeout,
      userName: holder.email,
      userDisplayName: holder.displayName,
      userID: new TextEncoder().encode(holder.id),
      attestationType: 'none',
      excludeCredentials: existing.map(key => ({ id: key.credentialId, transports: key.transports })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    });
  }

  /** @throws KeyRefused */
  async finishRegistration(
    response: RegistrationResponseJSON,
    challenge: string,
    userId: string,
    nickname?: string,
  ): Promise<NewSecurityKey> {
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...this.settings.rpOrigins],
      expectedRPID: this.settings.rpId,
      requireUserVerification: false,
    }).catch((error: unknown) => {
      throw new KeyRefused(error);
    });
    if (!registrationInfo) throw new KeyRefused();
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    return {
      userId,
      credentialId: id,
      publicKey: Buffer.from(publicKey),
      counter,
      transports,
      nickname: nickname ?? null,
    };
  }

  async startAuthentication(
    keys: readonly Pick<SecurityKey, 'credentialId' | 'transports'>[],
  ): Promise<PublicKeyCredentialRequestOptionsJSON> {
    this.assertEnabled();
    return generateAuthenticationOptions({
      rpID: this.settings.rpId,
      timeout: this.settings.timeout,
      userVerification: 'preferred',
      allowCredentials: keys.map(key => ({
        id: key.credentialId,
        transports: (key.transports ?? []) as AuthenticatorTransport[],
      })),
    });
  }

  /** @throws KeyRefused */
  async finishAuthentication(
    response: AuthenticationResponseJSON,
    challenge: string,
    key: SecurityKey,
  ): Promise<KeyProof> {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...this.settings.rpOrigins],
      expectedRPID: this.settings.rpId,
      credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: key.counter },
      requireUserVerification: false,
    }).catch((error: unknown) => {
      throw new KeyRefused(error);
    });
    if (!verified) throw new KeyRefused();
    return { counter: authenticationInfo.newCounter, userVerified: authenticationInfo.userVerified };
  }

  private assertEnabled(): void {
    if (!this.settings.enabled) throw new EndpointDisabled();
  }
}

/** The challenge that an answer claims to answer. @throws KeyRefused */
export function challengeIn(credential: { response?: { clientDataJSON?: unknown } }): string {
  try {
    const data: unknown = JSON.parse(
      Buffer.from(String(credential.response?.clientDataJSON), 'base64url').toString('utf8'),
    );
    const { challenge } = data as { challenge?: unknown };
    if (typeof challenge === 'string') return challenge;
  } catch (error) {
    throw new KeyRefused(error);
  }
  throw new KeyRefused();
}
