import { ApiProperty } from '@nestjs/swagger';

/** A media item as its row says it. */
export interface MediaItemRow {
  readonly id: string;
  readonly family_id: string;
  readonly file_id: string;
  readonly uploaded_by: string | null;
  readonly kind: string;
  readonly mime_type: string;
  readonly size: string;
  readonly sha256: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly orientation: number | null;
  readonly duration_ms: string | null;
  readonly taken_at: Date | null;
  readonly camera_make: string | null;
  readonly camera_model: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly blurhash: string | null;
  readonly caption: string;
  readonly status: string;
  readonly created_at: Date;
}

export class PlaceDto {
  @ApiProperty({ description: 'Degrees, WGS 84; north is positive.' })
  readonly latitude: number;
  @ApiProperty({ description: 'Degrees, WGS 84; east is positive.' })
  readonly longitude: number;
}

export class CameraDto {
  @ApiProperty({ type: String, nullable: true })
  readonly make: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly model: string | null;
}

/** A picture, clip or recording of the family. */
export class MediaItemDto {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;
  @ApiProperty({ format: 'uuid' })
  readonly familyId: string;
  @ApiProperty({ format: 'uuid' })
  readonly fileId: string;
  @ApiProperty({ format: 'uuid', type: String, nullable: true })
  readonly uploadedBy: string | null;
  @ApiProperty({ enum: ['photo', 'video', 'audio', 'document'] })
  readonly kind: string;
  @ApiProperty({ example: 'image/jpeg' })
  readonly mimeType: string;
  @ApiProperty({ description: 'Bytes.' })
  readonly size: number;
  @ApiProperty({ description: 'SHA-256 of the original bytes, lower-case hexadecimal.' })
  readonly sha256: string;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Pixels, as people see it: after the orientation.',
  })
  readonly width: number | null;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Pixels, as people see it: after the orientation.',
  })
  readonly height: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'EXIF orientation of the original, 1 to 8.' })
  readonly orientation: number | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly takenAt: string | null;
  @ApiProperty({ type: CameraDto, nullable: true })
  readonly camera: CameraDto | null;
  @ApiProperty({ type: PlaceDto, nullable: true })
  readonly place: PlaceDto | null;
  @ApiProperty({ type: String, nullable: true })
  readonly blurhash: string | null;
  @ApiProperty()
  readonly caption: string;
  @ApiProperty({ enum: ['pending', 'processing', 'ready', 'failed', 'quarantined'] })
  readonly status: string;
  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;

  static of(row: MediaItemRow): MediaItemDto {
    const { latitude, longitude, camera_make: make, camera_model: model } = row;
    return {
      id: row.id,
      familyId: row.family_id,
      fileId: row.file_id,
      uploadedBy: row.uploaded_by,
      kind: row.kind,
      mimeType: row.mime_type,
      size: Number(row.size),
      sha256: row.sha256,
      width: row.width,
      height: row.height,
      orientation: row.orientation,
      takenAt: row.taken_at?.toISOString() ?? null,
      camera: make === null && model === null ? null : { make, model },
      place: latitude === null || longitude === null ? null : { latitude, longitude },
      blurhash: row.blurhash,
      caption: row.caption,
      status: row.status,
      createdAt: row.created_at.toISOString(),
    };
  }
}
