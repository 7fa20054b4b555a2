import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import type { Client } from '../client';
import type { PairingView } from './pairing';
import { PairingApproval } from './pairing-approval';
import { PairingNotice } from './pairing-notice';
import { PairingPoll } from './pairing-poll';
import type { ApprovePairingDto, DeviceTokenDto } from './pairing.dto';

/** The answer of RFC 6749, 5.1. */
export interface DeviceGrant {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  refresh_token: string;
  device_id: string;
  family_id: string | null;
}

/** Words the answers of pairing. */
@Injectable()
export class PairingDesk {
  constructor(
    private readonly polls: PairingPoll,
    private readonly approval: PairingApproval,
    private readonly notice: PairingNotice,
  ) {}

  async poll(body: DeviceTokenDto, client: Client): Promise<DeviceGrant> {
    const session = await this.polls.poll(body, client);
    return {
      access_token: session.accessToken,
      token_type: 'Bearer',
      expires_in: session.expiresIn,
      refresh_token: session.refreshToken,
      device_id: session.account.id,
      family_id: session.family?.id ?? null,
    };
  }

  async show(userCode: string, actor: Actor, client: Client): Promise<PairingView> {
    return this.approval.show(actor, userCode, client);
  }

  async decide(
    { userCode, approve = true, name }: ApprovePairingDto,
    actor: Actor,
    client: Client,
  ): Promise<{ deviceId: string | null }> {
    if (approve) {
      const { id } = await this.approval.approve(actor, userCode, client, {
        name,
        tell: (manager, userId, device) => this.notice.tell(manager, userId, device),
      });
      return { deviceId: id };
    }
    await this.approval.deny(actor, userCode, client);
    return { deviceId: null };
  }
}
