import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import type { Actor } from '@nself/identity';
import { decodeCursor, NotFound, pageOf, randomToken, sha256, type ListPage } from '@nself/kernel';
import type { EntityManager } from 'typeorm';
import type { Client } from '../client';
import { FamilyDoor, type Membership } from '../memberships';
import { RevocationWriter } from '../revocations';
import { deviceView, type DeviceView } from './device';
import { DeviceRegistry } from './device-registry';
import type { BootstrapTokenDto } from './device.dto';
import { DeviceRepository } from './device.repository';

const HOUR = 3600;

/** Devices as stewards of the family handle them. */
@Injectable()
export class DeviceService {
  constructor(
    private readonly door: FamilyDoor,
    private readonly devices: DeviceRepository,
    private readonly registry: DeviceRegistry,
    private readonly revocations: RevocationWriter,
    private readonly audit: AuditTrail,
  ) {}

  async page(
    actor: Actor,
    { cursor, limit }: { cursor?: string; limit: number },
  ): Promise<ListPage<DeviceView>> {
    const familyId = actor.familyId ?? '';
    const after = cursor ? decodeCursor(cursor, 'id') : null;
    const found = await this.door.enter(actor, familyId, 'devices.manage', manager =>
      this.devices.list(manager, familyId, after, limit + 1),
    );
    return pageOf(found.map(deviceView), limit, device => [device.id]);
  }

  /** A token that lets one box register itself, once; shown this once. */
  async bootstrapToken(
    actor: Actor,
    wish: BootstrapTokenDto,
    client: Client,
  ): Promise<{ id: string; token: string; expiresAt: string }> {
    const familyId = actor.familyId ?? '';
    const token = randomToken(24);
    const { id, expiresAt } = await this.door.enter(
      actor,
      familyId,
      'devices.manage',
      async (manager, self) => {
        const made = await this.devices.insertBootstrapToken(manager, {
          familyId,
          hash: bootstrapHash(token),
          type: wish.deviceType,
          name: wish.name ?? '',
          createdBy: self.userId,
          lifeSeconds: wish.expiresIn ?? HOUR,
        });
        await this.note(manager, self, made.id, wish, client);
        return made;
      },
    );
    return { id, token, expiresAt: expiresAt.toISOString() };
  }

  async revoke(actor: Actor, id: string, client: Client): Promise<void> {
    const revoked = await this.door.enter(actor, actor.familyId ?? '', 'devices.manage', (manager, self) =>
      this.registry.remove(manager, id, self.userId, client),
    );
    if (!revoked) throw new NotFound();
    await this.revocations.announce(...revoked);
  }

  private async note(
    manager: EntityManager,
    { familyId, userId: actorId }: Membership,
    subjectId: string,
    { name, deviceType: type }: BootstrapTokenDto,
    client: Client,
  ): Promise<void> {
    const event = { familyId, actorId, subjectType: 'bootstrap_token', subjectId, newState: { name, type } };
    await this.audit.record(manager, { type: 'device.invited', ...event, ...client });
  }
}

export const bootstrapHash = (token: string): string => sha256(token).toString('hex');
