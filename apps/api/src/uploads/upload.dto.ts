import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

/** The text fields beside the file. */
export class UploadFieldsDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'Album that the item is added to.' })
  @IsOptional()
  @IsUUID()
  readonly albumId?: string;

  @ApiPropertyOptional({ maxLength: 5000 })
  @IsOptional()
  @IsString()
  @MaxLength(5000)
  readonly caption?: string;
}

/** The multipart form as a whole, for the documents. */
export class UploadFormDto extends UploadFieldsDto {
  @ApiProperty({
    type: 'string',
    format: 'binary',
    description: 'The bytes; what they are is read from them, not from the name.',
  })
  readonly file: unknown;
}
