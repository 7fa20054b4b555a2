import { Body, HttpCode, Post } from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { Public } from '@nself/kernel';
import { CurrentClient, type Client } from '../client';
import { AnswersOk, NhostFace, OK } from '../nhost';
import type { NhostSession } from './session';
import { SessionDesk } from './session-desk';
import { NhostRefreshDto, NhostSignOutDto, NhostVerifyTokenDto } from './session.dto';

/** Sessions on Nhost's routes. */
@Public()
@NhostFace()
export class NhostSessionController {
  constructor(private readonly desk: SessionDesk) {}

  @Post('token')
  @HttpCode(200)
  refresh(@Body() body: NhostRefreshDto, @CurrentClient() client: Client): Promise<NhostSession> {
    return this.desk.nhostRefresh(body.refreshToken, client);
  }

  @Post('token/verify')
  @AnswersOk()
  async verify(@Body() body: NhostVerifyTokenDto, @CurrentActor() actor: Actor): Promise<string> {
    await this.desk.verify(body?.token, actor);
    return OK;
  }

  @Post('signout')
  @AnswersOk()
  async signOut(
    @Body() body: NhostSignOutDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<string> {
    await this.desk.leave(body, actor, client);
    return OK;
  }
}
