import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '@nself/kernel';
import type { Request, Response } from 'express';
import { LinkQueryDto, ObjectPathDto } from './media.dto';
import { ObjectService } from './object.service';

/** Open without a token: the signature in the address is the right to this one object. */
@ApiTags('storage')
@Controller('v1/storage/objects')
export class ObjectController {
  constructor(private readonly objects: ObjectService) {}

  @Get(':familyId/:itemId/:variant')
  @Public()
  @ApiOperation({ summary: 'The bytes behind a signed link; answers ranges and conditions' })
  send(
    @Param() path: ObjectPathDto,
    @Query() link: LinkQueryDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.objects.send(path, link, request, response);
  }
}
