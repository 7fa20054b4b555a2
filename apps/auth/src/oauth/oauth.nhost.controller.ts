import { Body, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { Public } from '@nself/kernel';
import type { Request, Response } from 'express';
import { CurrentClient, type Client } from '../client';
import { FreshSignIn } from '../elevation';
import { sessionPayload } from '../gate';
import { AnswersOk, NhostFace, OK } from '../nhost';
import { IdTokenService } from './id-tokens';
import { DepartureQuery, IdTokenDto } from './oauth.dto';
import { OAuthArrivals, OAuthDepartures } from './oauth.service';
import type { Returned } from './provider';

type SessionPayload = ReturnType<typeof sessionPayload>;

/** By way of a provider: there and back. */
@Public()
@NhostFace()
export class NhostOAuthController {
  constructor(
    private readonly departures: OAuthDepartures,
    private readonly arrivals: OAuthArrivals,
  ) {}

  @Get('signin/provider/:provider')
  async signIn(
    @Param('provider') provider: string,
    @Query() query: DepartureQuery,
    @Res() response: Response,
  ): Promise<void> {
    response.redirect(302, await this.departures.depart(provider, query, false));
  }

  @Get('signup/provider/:provider')
  async signUp(
    @Param('provider') provider: string,
    @Query() query: DepartureQuery,
    @Res() response: Response,
  ): Promise<void> {
    response.redirect(302, await this.departures.depart(provider, query, true));
  }

  @Get('signin/provider/:provider/callback')
  async callback(
    @Param('provider') provider: string,
    @Req() request: Request,
    @CurrentClient() client: Client,
    @Res() response: Response,
  ): Promise<void> {
    response.redirect(302, await this.arrivals.arrive(provider, wordsOf(request.query), client));
  }

  /** `response_mode=form_post`, as Apple answers. */
  @Post('signin/provider/:provider/callback')
  async formCallback(
    @Param('provider') provider: string,
    @Req() request: Request,
    @CurrentClient() client: Client,
    @Res() response: Response,
  ): Promise<void> {
    response.redirect(302, await this.arrivals.arrive(provider, wordsOf(request.body), client));
  }
}

/** Id tokens that an app brings. */
@NhostFace()
export class NhostIdTokenController {
  constructor(
    private readonly tokens: IdTokenService,
    private readonly fresh: FreshSignIn,
  ) {}

  @Public()
  @Post('signin/idtoken')
  @HttpCode(200)
  async signIn(@Body() body: IdTokenDto, @CurrentClient() client: Client): Promise<SessionPayload> {
    return sessionPayload(await this.tokens.signIn(body, client, false));
  }

  @Public()
  @Post('signup/idtoken')
  @HttpCode(200)
  async signUp(@Body() body: IdTokenDto, @CurrentClient() client: Client): Promise<SessionPayload> {
    return sessionPayload(await this.tokens.signIn(body, client, true));
  }

  @Post('link/idtoken')
  @AnswersOk()
  async link(
    @Body() body: IdTokenDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<string> {
    await this.fresh.assert(actor);
    await this.tokens.link(actor, body, client);
    return OK;
  }
}

/** Only words: a query may nest, and nothing nested is ours. */
function wordsOf(source: unknown): Returned {
  const entries = typeof source === 'object' && source !== null ? Object.entries(source) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
