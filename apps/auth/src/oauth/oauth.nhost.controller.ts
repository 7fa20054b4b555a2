import { Body, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { Public } from '@nself/kernel';
import type { Request, Response } from 'express';
import { CurrentClient, type Client } from '../client';
import { FreshSignIn } from '../elevation';
import { sessionPayload } from '../gate';
import { AnswersOk, NhostFace, OK } from '../nhost';
import { IdTokenService } from './id-tokens';
import { OAuthDesk } from './oauth-desk';
import { DepartureQuery, IdTokenDto } from './oauth.dto';

type SessionPayload = ReturnType<typeof sessionPayload>;

/** By way of a provider: there and back. */
@Public()
@NhostFace()
export class NhostOAuthController {
  constructor(private readonly desk: OAuthDesk) {}

  @Get('signin/provider/:provider')
  signIn(
    @Param('provider') provider: string,
    @Query() query: DepartureQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.desk.depart(provider, query, false, request, response);
  }

  @Get('signup/provider/:provider')
  signUp(
    @Param('provider') provider: string,
    @Query() query: DepartureQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.desk.depart(provider, query, true, request, response);
  }

  @Get('signin/provider/:provider/callback')
  callback(
    @Param('provider') provider: string,
    @Req() request: Request,
    @CurrentClient() client: Client,
    @Res() response: Response,
  ): Promise<void> {
    return this.desk.arrive(provider, request.query, client, request, response);
  }

  /** `response_mode=form_post`, as Apple answers. */
  @Post('signin/provider/:provider/callback')
  formCallback(
    @Param('provider') provider: string,
    @Req() request: Request,
    @CurrentClient() client: Client,
    @Res() response: Response,
  ): Promise<void> {
    return this.desk.arrive(provider, request.body, client, request, response);
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
