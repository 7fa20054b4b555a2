import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import { DtoPipe, enqueue, FileRefused, NotFound, QuotaExceeded, type SettingsOf } from '@nself/kernel';
import { familyOfActor, Revocations, type Actor } from '@nself/identity';
import {
  contentKey,
  inspectMedia,
  type MediaFacts,
  ObjectLedger,
  processMedia,
  storageSettings,
  Unacceptable,
} from '@nself/media';
import { contextOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { MediaItemDto, MediaRepository } from '../media';
import { spoolUpload, type Spooled } from './spool';
import { UploadFieldsDto } from './upload.dto';
import { UploadRepository } from './upload.repository';

/** Takes files in: spool, inspect, store, record. Whatever fails on the way, nothing stays behind. */
@Injectable()
export class UploadService {
  constructor(
    private readonly ledger: ObjectLedger,
    private readonly uploads: UploadRepository,
    private readonly media: MediaRepository,
    private readonly audit: AuditTrail,
    private readonly revocations: Revocations,
    @Inject(storageSettings.token) private readonly settings: SettingsOf<typeof storageSettings>,
  ) {}

  async take(actor: Actor, request: IncomingMessage): Promise<MediaItemDto> {
    const spooled = await spoolUpload(request, {
      folder: join(this.settings.path, '.spool'),
      maxBytes: this.settings.maxUpload,
      fields: ['albumId', 'caption'],
    });
    try {
      const [fields, facts] = [await checkedFields(spooled.fields), await inspect(spooled)];
      // A large file takes its time; meanwhile its sender may have been removed from the family.
      this.revocations.assertLive(actor);
      return await this.keep(actor, spooled, fields, facts);
    } finally {
      await rm(spooled.path, { force: true });
    }
  }

  private async keep(
    actor: Actor,
    spooled: Spooled,
    fields: UploadFieldsDto,
    facts: MediaFacts,
  ): Promise<MediaItemDto> {
    const familyId = familyOfActor(actor);
    const objectKey = contentKey(familyId, spooled.sha256);
    return this.ledger.keep(
      contextOf(actor),
      familyId,
      { key: objectKey, path: spooled.path },
      async manager => {
        await this.spend(manager, actor, spooled.size);
        const id = await this.uploads.record(manager, {
          actor,
          spooled,
          facts,
          objectKey,
          caption: fields.caption,
        });
        if (fields.albumId && !(await this.uploads.addToAlbum(manager, actor, fields.albumId, id))) {
          throw new NotFound('There is no such album.');
        }
        await enqueue(manager, processMedia, { itemId: id }, { familyId });
        await this.audit.record(manager, {
          type: 'media.uploaded',
          familyId,
          actorId: actor.userId,
          subjectType: 'media_item',
          subjectId: id,
        });
        return MediaItemDto.of(await this.media.get(manager, id));
      },
    );
  }

  /** Counting up first makes parallel uploads wait for each other on the family's one row, so no two slip through. */
  private async spend(manager: EntityManager, actor: Actor, bytes: number): Promise<void> {
    const { used, limit } = await this.uploads.addUsage(
      manager,
      familyOfActor(actor),
      'storage_bytes',
      bytes,
    );
    if (limit !== null && used > limit) throw new QuotaExceeded('The family has no room left for this file.');
  }
}

async function inspect({ path, declaredType }: Spooled): Promise<MediaFacts> {
  return inspectMedia(path, declaredType).catch((error: unknown) => {
    throw error instanceof Unacceptable ? new FileRefused(error.message) : error;
  });
}

const pipe = new DtoPipe();

/** The text parts of the form, held to the same rules as any body. */
const checkedFields = (fields: Readonly<Record<string, string>>): Promise<UploadFieldsDto> =>
  pipe.transform(fields, { type: 'body', metatype: UploadFieldsDto }) as Promise<UploadFieldsDto>;
