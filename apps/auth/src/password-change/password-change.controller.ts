import { Body, Post } from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { Public } from '@nself/kernel';
import { CurrentClient, type Client } from '../client';
import { AnswersOk, NhostFace, OK } from '../nhost';
import { PasswordChangeDesk } from './password-change-desk';
import { ChangePasswordDto, ResetPasswordDto } from './password-change.dto';
import { PasswordReset } from './password-reset';

/** New passwords. */
@Public()
@NhostFace('user/password')
export class PasswordChangeController {
  constructor(
    private readonly desk: PasswordChangeDesk,
    private readonly resets: PasswordReset,
  ) {}

  @Post()
  @AnswersOk()
  async change(
    @Body() body: ChangePasswordDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<string> {
    await this.desk.change(body, actor, client);
    return OK;
  }

  @Post('reset')
  @AnswersOk()
  async reset(@Body() body: ResetPasswordDto): Promise<string> {
    await this.resets.ask(body);
    return OK;
  }
}
