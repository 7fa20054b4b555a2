import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { Public } from '@nself/kernel';
import type { Response } from 'express';
import { CurrentClient, type Client } from '../client';
import { OutcomeDesk } from '../gate';
import type { SessionAnswer } from '../sessions';
import { LoginDto } from './sign-in.dto';
import { SignInService } from './sign-in.service';

/** Signing in on our own routes. */
@Public()
@Controller('v1/auth')
export class SignInController {
  constructor(
    private readonly signIn: SignInService,
    private readonly desk: OutcomeDesk,
  ) {}

  /** Answers tokens, or MFA_REQUIRED with the ticket that `POST /v1/auth/mfa` takes. */
  @Post('login')
  @HttpCode(200)
  async login(
    @Body() body: LoginDto,
    @CurrentClient() client: Client,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionAnswer> {
    return this.desk.answer(
      await this.signIn.signIn(body.email, body.password, client),
      response,
      body.cookie,
    );
  }
}
