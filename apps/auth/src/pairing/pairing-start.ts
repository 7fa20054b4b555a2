import { Injectable } from '@nestjs/common';
import { Conflict, randomToken, sha256 } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import type { Client } from '../client';
import { Redirects } from '../redirects';
import type { DeviceCodeDto } from './pairing.dto';
import { PairingRepository } from './pairing.repository';
import { newUserCode, spell } from './user-code';

const LIFE_SECONDS = 600;
const INTERVAL_SECONDS = 5;
const TRIES = 5;

/** The answer of RFC 8628, 3.2. */
export interface DeviceCodeAnswer {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_complete: string;
  expires_in: number;
  interval: number;
}

/** Gives a device the code that somebody types elsewhere. */
@Injectable()
export class PairingStart {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly pairings: PairingRepository,
    private readonly redirects: Redirects,
  ) {}

  async begin(wish: DeviceCodeDto, client: Client): Promise<DeviceCodeAnswer> {
    const deviceCode = randomToken(32);
    const userCode = spell(await this.store(wish, deviceCode, client));
    return {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: this.redirects.own('/device'),
      verification_uri_complete: this.redirects.own('/device', { user_code: userCode }),
      expires_in: LIFE_SECONDS,
      interval: INTERVAL_SECONDS,
    };
  }

  private async store(wish: DeviceCodeDto, deviceCode: string, client: Client): Promise<string> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const userCode = newUserCode();
      const made = await this.tenants.run(anonymousContext(), manager =>
        this.pairings.insert(manager, {
          deviceCodeHash: deviceCodeHash(deviceCode),
          userCode,
          clientId: wish.client_id ?? null,
          deviceName: wish.device_name ?? wish.device_type ?? 'TV',
          deviceType: wish.device_type ?? 'tv',
          publicKey: wish.public_key ?? null,
          client,
          lifeSeconds: LIFE_SECONDS,
        }),
      );
      if (made) return userCode;
    }
    throw new Conflict('No free code was found; please try again.');
  }
}

export const deviceCodeHash = (deviceCode: string): string => sha256(deviceCode).toString('hex');
