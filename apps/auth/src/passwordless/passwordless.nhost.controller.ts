import { Body, HttpCode, Post } from '@nestjs/common';
import { Public } from '@nself/kernel';
import { CurrentClient, type Client } from '../client';
import { nhostAnswer, type NhostSignInAnswer } from '../gate';
import { Limited } from '../limits';
import { AnswersOk, NhostFace, OK } from '../nhost';
import { EmailCodeSignIn } from './email-code-sign-in';
import type { MailboxEntry } from './mailbox-people';
import { PasswordlessEmailDto, VerifyEmailCodeDto } from './passwordless.dto';
import { PasswordlessService } from './passwordless.service';

/** Links and codes by mail. */
@Public()
@NhostFace()
export class NhostPasswordlessController {
  constructor(
    private readonly passwordless: PasswordlessService,
    private readonly codes: EmailCodeSignIn,
  ) {}

  @Post('signin/passwordless/email')
  @AnswersOk()
  async signInByLink(@Body() body: PasswordlessEmailDto, @CurrentClient() client: Client): Promise<string> {
    await this.passwordless.sendLink(entryOf(body, client, false));
    return OK;
  }

  @Limited('signups')
  @Post('signup/passwordless/email')
  @AnswersOk()
  async signUpByLink(@Body() body: PasswordlessEmailDto, @CurrentClient() client: Client): Promise<string> {
    await this.passwordless.sendLink(entryOf(body, client, true));
    return OK;
  }

  @Post('signin/otp/email')
  @AnswersOk()
  async signInByCode(@Body() body: PasswordlessEmailDto, @CurrentClient() client: Client): Promise<string> {
    await this.passwordless.sendCode(entryOf(body, client, false));
    return OK;
  }

  @Limited('signups')
  @Post('signup/otp/email')
  @AnswersOk()
  async signUpByCode(@Body() body: PasswordlessEmailDto, @CurrentClient() client: Client): Promise<string> {
    await this.passwordless.sendCode(entryOf(body, client, true));
    return OK;
  }

  @Post('signin/otp/email/verify')
  @HttpCode(200)
  async verifyCode(
    @Body() { email, otp }: VerifyEmailCodeDto,
    @CurrentClient() client: Client,
  ): Promise<NhostSignInAnswer> {
    return nhostAnswer(await this.codes.signIn(email, otp, client));
  }
}

function entryOf(
  { email, options = {}, codeChallenge }: PasswordlessEmailDto,
  client: Client,
  mustBeNew: boolean,
): MailboxEntry {
  const { redirectTo, ...wishes } = options;
  return { email, wishes, redirectTo, codeChallenge, client, mustBeNew };
}
