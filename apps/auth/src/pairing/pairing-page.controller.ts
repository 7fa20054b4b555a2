import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { Public } from '@nself/kernel';
import type { Response } from 'express';
import { CurrentClient, type Client } from '../client';
import { PairingPage } from './pairing-page';
import { PageAnswer, PageFactor, PageQuery, PageSignIn } from './pairing-page.dto';

/** The page that a device sends people to. */
@Public()
@Controller('v1/device')
export class PairingPageController {
  constructor(private readonly page: PairingPage) {}

  @Get()
  ask(@Query() query: PageQuery, @Res() response: Response): void {
    this.page.ask(response, query.user_code);
  }

  @Post('page')
  confirm(
    @Body() body: PageSignIn,
    @CurrentClient() client: Client,
    @Res() response: Response,
  ): Promise<void> {
    return this.page.confirm(body, client, response);
  }

  @Post('page/code')
  confirmFactor(
    @Body() body: PageFactor,
    @CurrentClient() client: Client,
    @Res() response: Response,
  ): Promise<void> {
    return this.page.confirmFactor(body, client, response);
  }

  @Post('page/answer')
  decide(
    @Body() body: PageAnswer,
    @CurrentClient() client: Client,
    @Res() response: Response,
  ): Promise<void> {
    return this.page.decide(body, client, response);
  }
}
