import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID, Matches } from 'class-validator';

export class MediaIdDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly id: string;
}

export class VariantQueryDto {
  @ApiPropertyOptional({ example: 'thumb', description: 'Without it the original.' })
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{0,39}$/)
  readonly variant?: string;
}

/** What a signed link carries. */
export class LinkQueryDto {
  @ApiProperty({ description: 'Seconds since 1970.' })
  @Matches(/^\d{1,12}$/)
  readonly expires: string;

  @ApiProperty({ description: 'Whose link it is, sealed.' })
  @Matches(/^[A-Za-z0-9_-]{20,1000}$/)
  readonly holder: string;

  @ApiProperty()
  @Matches(/^[A-Za-z0-9_-]{20,100}$/)
  readonly signature: string;
}

export class SignedUrlDto {
  @ApiProperty({
    format: 'uri',
    description:
      'Opens this one object to whoever has it, until it expires or the session that asked for it ends.',
  })
  readonly url: string;
  @ApiProperty({ format: 'date-time' })
  readonly expiresAt: string;
}

export class ObjectPathDto {
  @IsUUID()
  readonly familyId: string;

  @IsUUID()
  readonly itemId: string;

  @Matches(/^[a-z][a-z0-9-]{0,39}$/)
  readonly variant: string;
}
