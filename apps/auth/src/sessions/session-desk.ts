import { Inject, Injectable } from '@nestjs/common';
import { TokenVerifier, type Actor } from '@nself/identity';
import { SessionExpired, Unauthenticated } from '@nself/kernel';
import type { Request, Response } from 'express';
import type { Client } from '../client';
import { tokenSettings, type TokenSettings } from '../tokens';
import { clearRefreshCookie, readRefreshCookie, writeRefreshCookie } from './refresh-cookie';
import {
  nhostSession,
  sessionAnswer,
  type IssuedSession,
  type NhostSession,
  type SessionAnswer,
} from './session';
import type { LogoutDto, NhostSignOutDto, RefreshDto } from './session.dto';
import { SessionKeeper } from './session-keeper';
import { TokenRefresher } from './token-refresher';

/** Where both faces meet the core: takes tokens from bodies and cookies, and words the answers. */
@Injectable()
export class SessionDesk {
  constructor(
    private readonly refresher: TokenRefresher,
    private readonly keeper: SessionKeeper,
    private readonly verifier: TokenVerifier,
    @Inject(tokenSettings.token) private readonly settings: TokenSettings,
  ) {}

  async refresh(
    body: RefreshDto,
    client: Client,
    request: Request,
    response: Response,
  ): Promise<SessionAnswer> {
    const fromCookie = body.refreshToken ? undefined : readRefreshCookie(request);
    const token = body.refreshToken ?? fromCookie;
    if (!token) throw new SessionExpired();
    const issued = await this.refresher.refresh(token, client);
    return this.answer(issued, response, body.cookie ?? fromCookie !== undefined);
  }

  /** Words a session; with `cookie` the refresh token is also kept out of reach of scripts. */
  answer(issued: IssuedSession, response: Response, cookie = false): SessionAnswer {
    if (cookie) writeRefreshCookie(response, issued.refreshToken, this.settings.refreshTokenSeconds);
    return sessionAnswer(issued);
  }

  async nhostRefresh(token: string, client: Client): Promise<NhostSession> {
    return nhostSession(await this.refresher.refresh(token, client));
  }

  /** An access token ends its own session; without one, a refresh token ends the session it belongs to. */
  async logout(
    body: LogoutDto,
    actor: Actor,
    client: Client,
    request: Request,
    response: Response,
  ): Promise<void> {
    const token = body.refreshToken ?? readRefreshCookie(request);
    clearRefreshCookie(response);
    await this.leave({ refreshToken: token, all: body.all }, actor, client);
  }

  /** Nobody is told that they are signed out while the session of their own access token goes on. */
  async leave({ all, refreshToken }: NhostSignOutDto, actor: Actor, client: Client): Promise<void> {
    const ended = !all && refreshToken && (await this.keeper.logoutByRefreshToken(refreshToken, client));
    if (ended) return;
    if (actor.userId) return this.keeper.logout(actor, all ?? false, client);
    if (all || !refreshToken) throw new Unauthenticated();
  }

  /** Throws unless `token`, or the bearer token of the request, is good. */
  async verify(token: string | undefined, actor: Actor): Promise<void> {
    if (token) await this.verifier.verify(token);
    else if (!actor.userId) throw new Unauthenticated();
  }
}
