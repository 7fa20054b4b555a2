import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { Public } from '@nself/kernel';
import type { Response } from 'express';
import { CurrentClient, type Client } from '../client';
import { AnswersOk, NhostFace, OK } from '../nhost';
import { nhostSession, SessionDesk, type NhostSession, type SessionAnswer } from '../sessions';
import { MfaDesk } from './mfa-desk';
import { MfaSignIn } from './mfa-sign-in';
import { ChangeMfaDto, MfaSignInDto, NhostMfaSignInDto } from './mfa.dto';

/** The second factor on our own routes. */
@Controller('v1/auth/mfa')
export class MfaController {
  constructor(
    private readonly mfa: MfaSignIn,
    private readonly manage: MfaDesk,
    private readonly desk: SessionDesk,
  ) {}

  /** Finishes a sign-in that answered MFA_REQUIRED. */
  @Public()
  @Post()
  @HttpCode(200)
  async signIn(
    @Body() { ticket, code, cookie }: MfaSignInDto,
    @CurrentClient() client: Client,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionAnswer> {
    return this.desk.answer(await this.mfa.signIn(ticket, code, client), response, cookie);
  }

  /** Ten new recovery codes, shown this once; the ones before are void. */
  @Post('recovery-codes')
  @HttpCode(200)
  async recoveryCodes(
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<{ codes: string[] }> {
    return { codes: await this.manage.recoveryCodes(actor, client) };
  }
}

/** The second factor on Nhost's routes. */
@NhostFace()
export class NhostMfaController {
  constructor(
    private readonly mfa: MfaSignIn,
    private readonly manage: MfaDesk,
  ) {}

  @Get('mfa/totp/generate')
  generate(@CurrentActor() actor: Actor): Promise<{ totpSecret: string; imageUrl: string }> {
    return this.manage.generate(actor);
  }

  @Post('user/mfa')
  @AnswersOk()
  async change(
    @Body() body: ChangeMfaDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<string> {
    await this.manage.change(body, actor, client);
    return OK;
  }

  @Public()
  @Post('signin/mfa/totp')
  @HttpCode(200)
  async signIn(
    @Body() body: NhostMfaSignInDto,
    @CurrentClient() client: Client,
  ): Promise<{ session: NhostSession }> {
    return { session: nhostSession(await this.mfa.signIn(body.ticket, body.otp, client)) };
  }
}
