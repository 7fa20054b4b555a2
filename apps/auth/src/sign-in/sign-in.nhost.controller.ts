import { Body, HttpCode, Post } from '@nestjs/common';
import { Public } from '@nself/kernel';
import { CurrentClient, type Client } from '../client';
import { nhostAnswer, type NhostSignInAnswer } from '../gate';
import { NhostFace } from '../nhost';
import { NhostSignInDto } from './sign-in.dto';
import { SignInService } from './sign-in.service';

/** Signing in on Nhost's routes. */
@Public()
@NhostFace('signin')
export class NhostSignInController {
  constructor(private readonly signIn: SignInService) {}

  @Post('email-password')
  @HttpCode(200)
  async emailPassword(
    @Body() body: NhostSignInDto,
    @CurrentClient() client: Client,
  ): Promise<NhostSignInAnswer> {
    return nhostAnswer(await this.signIn.signIn(body.email, body.password, client));
  }
}
