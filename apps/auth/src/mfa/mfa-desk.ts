import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import type { Client } from '../client';
import { FreshSignIn } from '../elevation';
import { Attempts } from '../limits';
import type { ChangeMfaDto } from './mfa.dto';
import { TotpInvalid } from './mfa.errors';
import { MfaService } from './mfa.service';

/** Changes of factors, behind the demand for a fresh sign-in. */
@Injectable()
export class MfaDesk {
  constructor(
    private readonly mfa: MfaService,
    private readonly fresh: FreshSignIn,
    private readonly attempts: Attempts,
  ) {}

  async generate(actor: Actor): Promise<{ totpSecret: string; imageUrl: string }> {
    await this.fresh.assert(actor);
    return this.mfa.generate(actor);
  }

  /** Wrong codes count as those do that are shown at sign-in. @throws RateLimited */
  async change(wish: ChangeMfaDto, actor: Actor, client: Client): Promise<void> {
    await this.fresh.assert(actor);
    const subject = `mfa ${actor.userId}`;
    await this.attempts.assertOpen(subject, client.ip);
    try {
      await this.switch(wish, actor, client);
    } catch (error) {
      if (error instanceof TotpInvalid) await this.attempts.failed(subject, client.ip);
      throw error;
    }
  }

  async recoveryCodes(actor: Actor, client: Client): Promise<string[]> {
    await this.fresh.assert(actor);
    return this.mfa.recoveryCodes(actor, client);
  }

  private switch({ code, activeMfaType }: ChangeMfaDto, actor: Actor, client: Client): Promise<void> {
    if (activeMfaType === 'totp') return this.mfa.activate(actor, code, client);
    return this.mfa.deactivate(actor, code, client);
  }
}
