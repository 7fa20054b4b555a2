import { Body, Post } from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { FreshSignIn } from '../elevation';
import { AnswersOk, NhostFace, OK } from '../nhost';
import { ChangeEmailDto } from './email-change.dto';
import { EmailChangeService } from './email-change.service';

/** Another address for an account. */
@NhostFace('user/email')
export class EmailChangeController {
  constructor(
    private readonly changes: EmailChangeService,
    private readonly fresh: FreshSignIn,
  ) {}

  @Post('change')
  @AnswersOk()
  async change(@Body() body: ChangeEmailDto, @CurrentActor() actor: Actor): Promise<string> {
    await this.fresh.assert(actor);
    await this.changes.ask(actor, body);
    return OK;
  }
}
