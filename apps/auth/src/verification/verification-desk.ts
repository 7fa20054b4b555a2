import { Injectable } from '@nestjs/common';
import { ProblemError } from '@nself/kernel';
import type { Request, Response } from 'express';
import { clientOf, type Client } from '../client';
import { landInError, LandingService } from '../landing';
import { escape, pageWords } from '../mail';
import { nhostErrorOf } from '../nhost';
import { hidden, sendPage } from '../pages';
import { Redirects } from '../redirects';
import { kindOf } from './link-kinds';
import { TicketInvalid } from './verification.errors';
import { VerificationService } from './verification.service';
import type { VerifyQuery } from './verification.dto';

/** Answers browsers that come from a mail. */
@Injectable()
export class VerificationDesk {
  constructor(
    private readonly verification: VerificationService,
    private readonly landing: LandingService,
    private readonly redirects: Redirects,
  ) {}

  /** A page with a button. Opening it uses nothing, so scanners of mail may open it as often as they like. */
  open(query: VerifyQuery, request: Request, response: Response): void {
    const redirectTo = this.redirects.choose(query.redirectTo);
    const kind = kindOf(query.ticket);
    if (!kind) throw new TicketInvalid();
    const locale = query.lang ?? (request.acceptsLanguages('en', 'de', 'ar') || 'en');
    const words = pageWords(kind.template, locale);
    const fields = { ticket: query.ticket, type: kind.type, redirectTo, codeChallenge: query.codeChallenge };
    const inputs = Object.entries(fields).flatMap(([name, value]) => (value ? [hidden(name, value)] : []));
    sendPage(response, {
      ...words,
      formTargets: [originOf(redirectTo)],
      body: `<form method="get" action="${escape(this.redirects.own('/verify'))}">${inputs.join('')}<button>${escape(words.button)}</button></form>`,
    });
  }

  /** Uses the link and sends the browser on; what went wrong is told to the app, as Nhost tells it. */
  async follow(query: VerifyQuery, request: Request): Promise<string> {
    const redirectTo = this.redirects.choose(query.redirectTo);
    try {
      return await this.use(query, redirectTo, clientOf(request));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { error: code, message } = nhostErrorOf(error);
      return landInError(redirectTo, code, message);
    }
  }

  private async use(query: VerifyQuery, redirectTo: string, client: Client): Promise<string> {
    const kind = kindOf(query.ticket);
    if (!kind) throw new TicketInvalid();
    const used = await this.verification.use(kind, query.ticket, client);
    return this.landing.land(used.account, {
      redirectTo,
      client,
      type: kind.type,
      method: 'magic-link',
      // The app that asked for the link said first for whom its code is; the address may say it for others only.
      codeChallenge: used.codeChallenge ?? query.codeChallenge,
    });
  }
}

/** For a browser's check of where a form may lead; schemes of apps stand for themselves. */
function originOf(address: string): string {
  const { origin, protocol } = new URL(address);
  return origin === 'null' ? protocol : origin;
}
