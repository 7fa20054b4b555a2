import { firstOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { MadePicture, Recipe } from './recipes';

export interface OriginalRow {
  readonly object_key: string;
  readonly mime_type: string;
  readonly kind: string;
}

export interface NewVariant {
  readonly familyId: string;
  readonly itemId: string;
  readonly recipe: Recipe;
  readonly picture: MadePicture;
  readonly objectKey: string;
}

export function findOriginal(
  manager: EntityManager,
  familyId: string,
  itemId: string,
): Promise<OriginalRow | undefined> {
  return firstOf<OriginalRow>(
    manager,
    `select f.object_key, i.mime_type, i.kind
       from media_items i
       join storage.files f on f.family_id = i.family_id and f.id = i.file_id
      where i.family_id = $1 and i.id = $2 and i.deleted_at is null`,
    [familyId, itemId],
  );
}

export async function recordVariant(manager: EntityManager, variant: NewVariant): Promise<void> {
  const { familyId, itemId, recipe, picture, objectKey } = variant;
  await manager.query(
    `insert into media_variants
       (family_id, media_item_id, variant, mime_type, width, height, size, object_key, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict on constraint one_of_each_variant do update
        set mime_type = excluded.mime_type, width = excluded.width, height = excluded.height,
            size = excluded.size, object_key = excluded.object_key, version = excluded.version`,
    [
      familyId,
      itemId,
      recipe.variant,
      picture.mimeType,
      picture.width,
      picture.height,
      picture.bytes.length,
      objectKey,
      recipe.version,
    ],
  );
}

export async function setReady(
  manager: EntityManager,
  familyId: string,
  itemId: string,
  blurhash?: string,
): Promise<void> {
  await manager.query(
    `update media_items
        set status = 'ready', blurhash = coalesce($3, blurhash)
      where family_id = $1 and id = $2 and status in ('pending', 'processing')`,
    [familyId, itemId, blurhash ?? null],
  );
}
