import { Body, HttpCode, Post } from '@nestjs/common';
import { Public } from '@nself/kernel';
import { CurrentClient, type Client } from '../client';
import { Limited } from '../limits';
import { NhostFace } from '../nhost';
import type { NhostSession } from '../sessions';
import { SignUpDesk } from './sign-up-desk';
import { NhostSignUpDto } from './sign-up.dto';

/** Signing up on Nhost's routes. */
@Public()
@Limited('signups')
@NhostFace('signup')
export class NhostSignUpController {
  constructor(private readonly desk: SignUpDesk) {}

  @Post('email-password')
  @HttpCode(200)
  emailPassword(
    @Body() body: NhostSignUpDto,
    @CurrentClient() client: Client,
  ): Promise<{ session: NhostSession | null }> {
    return this.desk.nhostSignUp(body, client);
  }
}
