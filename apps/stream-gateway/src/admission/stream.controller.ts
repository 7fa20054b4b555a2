import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Redirect } from '@nestjs/common';
import { Public } from '@nself/kernel';
import { type Actor, CurrentActor, Roles, Scoped } from '@nself/identity';
import {
  HeartbeatDto,
  PlaybackPathDto,
  PlaybackQueryDto,
  StartStreamDto,
  StreamDto,
  StreamIdDto,
} from './stream.dto';
import { StreamService } from './stream.service';

const VIEWERS = ['owner', 'admin_member', 'adult', 'youth', 'child', 'device'] as const;

@Controller('v1/streams')
export class StreamController {
  constructor(private readonly streams: StreamService) {}

  @Scoped('write')
  @Post()
  @Roles(...VIEWERS)
  start(@CurrentActor() actor: Actor, @Body() wish: StartStreamDto): Promise<StreamDto> {
    return this.streams.start(actor, wish);
  }

  @Scoped('write')
  @Post(':id/heartbeat')
  @HttpCode(204)
  @Roles(...VIEWERS)
  heartbeat(
    @CurrentActor() actor: Actor,
    @Param() { id }: StreamIdDto,
    @Body() { state }: HeartbeatDto,
  ): Promise<void> {
    return this.streams.heartbeat(actor, id, state);
  }

  @Scoped('write')
  @Delete(':id')
  @HttpCode(204)
  @Roles(...VIEWERS)
  stop(@CurrentActor() actor: Actor, @Param() { id }: StreamIdDto): Promise<void> {
    return this.streams.stop(actor, id);
  }

  /** Players bring no token of their own: the signature in the address opens this one session while it runs. */
  @Get(':familyId/:id/playback')
  @Public()
  @Redirect()
  playback(
    @Param() path: PlaybackPathDto,
    @Query() link: PlaybackQueryDto,
  ): Promise<{ url: string; statusCode: number }> {
    return this.streams.playback(path, link);
  }
}
