import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, Scoped } from '@nself/identity';
import { MediaItemDto } from './media-item.dto';
import { MediaIdDto, SignedUrlDto, VariantQueryDto } from './media.dto';
import { MediaService } from './media.service';

@ApiTags('media')
@Controller('v1/media')
export class MediaController {
  constructor(private readonly media: MediaService) {}

  @Scoped('read')
  @Get(':id')
  @ApiOperation({ summary: 'What is known of a media item' })
  @ApiOkResponse({ type: MediaItemDto })
  get(@CurrentActor() actor: Actor, @Param() { id }: MediaIdDto): Promise<MediaItemDto> {
    return this.media.get(actor, id);
  }

  @Scoped('files')
  @Get(':id/url')
  @ApiOperation({ summary: 'A signed link to its bytes' })
  @ApiOkResponse({ type: SignedUrlDto })
  url(
    @CurrentActor() actor: Actor,
    @Param() { id }: MediaIdDto,
    @Query() { variant }: VariantQueryDto,
  ): Promise<SignedUrlDto> {
    return this.media.link(actor, id, variant);
  }
}
