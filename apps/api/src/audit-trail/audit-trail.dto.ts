import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { A_MOMENT } from '@nself/kernel';
import { Type } from 'class-transformer';
import {
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
} from 'class-validator';

export class AuditQueryDto {
  @ApiPropertyOptional({ example: 'member.removed' })
  @IsOptional()
  @Matches(/^[a-z_]+(\.[a-z_]+)*$/)
  readonly type?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly actorId?: string;

  @ApiPropertyOptional({ example: 'member' })
  @IsOptional()
  @Matches(/^[a-z_]{1,60}$/)
  readonly subjectType?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Events at or after this moment.' })
  @IsOptional()
  @ValidateBy(A_MOMENT)
  readonly since?: string;

  @ApiPropertyOptional({ description: 'From `nextCursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  readonly cursor?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 50;
}

export class AuditEventDto {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;
  @ApiProperty()
  readonly type: string;
  @ApiProperty({
    format: 'uuid',
    type: String,
    nullable: true,
    description: 'Who did it; null once that person was erased.',
  })
  readonly actorId: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly subjectType: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly subjectId: string | null;
  @ApiProperty({ type: Object, nullable: true })
  readonly oldState: unknown;
  @ApiProperty({ type: Object, nullable: true })
  readonly newState: unknown;
  @ApiProperty({ type: String, nullable: true })
  readonly ip: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly agent: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly traceId: string | null;
  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;
}

export class AuditPageDto {
  @ApiProperty({ type: [AuditEventDto] })
  readonly items: readonly AuditEventDto[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}
