import { Body, HttpCode, Post } from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { Public } from '@nself/kernel';
import { CurrentClient, type Client } from '../client';
import { Limited } from '../limits';
import { AnswersOk, NhostFace, OK } from '../nhost';
import { nhostSession, type NhostSession } from '../sessions';
import { AnonymousDto, DeanonymizeDto } from './anonymous.dto';
import { AnonymousService } from './anonymous.service';
import { Deanonymization } from './deanonymization';

/** Visitors. */
@NhostFace()
export class NhostAnonymousController {
  constructor(
    private readonly visitors: AnonymousService,
    private readonly deanonymization: Deanonymization,
  ) {}

  @Public()
  @Limited('signups')
  @Post('signin/anonymous')
  @HttpCode(200)
  async signIn(
    @Body() body: AnonymousDto,
    @CurrentClient() client: Client,
  ): Promise<{ session: NhostSession }> {
    return { session: nhostSession(await this.visitors.signIn(body ?? {}, client)) };
  }

  @Post('user/deanonymize')
  @AnswersOk()
  async deanonymize(
    @Body() body: DeanonymizeDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<string> {
    await this.deanonymization.apply(actor, body, client);
    return OK;
  }
}
