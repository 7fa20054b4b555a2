import { Body, HttpCode, Post } from '@nestjs/common';
import { Public } from '@nself/kernel';
import { CurrentClient, type Client } from '../client';
import { nhostAnswer, type NhostSignInAnswer } from '../gate';
import { Limited } from '../limits';
import { AnswersOk, NhostFace, OK } from '../nhost';
import { SmsCodeSignIn } from './sms-code-sign-in';
import { SmsDto, VerifySmsDto } from './sms.dto';
import { SmsService } from './sms.service';

/** Codes by text message. */
@Public()
@NhostFace()
export class NhostSmsController {
  constructor(
    private readonly sms: SmsService,
    private readonly codes: SmsCodeSignIn,
  ) {}

  @Post('signin/passwordless/sms')
  @AnswersOk()
  async signIn(
    @Body() { phoneNumber, options = {} }: SmsDto,
    @CurrentClient() client: Client,
  ): Promise<string> {
    await this.sms.sendCode(phoneNumber, options, client, false);
    return OK;
  }

  @Limited('signups')
  @Post('signup/passwordless/sms')
  @AnswersOk()
  async signUp(
    @Body() { phoneNumber, options = {} }: SmsDto,
    @CurrentClient() client: Client,
  ): Promise<string> {
    await this.sms.sendCode(phoneNumber, options, client, true);
    return OK;
  }

  @Post('signin/passwordless/sms/otp')
  @HttpCode(200)
  async verify(
    @Body() { phoneNumber, otp }: VerifySmsDto,
    @CurrentClient() client: Client,
  ): Promise<NhostSignInAnswer> {
    return nhostAnswer(await this.codes.signIn(phoneNumber, otp, client));
  }
}
