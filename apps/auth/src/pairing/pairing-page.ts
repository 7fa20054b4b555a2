/**
 * The approval page works without scripts and without a session of its own: somebody types the code with e-mail and
 * password, and the second factor where there is one, sees which device asks from where and for which family, and says
 * yes or no. Between the steps a page ticket stands for the sign-in: the access token of a session that is opened for
 * this and ended with the answer.
 */
import { Injectable } from '@nestjs/common';
import { TokenVerifier, type Actor } from '@nself/identity';
import { ProblemError } from '@nself/kernel';
import type { Response } from 'express';
import type { Client } from '../client';
import { escape } from '../mail';
import { MfaSignIn } from '../mfa';
import { hidden, sendPage } from '../pages';
import { Redirects } from '../redirects';
import { SessionKeeper, type IssuedSession } from '../sessions';
import { SignInService } from '../sign-in';
import type { PairingView } from './pairing';
import { PairingDesk } from './pairing-desk';
import type { PageAnswer, PageFactor, PageSignIn } from './pairing-page.dto';

const FRAME = { lang: 'en', direction: 'ltr' } as const;

@Injectable()
export class PairingPage {
  constructor(
    private readonly signIn: SignInService,
    private readonly desk: PairingDesk,
    private readonly verifier: TokenVerifier,
    private readonly sessions: SessionKeeper,
    private readonly redirects: Redirects,
    private readonly mfa: MfaSignIn,
  ) {}

  /** Asks for the code, and who is asking. */
  ask(response: Response, userCode = '', problem = ''): void {
    const form = `
<form method="post" action="${escape(this.redirects.own('/device/page'))}">
<label>Code on the device<input name="user_code" value="${escape(userCode)}" autocomplete="off" autocapitalize="characters" required></label>
<label>Your e-mail<input name="email" type="email" autocomplete="username" required></label>
<label>Your password<input name="password" type="password" autocomplete="current-password" required></label>
<button>Continue</button></form>`;
    const warning = problem ? `<p class="warn">${escape(problem)}</p>` : '';
    sendPage(response, { ...FRAME, title: 'Connect a device', body: warning + form }, problem ? 400 : 200);
  }

  /** Shows what is asked for, or asks for the second factor first. */
  async confirm(
    { user_code: code, email, password }: PageSignIn,
    client: Client,
    response: Response,
  ): Promise<void> {
    await this.orAskAgain(response, code, async () => {
      const { session, mfa } = await this.signIn.signIn(email, password, client);
      if (session) await this.show(response, code, session, client);
      else this.askForFactor(response, code, mfa.ticket);
    });
  }

  /** Shows what is asked for to somebody who has a second factor. */
  async confirmFactor(
    { user_code: code, ticket, otp }: PageFactor,
    client: Client,
    response: Response,
  ): Promise<void> {
    await this.orAskAgain(response, code, async () =>
      this.show(response, code, await this.mfa.signIn(ticket, otp, client), client),
    );
  }

  /** Takes the answer and ends the session that was opened for it. */
  async decide(
    { user_code: userCode, ticket, answer }: PageAnswer,
    client: Client,
    response: Response,
  ): Promise<void> {
    await this.orAskAgain(response, userCode, async () => {
      const actor = await this.verifier.verify(ticket);
      const { deviceId } = await this.desk.decide({ userCode, approve: answer === 'yes' }, actor, client);
      await this.leave(actor, client);
      const title = deviceId ? 'The device is connected' : 'The device was refused';
      sendPage(response, { ...FRAME, title, body: '<p>You can close this page.</p>' });
    });
  }

  private askForFactor(response: Response, userCode: string, ticket: string): void {
    const body = `
<form method="post" action="${escape(this.redirects.own('/device/page/code'))}">${hidden('user_code', userCode)}${hidden('ticket', ticket)}
<label>Code of your app, or a recovery code<input name="otp" autocomplete="one-time-code" required></label>
<button>Continue</button></form>`;
    sendPage(response, { ...FRAME, title: 'Your second factor', body });
  }

  private async show(
    response: Response,
    code: string,
    { accessToken }: IssuedSession,
    client: Client,
  ): Promise<void> {
    const actor = await this.verifier.verify(accessToken);
    const view = await this.desk.show(code, actor, client).catch(async (error: unknown) => {
      await this.leave(actor, client);
      throw error;
    });
    sendPage(response, { ...FRAME, title: 'Connect this device?', body: this.question(view, accessToken) });
  }

  /** Whatever is refused leads back to the beginning, with the reason. */
  private async orAskAgain(response: Response, userCode: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.ask(response, userCode, error.detail ?? error.title);
    }
  }

  private async leave(actor: Actor, client: Client): Promise<void> {
    await this.sessions.logout(actor, false, client);
  }

  private question({ userCode, device, place, agent, family, warning }: PairingView, ticket: string): string {
    const lines = [
      `<p><code>${escape(userCode)}</code></p>`,
      `<p>Device: <b>${escape(device.name)}</b> (${escape(device.type)})<br>Place: ${escape(place)}<br>Software: ${escape(agent)}</p>`,
      `<p>Family: <b>${escape(family.name)}</b></p>`,
      `<p class="warn">${escape(warning)}</p>`,
    ];
    return `${lines.join('\n')}
<form method="post" action="${escape(this.redirects.own('/device/page/answer'))}">${hidden('user_code', userCode)}${hidden('ticket', ticket)}
<button name="answer" value="yes">Connect to ${escape(family.name)}</button><button class="quiet" name="answer" value="no">Refuse</button></form>`;
  }
}
