import { Controller, Delete, Get, Header, HttpCode } from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { CurrentClient, type Client } from '../client';
import { FreshSignIn } from '../elevation';
import { AccountExports, type AccountExport } from './account-data.service';
import { AccountDeletion } from './account-deletion';

/** A person's own data: taking it along, and taking it away. */
@Controller('v1/account')
export class AccountDataController {
  constructor(
    private readonly exports: AccountExports,
    private readonly deletion: AccountDeletion,
    private readonly fresh: FreshSignIn,
  ) {}

  /** Everything that auth keeps about the person, without secrets. */
  @Get('export')
  @Header('content-disposition', 'attachment; filename="account.json"')
  @Header('cache-control', 'no-store')
  export(@CurrentActor() actor: Actor, @CurrentClient() client: Client): Promise<AccountExport> {
    return this.exports.export(actor, client);
  }

  /** Deletes the account, after a fresh sign-in. */
  @Delete()
  @HttpCode(204)
  async delete(@CurrentActor() actor: Actor, @CurrentClient() client: Client): Promise<void> {
    await this.fresh.assert(actor);
    await this.deletion.delete(actor, client);
  }
}
