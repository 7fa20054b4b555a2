import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Client } from '../client';
import type { DepartureQuery } from './oauth.dto';
import { OAuthArrivals, OAuthDepartures } from './oauth.service';
import type { Returned } from './provider';
import { Providers } from './providers';
import { TripCookie } from './trip-cookie';

/** Where browsers leave and come back: gives and reads the cookie that ties them to their trip, and sends them on. */
@Injectable()
export class OAuthDesk {
  constructor(
    private readonly providers: Providers,
    private readonly departures: OAuthDepartures,
    private readonly arrivals: OAuthArrivals,
    private readonly cookie: TripCookie,
  ) {}

  async depart(
    provider: string,
    query: DepartureQuery,
    mustBeNew: boolean,
    request: Request,
    response: Response,
  ): Promise<void> {
    const word = this.cookie.give(this.providers.get(provider).wayBack, request, response);
    response.redirect(302, await this.departures.depart(provider, query, mustBeNew, word));
  }

  async arrive(
    provider: string,
    source: unknown,
    client: Client,
    request: Request,
    response: Response,
  ): Promise<void> {
    const words = this.cookie.words(request);
    response.redirect(302, await this.arrivals.arrive(provider, returnedIn(source), words, client));
  }
}

/** Only words: a query may nest, and nothing nested is ours. */
function returnedIn(source: unknown): Returned {
  const entries = typeof source === 'object' && source !== null ? Object.entries(source) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
