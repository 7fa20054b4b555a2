import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import type { MediaFacts } from '@nself/media';
import { onlyRow, rowsOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Spooled } from './spool';

export interface NewUpload {
  readonly actor: Actor;
  readonly spooled: Spooled;
  readonly facts: MediaFacts;
  readonly objectKey: string;
  readonly caption?: string;
}

export interface Usage {
  readonly used: number;
  readonly limit: number | null;
}

@Injectable()
export class UploadRepository {
  /** Writes the file and the media item; answers the item's id. */
  async record(manager: EntityManager, upload: NewUpload): Promise<string> {
    const fileId = await this.insertFile(manager, upload);
    return this.insertItem(manager, upload, fileId);
  }

  private async insertFile(
    manager: EntityManager,
    { actor, spooled, facts, objectKey }: NewUpload,
  ): Promise<string> {
    const row = await onlyRow<{ id: string }>(
      manager,
      `insert into storage.files
         (family_id, bucket_id, name, size, mime_type, etag, is_uploaded, uploaded_by_user_id, sha256, object_key)
       values ($1, 'media', $2, $3, $4, $5, true, $6, $7, $8)
       returning id`,
      [
        actor.familyId,
        spooled.name,
        spooled.size,
        facts.mimeType,
        `"${spooled.sha256}"`,
        actor.userId,
        spooled.sha256,
        objectKey,
      ],
    );
    return row.id;
  }

  /** A camera's clock without an offset is read in the family's time zone. */
  private async insertItem(manager: EntityManager, upload: NewUpload, fileId: string): Promise<string> {
    const { actor, spooled, facts, caption } = upload;
    const row = await onlyRow<{ id: string }>(
      manager,
      `insert into media_items
         (family_id, file_id, uploaded_by, kind, mime_type, size, sha256, width, height, orientation,
          taken_at, camera_make, camera_model, latitude, longitude, caption, status)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
              coalesce(($11::text || $12::text)::timestamptz, $11::timestamp at time zone f.time_zone),
              $13, $14, $15, $16, $17, 'processing'
         from families f
        where f.id = $1
       returning id`,
      [
        actor.familyId,
        fileId,
        actor.userId,
        facts.kind,
        facts.mimeType,
        spooled.size,
        spooled.sha256,
        facts.picture?.width,
        facts.picture?.height,
        facts.picture?.orientation,
        facts.takenAt?.local,
        facts.takenAt?.offset,
        facts.camera?.make,
        facts.camera?.model,
        facts.place?.latitude,
        facts.place?.longitude,
        caption ?? '',
      ],
    );
    return row.id;
  }

  /** False when the album is not there for this person. */
  async addToAlbum(manager: EntityManager, actor: Actor, albumId: string, itemId: string): Promise<boolean> {
    const rows = await rowsOf<unknown>(
      manager,
      `insert into album_items (family_id, album_id, media_item_id, added_by, position)
       select a.family_id, a.id, $2, $3,
              coalesce((select max(i.position) + 1 from album_items i where i.family_id = a.family_id and i.album_id = a.id), 0)
         from albums a
        where a.family_id = $4 and a.id = $1 and a.deleted_at is null
       returning id`,
      [albumId, itemId, actor.userId, actor.familyId],
    );
    return rows.length === 1;
  }

  async addUsage(manager: EntityManager, familyId: string, metric: string, amount: number): Promise<Usage> {
    const row = await onlyRow<{ used: string; limit: string | null }>(
      manager,
      `select app.add_usage($1, $2, $3) as used,
              (select q.hard_limit from app.quota($1, $2) q) as limit`,
      [familyId, metric, amount],
    );
    return { used: Number(row.used), limit: row.limit === null ? null : Number(row.limit) };
  }
}
