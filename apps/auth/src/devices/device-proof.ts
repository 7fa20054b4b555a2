import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DeviceNotTrusted, ValidationFailed } from '@nself/kernel';
import type { EntityManager } from 'typeorm';
import { DeviceRepository } from './device.repository';

/** What a device signs: who it is, once, now. */
export interface SignedProof {
  /** At least 16 characters, never used before by this device. */
  nonce: string;
  /** Milliseconds since 1970 by the device's clock. */
  timestamp: number;
  /** Ed25519 over the lines `purpose`, `subject`, `nonce`, `timestamp`; base64url. */
  signature: string;
}

/** What a signature is for; one for a token renews no key. */
export type ProofPurpose = 'nself-device-register' | 'nself-device-token' | 'nself-device-key';

const SKEW_MS = 60_000;
const REMEMBER_SECONDS = 300;
/** DER head of an Ed25519 public key (RFC 8410); the 32 raw bytes follow. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** Checks that a device holds its private key. */
@Injectable()
export class DeviceProof {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DeviceNotTrusted when the clock is off, the nonce was seen, or the signature is another's */
  async check(
    manager: EntityManager,
    purpose: ProofPurpose,
    subject: string,
    publicKey: string,
    proof: SignedProof,
  ): Promise<void> {
    const { nonce, timestamp, signature } = proof;
    const skew = Math.abs(this.clock.now().getTime() - timestamp);
    if (!(skew <= SKEW_MS))
      throw new DeviceNotTrusted('The clock of the device is off by more than a minute.');
    const message = Buffer.from([purpose, subject, nonce, String(timestamp)].join('\n'));
    const good = verify(null, message, ed25519Key(publicKey), Buffer.from(signature, 'base64url'));
    if (!good) throw new DeviceNotTrusted('The signature does not fit the key of the device.');
    const fresh = await this.devices.rememberNonce(manager, subject, nonce, REMEMBER_SECONDS);
    if (!fresh) throw new DeviceNotTrusted('This nonce was used before.');
  }
}

/** @throws ValidationFailed unless it is base64url of 32 bytes */
export function ed25519Key(publicKey: string): KeyObject {
  const raw = Buffer.from(publicKey, 'base64url');
  if (raw.length !== 32)
    throw new ValidationFailed('publicKey must be the 32 bytes of an Ed25519 key, base64url.');
  return createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' });
}
