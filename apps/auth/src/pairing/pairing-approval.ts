import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { NotFound } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import type { Client } from '../client';
import { DeviceRegistry, type Device } from '../devices';
import { FamilyRepository } from '../families';
import { Attempts } from '../limits';
import { FamilyDoor } from '../memberships';
import type { Pairing, PairingView } from './pairing';
import { UserCodeUnknown } from './pairing.errors';
import { PairingRepository } from './pairing.repository';
import { readUserCode, spell } from './user-code';

/** How a device is let in: by what name, if not its own, and who hears of it. */
export interface Approving {
  name?: string;
  tell: (manager: EntityManager, userId: string, device: Device) => Promise<void>;
}

const WARNING =
  'Say yes only if this device stands before you and shows this code. Nobody calls or writes to ask for it.';

/** Lets stewards of a family say yes or no to a device. One device belongs to one family. */
@Injectable()
export class PairingApproval {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly door: FamilyDoor,
    private readonly pairings: PairingRepository,
    private readonly families: FamilyRepository,
    private readonly registry: DeviceRegistry,
    private readonly attempts: Attempts,
  ) {}

  /** What is asked for, before saying yes. @throws UserCodeUnknown */
  async show(actor: Actor, typed: string, client: Client): Promise<PairingView> {
    const pairing = await this.find(actor, typed, client);
    const familyId = actor.familyId ?? '';
    const family = await this.door.enter(actor, familyId, 'devices.manage', manager =>
      this.families.find(manager, familyId),
    );
    if (!family) throw new NotFound();
    return {
      userCode: spell(pairing.userCode),
      device: { name: pairing.deviceName, type: pairing.deviceType },
      place: pairing.ip ?? '',
      agent: pairing.agent ?? '',
      requestedAt: pairing.createdAt.toISOString(),
      family: { id: family.id, name: family.name },
      warning: WARNING,
    };
  }

  /** Answers the device that is in the family now; `tell` runs in the same transaction. @throws UserCodeUnknown */
  async approve(actor: Actor, typed: string, client: Client, { name, tell }: Approving): Promise<Device> {
    const pairing = await this.find(actor, typed, client);
    const familyId = actor.familyId ?? '';
    return this.door.enter(actor, familyId, 'devices.manage', async (manager, { userId }) => {
      const deviceId = uuidV7();
      if (!(await this.pairings.approve(manager, pairing.id, { familyId, userId, deviceId })))
        throw new UserCodeUnknown();
      const { deviceType: type, publicKey } = pairing;
      const device = {
        id: deviceId,
        familyId,
        type,
        publicKey,
        name: name || pairing.deviceName,
        trustedBy: userId,
      };
      const added = await this.registry.add(manager, device, client);
      await tell(manager, userId, added);
      return added;
    });
  }

  async deny(actor: Actor, typed: string, client: Client): Promise<void> {
    const pairing = await this.find(actor, typed, client);
    await this.door.enter(actor, actor.familyId ?? '', 'devices.manage', manager =>
      this.pairings.deny(manager, pairing.id),
    );
  }

  /** Guesses are counted, per person and per address. */
  private async find(actor: Actor, typed: string, client: Client): Promise<Pairing> {
    const subject = `user-code ${actor.userId}`;
    await this.attempts.assertOpen(subject, client.ip);
    const code = readUserCode(typed);
    const pairing =
      code && (await this.tenants.run(anonymousContext(), manager => this.pairings.pending(manager, code)));
    if (!pairing) {
      await this.attempts.failed(subject, client.ip);
      throw new UserCodeUnknown();
    }
    // Of a crowd of guesses each began while there was room.
    await this.attempts.assertOpen(subject, client.ip);
    return pairing;
  }
}
