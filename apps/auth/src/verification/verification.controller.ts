import { Body, Get, Head, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { Public } from '@nself/kernel';
import type { Request, Response } from 'express';
import { AnswersOk, NhostFace, OK } from '../nhost';
import { SendVerificationDto, VerifyQuery } from './verification.dto';
import { VerificationDesk } from './verification-desk';
import { VerificationRequest } from './verification-request';

/** Links from mails. */
@Public()
@NhostFace()
export class VerificationController {
  constructor(
    private readonly desk: VerificationDesk,
    private readonly requests: VerificationRequest,
  ) {}

  /** The page that a mail leads to; its button leads to {@link follow}. */
  @Get('verify/open')
  open(@Query() query: VerifyQuery, @Req() request: Request, @Res() response: Response): void {
    this.desk.open(query, request, response);
  }

  /** Looking is not using: without this, HEAD would be answered by {@link follow}. */
  @Head('verify')
  @HttpCode(200)
  look(): void {}

  /** Uses the ticket and sends the browser to the app. */
  @Get('verify')
  async follow(
    @Query() query: VerifyQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    response.redirect(302, await this.desk.follow(query, request));
  }

  @Post('user/email/send-verification-email')
  @AnswersOk()
  async send(@Body() body: SendVerificationDto, @CurrentActor() actor: Actor): Promise<string> {
    await this.requests.ask(actor, body);
    return OK;
  }
}
