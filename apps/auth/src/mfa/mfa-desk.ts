import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import type { Client } from '../client';
import { FreshSignIn } from '../elevation';
import type { ChangeMfaDto } from './mfa.dto';
import { MfaService } from './mfa.service';

/** Changes of factors, behind the demand for a fresh sign-in. */
@Injectable()
export class MfaDesk {
  constructor(
    private readonly mfa: MfaService,
    private readonly fresh: FreshSignIn,
  ) {}

  async generate(actor: Actor): Promise<{ totpSecret: string; imageUrl: string }> {
    await this.fresh.assert(actor);
    return this.mfa.generate(actor);
  }

  async change({ code, activeMfaType }: ChangeMfaDto, actor: Actor, client: Client): Promise<void> {
    await this.fresh.assert(actor);
    if (activeMfaType === 'totp') await this.mfa.activate(actor, code, client);
    else await this.mfa.deactivate(actor, code, client);
  }

  async recoveryCodes(actor: Actor): Promise<string[]> {
    await this.fresh.assert(actor);
    return this.mfa.recoveryCodes(actor);
  }
}
