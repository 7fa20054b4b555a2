import { Body, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { Public } from '@nself/kernel';
import { CurrentClient, type Client } from '../client';
import { FreshSignIn } from '../elevation';
import { NhostFace } from '../nhost';
import { nhostSession, type NhostSession } from '../sessions';
import { CreatePersonalTokenDto, SignInWithPersonalTokenDto } from './personal-token.dto';
import type { PersonalToken } from './personal-token.repository';
import { PersonalTokenService } from './personal-token.service';

/** Personal access tokens. */
@NhostFace()
export class NhostPersonalTokenController {
  constructor(
    private readonly tokens: PersonalTokenService,
    private readonly fresh: FreshSignIn,
  ) {}

  @Post('pat')
  @HttpCode(200)
  async create(
    @Body() body: CreatePersonalTokenDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<{ id: string; personalAccessToken: string }> {
    await this.fresh.assert(actor);
    return this.tokens.create(actor, body, client);
  }

  /** Ours: the person's live tokens, without the tokens themselves. */
  @Get('pat')
  async list(@CurrentActor() actor: Actor): Promise<{ items: PersonalToken[]; nextCursor: null }> {
    return { items: await this.tokens.list(actor), nextCursor: null };
  }

  /** Ours: takes one back. */
  @Delete('pat/:id')
  @HttpCode(204)
  revoke(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<void> {
    return this.tokens.revoke(actor, id, client);
  }

  @Public()
  @Post('signin/pat')
  @HttpCode(200)
  async signIn(
    @Body() body: SignInWithPersonalTokenDto,
    @CurrentClient() client: Client,
  ): Promise<{ session: NhostSession }> {
    return { session: nhostSession(await this.tokens.signIn(body.personalAccessToken, client)) };
  }
}
