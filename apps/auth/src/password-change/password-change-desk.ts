import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import type { Client } from '../client';
import { FreshSignIn } from '../elevation';
import type { ChangePasswordDto } from './password-change.dto';
import { PasswordChangeService } from './password-change.service';

/** Tells the two ways to a new password apart. */
@Injectable()
export class PasswordChangeDesk {
  constructor(
    private readonly passwords: PasswordChangeService,
    private readonly fresh: FreshSignIn,
  ) {}

  async change({ newPassword, ticket }: ChangePasswordDto, actor: Actor, client: Client): Promise<void> {
    if (ticket) return this.passwords.reset(ticket, newPassword, client);
    await this.fresh.assert(actor);
    return this.passwords.change(actor, newPassword, client);
  }
}
