import { Injectable } from '@nestjs/common';
import { TokenVerifier } from '@nself/identity';
import { ProblemError } from '@nself/kernel';
import { logger } from '@nself/observability';
import { NewcomerPolicy, type Account } from '../accounts';
import type { Client } from '../client';
import { FreshSignIn } from '../elevation';
import { landInError, LandingService } from '../landing';
import { nhostErrorOf } from '../nhost';
import { Redirects } from '../redirects';
import type { Newly } from './identity-book';
import { Linker } from './linker';
import type { DepartureQuery } from './oauth.dto';
import { ProviderExchangeFailed, ProviderRefused, StateInvalid } from './oauth.errors';
import type { ProviderProfile, Returned } from './provider';
import { Providers } from './providers';
import { digestOf, isOneOf } from './trip-cookie';
import { TripStore, type Journey } from './trip-store';

const log = logger('auth.oauth');

/** Sends browsers to providers. */
@Injectable()
export class OAuthDepartures {
  constructor(
    private readonly providers: Providers,
    private readonly trips: TripStore,
    private readonly redirects: Redirects,
    private readonly policy: NewcomerPolicy,
    private readonly verifier: TokenVerifier,
    private readonly fresh: FreshSignIn,
  ) {}

  /**
   * The address to send the browser to; it comes back with the same word.
   *
   * @throws EndpointDisabled, RedirectNotAllowed, RoleNotAllowed; Unauthenticated or ElevationRequired for a token to
   *   connect to that is not good or not fresh
   */
  async depart(provider: string, query: DepartureQuery, mustBeNew: boolean, word: string): Promise<string> {
    const {
      redirectTo,
      connect,
      state,
      codeChallenge,
      displayName,
      locale,
      metadata,
      allowedRoles,
      defaultRole,
    } = query;
    const house = this.providers.get(provider);
    const wishes = { displayName, locale, metadata, allowedRoles, defaultRole };
    this.policy.shape(wishes);
    const trip = this.trips.newTrip(this.redirects.own(`/signin/provider/${provider}/callback`));
    const connectTo = connect ? await this.holderOf(connect) : undefined;
    const target = this.redirects.choose(redirectTo);
    await this.trips.depart({
      provider,
      trip,
      redirectTo: target,
      wishes,
      codeChallenge,
      appState: state,
      connectTo,
      mustBeNew,
      browser: digestOf(word),
    });
    return (await house.start(trip)).toString();
  }

  /** Whose token this is. One more way to sign in is a change of factors, so the sign-in must be fresh. */
  private async holderOf(token: string): Promise<string | undefined> {
    const actor = await this.verifier.verify(token);
    await this.fresh.assert(actor);
    return actor.userId ?? undefined;
  }
}

/** Receives browsers that come back. */
@Injectable()
export class OAuthArrivals {
  constructor(
    private readonly providers: Providers,
    private readonly trips: TripStore,
    private readonly linker: Linker,
    private readonly landing: LandingService,
  ) {}

  /** The address to send the browser on to, which came with these words. @throws StateInvalid */
  async arrive(
    provider: string,
    returned: Returned,
    words: readonly string[],
    client: Client,
  ): Promise<string> {
    const journey = returned['state'] ? await this.trips.arrive(returned['state'], provider) : undefined;
    if (!journey) throw new StateInvalid('This sign-in was not begun here, or is too old.');
    // The app knows its trips by it, those that fail as well (RFC 6749, 4.1.2.1).
    const extra = { state: journey.appState };
    try {
      if (!isOneOf(words, journey.browser)) throw new StateInvalid('This sign-in was begun elsewhere.');
      const account = await this.recognise(journey, returned, client);
      const { redirectTo, codeChallenge } = journey;
      return await this.landing.land(account, {
        redirectTo,
        client,
        codeChallenge,
        method: 'oauth',
        extra,
      });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { error: code, message } = nhostErrorOf(error);
      return landInError(journey.redirectTo, code, message, extra);
    }
  }

  private async recognise(journey: Journey, returned: Returned, client: Client): Promise<Account> {
    if (returned['error']) throw new ProviderRefused('The provider did not let you in.');
    const { provider, wishes, mustBeNew, connectTo } = journey;
    const profile = await this.profile(journey, returned);
    const arrival: Newly = { provider, profile, wishes, client, mustBeNew };
    return connectTo ? this.linker.connect(connectTo, arrival) : this.linker.accountFor(arrival);
  }

  private async profile(journey: Journey, returned: Returned): Promise<ProviderProfile> {
    try {
      return await this.providers.get(journey.provider).finish(returned, journey.trip);
    } catch (error) {
      log.warn({ err: error, provider: journey.provider }, 'what came back from a provider does not hold');
      throw new ProviderExchangeFailed('The answer of the provider does not hold.', { cause: error });
    }
  }
}
