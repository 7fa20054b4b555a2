import { Inject, Injectable } from '@nestjs/common';
import { Clock, NotFound, type SettingsOf } from '@nself/kernel';
import { familyOfActor, holderOf, type Actor } from '@nself/identity';
import { objectPath, sealHolder, signPath, storageSettings } from '@nself/media';
import { contextOf, TenantGroup, TenantTransaction } from '@nself/tenancy';
import { apiSettings } from '../api.settings';
import { MediaItemDto } from './media-item.dto';
import type { SignedUrlDto } from './media.dto';
import { MediaRepository, objectFrom } from './media.repository';

/** Reads media items; what the database does not show to this person is not there. */
@Injectable()
export class MediaService {
  constructor(
    private readonly transaction: TenantTransaction,
    private readonly groups: TenantGroup,
    private readonly media: MediaRepository,
    private readonly clock: Clock,
    @Inject(storageSettings.token) private readonly storage: SettingsOf<typeof storageSettings>,
    @Inject(apiSettings.token) private readonly api: SettingsOf<typeof apiSettings>,
  ) {}

  async get(actor: Actor, id: string): Promise<MediaItemDto> {
    const row = await this.transaction.run(contextOf(actor), manager => this.media.find(manager, id));
    if (!row) throw new NotFound('There is no such media item.');
    return MediaItemDto.of(row);
  }

  /** The right to see is checked now; the link carries it to one object for a while, or until it is taken away. */
  async link(actor: Actor, id: string, variant?: string): Promise<SignedUrlDto> {
    const [rows = []] = await this.groups.run(contextOf(actor), [this.media.object(id, variant)]);
    if (!objectFrom(rows[0]))
      throw new NotFound(variant ? 'There is no such variant.' : 'There is no such media item.');
    const expiresAt = new Date(this.clock.now().getTime() + this.storage.linkLife);
    const key = Buffer.from(this.storage.signingKey, 'hex');
    const path = objectPath(familyOfActor(actor), id, variant);
    const signed = signPath(path, expiresAt, key, sealHolder(holderOf(actor), path, key));
    return { url: this.api.publicUrl + signed.path, expiresAt: signed.expiresAt.toISOString() };
  }
}
