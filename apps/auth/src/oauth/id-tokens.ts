import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import type { Client } from '../client';
import { SignInGate, type SignInOutcome } from '../gate';
import type { Newly } from './identity-book';
import { Linker } from './linker';
import type { IdTokenDto } from './oauth.dto';
import { ProviderExchangeFailed } from './oauth.errors';
import { Providers } from './providers';

/** Takes id tokens that an app got from a provider by itself, as phones do. */
@Injectable()
export class IdTokenService {
  constructor(
    private readonly providers: Providers,
    private readonly linker: Linker,
    private readonly gate: SignInGate,
  ) {}

  async signIn(body: IdTokenDto, client: Client, mustBeNew: boolean): Promise<SignInOutcome> {
    const account = await this.linker.accountFor(await this.arrival(body, client, mustBeNew));
    return this.gate.pass(account, { method: 'id-token', client });
  }

  /** Joins the provider's account to the actor's. @throws ProviderAccountTaken */
  async link(actor: Actor, body: IdTokenDto, client: Client): Promise<void> {
    await this.linker.connect(actor.userId as string, await this.arrival(body, client, false));
  }

  private async arrival(
    { provider, idToken, nonce, options = {} }: IdTokenDto,
    client: Client,
    mustBeNew: boolean,
  ): Promise<Newly> {
    const house = this.providers.withIdTokens(provider);
    const profile = await house.verifyIdToken(idToken, nonce).catch((error: unknown) => {
      throw new ProviderExchangeFailed('This id token is not valid.', { cause: error });
    });
    const { redirectTo: _unused, ...wishes } = options;
    return { provider, profile, wishes, client, mustBeNew };
  }
}
