import { Body, Controller, Post, Res } from '@nestjs/common';
import { Public } from '@nself/kernel';
import type { Response } from 'express';
import { CurrentClient, type Client } from '../client';
import { Limited } from '../limits';
import type { SessionAnswer } from '../sessions';
import { SignUpDesk } from './sign-up-desk';
import { RegisterDto } from './sign-up.dto';

/** Signing up on our own routes. */
@Public()
@Limited('signups')
@Controller('v1/auth')
export class SignUpController {
  constructor(private readonly desk: SignUpDesk) {}

  /** Makes an account, with a family of its own or the one of the invitation, and signs in. */
  @Post('register')
  register(
    @Body() body: RegisterDto,
    @CurrentClient() client: Client,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionAnswer> {
    return this.desk.register(body, client, response);
  }
}
