import { Injectable } from '@nestjs/common';
import { firstOf, type GroupStatement } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { MediaItemRow } from './media-item.dto';

/** Where the bytes of an item, or of a variant of it, are kept. */
export interface ObjectRow {
  readonly object_key: string;
  readonly mime_type: string;
  readonly sha256: string | null;
  readonly name: string | null;
}

export const objectFrom = (row: unknown): ObjectRow | undefined => row as ObjectRow | undefined;

const ORIGINAL = `
  select jsonb_build_object(
           'object_key', f.object_key,
           'mime_type',  f.mime_type,
           'sha256',     f.sha256,
           'name',       f.name) as row
  from   media_items i
  join   storage.files f on f.family_id = i.family_id and f.id = i.file_id
  where  i.family_id = app.family_id() and i.id = $1 and i.deleted_at is null and i.status <> 'quarantined'`;

const VARIANT = `
  select jsonb_build_object(
           'object_key', v.object_key,
           'mime_type',  v.mime_type,
           'sha256',     v.sha256,
           'name',       null) as row
  from   media_variants v
  join   media_items i on i.family_id = v.family_id and i.id = v.media_item_id
  where  i.family_id = app.family_id() and i.id = $1 and v.variant = $2
    and  i.deleted_at is null and i.status <> 'quarantined'`;

@Injectable()
export class MediaRepository {
  async find(manager: EntityManager, id: string): Promise<MediaItemRow | undefined> {
    return firstOf<MediaItemRow>(
      manager,
      `select id, family_id, file_id, uploaded_by, kind, mime_type, size, sha256, width, height, orientation, duration_ms,
              taken_at, camera_make, camera_model, latitude, longitude, blurhash, caption, status, created_at
         from media_items
        where family_id = app.family_id() and id = $1 and deleted_at is null`,
      [id],
    );
  }

  /** A row that is known to be there, such as one just written. */
  async get(manager: EntityManager, id: string): Promise<MediaItemRow> {
    const row = await this.find(manager, id);
    if (!row) throw new Error('A media item that must be there is not.');
    return row;
  }

  /** Where the bytes of an item or of a variant of it are: a statement of a group. `objectFrom` reads its row. */
  object(id: string, variant?: string): GroupStatement {
    if (variant === undefined) return { text: ORIGINAL, values: [id] };
    return { text: VARIANT, values: [id, variant] };
  }
}
