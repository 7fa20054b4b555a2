import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { Public } from '@nself/kernel';
import type { Request, Response } from 'express';
import { CurrentClient, type Client } from '../client';
import { SessionDesk } from './session-desk';
import { LogoutDto, RefreshDto } from './session.dto';
import { FamilySessions, type FamilySessionView } from './family-sessions';
import type { SessionAnswer, SessionView } from './session';
import { SessionKeeper } from './session-keeper';

/** Sessions on our own routes. */
@Controller('v1')
export class SessionController {
  constructor(
    private readonly desk: SessionDesk,
    private readonly keeper: SessionKeeper,
    private readonly family: FamilySessions,
  ) {}

  /** Exchanges a refresh token, from the body or the cookie, for a new pair. */
  @Public()
  @Post('auth/refresh')
  @HttpCode(200)
  refresh(
    @Body() body: RefreshDto,
    @CurrentClient() client: Client,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionAnswer> {
    return this.desk.refresh(body, client, request, response);
  }

  /** Ends this session, or all of the person's. */
  @Public()
  @Post('auth/logout')
  @HttpCode(204)
  logout(
    @Body() body: LogoutDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    return this.desk.logout(body, actor, client, request, response);
  }

  /** The live sessions of the person, last seen first. */
  @Get('sessions')
  async list(@CurrentActor() actor: Actor): Promise<{ items: SessionView[]; nextCursor: null }> {
    return { items: await this.keeper.list(actor), nextCursor: null };
  }

  /** Ends one of the person's own sessions. */
  @Delete('sessions/:id')
  @HttpCode(204)
  end(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<void> {
    return this.keeper.endOwn(actor, id, client);
  }

  /** The live sessions that speak for the family, for its stewards. */
  @Get('families/:id/sessions')
  async listOfFamily(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<{ items: FamilySessionView[]; nextCursor: null }> {
    return { items: await this.family.list(actor, id), nextCursor: null };
  }

  /** Ends a session that speaks for the family. */
  @Delete('families/:id/sessions/:sessionId')
  @HttpCode(204)
  endOfFamily(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('sessionId', ParseUUIDPipe) sessionId: string,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<void> {
    return this.family.end(actor, id, sessionId, client);
  }
}
