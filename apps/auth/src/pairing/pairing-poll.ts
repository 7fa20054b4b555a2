import { Injectable } from '@nestjs/common';
import { DeviceNotTrusted } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Client } from '../client';
import { DeviceSessions } from '../devices';
import type { IssuedSession } from '../sessions';
import type { Pairing } from './pairing';
import { deviceCodeHash } from './pairing-start';
import type { DeviceTokenDto } from './pairing.dto';
import { GrantError, type GrantErrorCode } from './pairing.errors';
import { PairingRepository } from './pairing.repository';

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const SLOWER_SECONDS = 5;

/**
 * Answers a device that asks whether somebody said yes (RFC 8628, 3.4). What was approved is handed out at once and
 * once: the claim is part of the transaction that opens the session, so of any number of racing polls one gets it.
 */
@Injectable()
export class PairingPoll {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly pairings: PairingRepository,
    private readonly sessions: DeviceSessions,
  ) {}

  /** @throws GrantError */
  async poll(
    { grant_type: grantType = GRANT, device_code: deviceCode }: DeviceTokenDto,
    client: Client,
  ): Promise<IssuedSession> {
    if (grantType !== GRANT) throw new GrantError('unsupported_grant_type');
    if (!deviceCode) throw new GrantError('invalid_request');
    const { pairing, refusal } = await this.look(deviceCode);
    if (refusal || !pairing?.deviceId || !pairing.familyId) throw new GrantError(refusal ?? 'invalid_grant');
    const device = { id: pairing.deviceId, familyId: pairing.familyId };
    const claim = async (manager: EntityManager): Promise<void> => {
      if (!(await this.pairings.claim(manager, pairing.id))) throw new GrantError('invalid_grant');
    };
    return this.sessions.open(device, client, claim).catch(asGrantError);
  }

  private async look(deviceCode: string): Promise<{ pairing?: Pairing; refusal?: GrantErrorCode }> {
    return this.tenants.run(anonymousContext(), async manager => {
      const pairing = await this.pairings.lockByDeviceCode(manager, deviceCodeHash(deviceCode));
      const refusal = refusalOf(pairing);
      if (pairing && refusal)
        await this.pairings.polled(manager, pairing.id, refusal === 'slow_down' ? SLOWER_SECONDS : 0);
      return { pairing, refusal };
    });
  }
}

function refusalOf(pairing: Pairing | undefined): GrantErrorCode | undefined {
  if (!pairing || pairing.state === 'claimed') return 'invalid_grant';
  if (pairing.expired) return 'expired_token';
  if (pairing.state === 'denied') return 'access_denied';
  if (pairing.state === 'approved') return undefined;
  return pairing.tooSoon ? 'slow_down' : 'authorization_pending';
}

/** A yes that was taken back before the device came is a no. */
function asGrantError(error: unknown): never {
  throw error instanceof DeviceNotTrusted ? new GrantError('access_denied') : error;
}
