import { Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, Roles, Scoped } from '@nself/identity';
import type { Request } from 'express';
import { MediaItemDto } from '../media';
import { UploadFormDto } from './upload.dto';
import { UploadService } from './upload.service';

@ApiTags('storage')
@Controller('v1/storage')
export class UploadController {
  constructor(private readonly uploads: UploadService) {}

  @Scoped('files', 'write')
  @Post('upload')
  @Roles('owner', 'admin_member', 'adult', 'youth')
  @ApiOperation({ summary: 'Upload a picture, a clip or a recording' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: UploadFormDto })
  @ApiCreatedResponse({ type: MediaItemDto })
  upload(@CurrentActor() actor: Actor, @Req() request: Request): Promise<MediaItemDto> {
    return this.uploads.take(actor, request);
  }
}
