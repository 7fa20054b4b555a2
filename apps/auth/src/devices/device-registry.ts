import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import type { EntityManager } from 'typeorm';
import { AccountRepository } from '../accounts';
import type { Client } from '../client';
import { MembershipRepository } from '../memberships';
import { RevocationWriter, type Revoked } from '../revocations';
import { SessionKeeper } from '../sessions';
import type { Device, NewDevice } from './device';
import { DeviceRepository } from './device.repository';

/**
 * Makes devices known to a family and takes them out again. A device is a member of role DEVICE with an account of its
 * own id; all of it happens in the context of its one family.
 */
@Injectable()
export class DeviceRegistry {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly accounts: AccountRepository,
    private readonly memberships: MembershipRepository,
    private readonly sessions: SessionKeeper,
    private readonly revocations: RevocationWriter,
    private readonly audit: AuditTrail,
  ) {}

  async add(manager: EntityManager, device: NewDevice, client: Client): Promise<Device> {
    const { id, familyId, name } = device;
    await this.accounts.insert(manager, { id, displayName: name, roles: [] });
    await this.memberships.join(manager, { familyId, userId: id, role: 'DEVICE' });
    const made = await this.devices.insert(manager, device);
    await this.note(manager, 'device.registered', made, device.trustedBy ?? id, client);
    return made;
  }

  /** Revokes a device: no token of it is good a second later. */
  async remove(
    manager: EntityManager,
    id: string,
    actorId: string,
    client: Client,
  ): Promise<Revoked[] | undefined> {
    const device = await this.devices.revoke(manager, id);
    if (!device) return undefined;
    await this.memberships.setState(manager, device.familyId, id, 'inactive');
    await this.note(manager, 'device.revoked', device, actorId, client);
    const ended = await this.sessions.endAll(manager, id, 'device_revoked', client);
    return [...ended, await this.revocations.record(manager, { kind: 'user', userId: id }, 'device revoked')];
  }

  async note(
    manager: EntityManager,
    type: 'device.registered' | 'device.revoked' | 'device.key_changed',
    device: Device,
    actorId: string,
    client: Client,
  ): Promise<void> {
    await this.audit.record(manager, {
      type,
      familyId: device.familyId,
      actorId,
      subjectType: 'device',
      subjectId: device.id,
      newState: { name: device.name, type: device.type },
      ...client,
    });
  }
}
