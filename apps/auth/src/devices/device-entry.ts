import { Injectable } from '@nestjs/common';
import { CodeInvalid, DeviceNotTrusted, ValidationFailed } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { mayStill, MembershipRepository } from '../memberships';
import type { IssuedSession } from '../sessions';
import type { Device } from './device';
import { DeviceProof, ed25519Key, type ProofPurpose, type SignedProof } from './device-proof';
import { DeviceRegistry } from './device-registry';
import type { RegisterDeviceDto } from './device.dto';
import { DeviceRepository, type BootstrapToken } from './device.repository';
import { bootstrapHash } from './device.service';
import { DeviceSessions } from './device-sessions';

/** Boxes that come in by a key of their own instead of a person's password. */
@Injectable()
export class DeviceEntry {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly devices: DeviceRepository,
    private readonly memberships: MembershipRepository,
    private readonly registry: DeviceRegistry,
    private readonly proof: DeviceProof,
    private readonly sessions: DeviceSessions,
  ) {}

  /** Registers a key by a bootstrap token. @throws CodeInvalid for a token that is unknown or used */
  async register(
    body: RegisterDeviceDto,
    client: Client,
  ): Promise<{ device: Device; session: IssuedSession }> {
    ed25519Key(body.publicKey);
    const token = await this.tenants.run(anonymousContext(), manager =>
      this.devices.bootstrapToken(manager, bootstrapHash(body.token)),
    );
    if (!token) throw new CodeInvalid('This bootstrap token is not valid.');
    const { familyId, type } = token;
    const id = uuidV7();
    const device = await this.tenants.run(
      contextOfPerson(id, { familyId, role: 'device' }),
      async manager => {
        await this.proof.check(manager, 'nself-device-register', body.publicKey, body.publicKey, body);
        const made = {
          id,
          familyId,
          type,
          name: body.name ?? token.name,
          publicKey: body.publicKey,
          trustedBy: null,
        };
        const added = await this.registry.add(manager, made, client);
        await this.useUp(manager, token, id);
        return added;
      },
    );
    return { device, session: await this.sessions.open(device, client) };
  }

  /** @throws CodeInvalid for a token that another box has used, or whose giver may give out none any more */
  private async useUp(
    manager: EntityManager,
    { id, familyId }: BootstrapToken,
    deviceId: string,
  ): Promise<void> {
    const used = await this.devices.useBootstrapToken(manager, id, deviceId);
    const giver = used?.createdBy
      ? await this.memberships.find(manager, familyId, used.createdBy)
      : undefined;
    if (!mayStill(giver, 'devices.manage')) throw new CodeInvalid('This bootstrap token is not valid.');
  }

  /** Tokens for a device that shows its key. @throws DeviceNotTrusted */
  async enter(id: string, proof: SignedProof, client: Client): Promise<IssuedSession> {
    const device = await this.shown(id, 'nself-device-token', id, proof, async (manager, found) => {
      if (found.keyRotateAt && found.keyRotateAt.getTime() < Date.now())
        throw new DeviceNotTrusted('The key is due for rotation.');
      await this.devices.seen(manager, id, client.ip);
      return found;
    });
    return this.sessions.open(device, client);
  }

  /** Replaces the key of a device, shown by the old one. @throws DeviceNotTrusted, ValidationFailed for the same key */
  async rotate(id: string, publicKey: string, proof: SignedProof, client: Client): Promise<Device> {
    const next = ed25519Key(publicKey);
    return this.shown(id, 'nself-device-key', `${id} ${publicKey}`, proof, async (manager, device) => {
      const old = device.publicKey ?? '';
      if (ed25519Key(old).equals(next))
        throw new ValidationFailed('publicKey must be another key than before.');
      const changed = await this.devices.changeKey(manager, id, old, publicKey);
      if (!changed) throw new DeviceNotTrusted();
      await this.registry.note(manager, 'device.key_changed', changed, id, client);
      return changed;
    });
  }

  private async shown(
    id: string,
    purpose: ProofPurpose,
    subject: string,
    proof: SignedProof,
    work: (manager: EntityManager, device: Device) => Promise<Device>,
  ): Promise<Device> {
    const familyId = await this.tenants.run(anonymousContext(), manager =>
      this.devices.familyOf(manager, id),
    );
    if (!familyId) throw new DeviceNotTrusted();
    return this.tenants.run(contextOfPerson(id, { familyId, role: 'device' }), async manager => {
      const device = await this.devices.find(manager, id);
      if (!device?.publicKey || !device.trusted || device.revokedAt) throw new DeviceNotTrusted();
      await this.proof.check(manager, purpose, subject, device.publicKey, proof);
      return work(manager, device);
    });
  }
}
