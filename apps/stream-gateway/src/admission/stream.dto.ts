import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsUUID, Matches } from 'class-validator';

export const STREAM_STATES = ['playing', 'paused', 'idle', 'buffering'] as const;

export class StartStreamDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly contentId: string;

  @ApiProperty({ format: 'uuid', description: 'A trusted device of the family.' })
  @IsUUID()
  readonly deviceId: string;
}

export class HeartbeatDto {
  @ApiProperty({ enum: STREAM_STATES })
  @IsIn(STREAM_STATES)
  readonly state: (typeof STREAM_STATES)[number];
}

export class StreamIdDto {
  @IsUUID()
  readonly id: string;
}

export class PlaybackQueryDto {
  @Matches(/^\d{1,12}$/)
  readonly expires: string;

  @Matches(/^[A-Za-z0-9_-]{20,100}$/)
  readonly signature: string;
}

/** An admitted stream. */
export class StreamDto {
  @ApiProperty({ format: 'uuid' })
  readonly sessionId: string;
  @ApiProperty({ description: 'Opens the playback of this one session.' })
  readonly token: string;
  @ApiProperty({ format: 'uri' })
  readonly playbackUrl: string;
  @ApiProperty({ format: 'date-time' })
  readonly expiresAt: string;
}

export class PlaybackPathDto {
  @IsUUID()
  readonly familyId: string;

  @IsUUID()
  readonly id: string;
}
