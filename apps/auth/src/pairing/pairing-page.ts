/**
 * The approval page works without scripts and without a session of its own: somebody types the code with e-mail and
 * password, sees which device asks from where and for which family, and says yes or no. Between the two steps a page
 * ticket stands for the sign-in: the access token of a session that is opened for this and ended with the answer.
 */
import { Injectable } from '@nestjs/common';
import { TokenVerifier, type Actor } from '@nself/identity';
import { ProblemError } from '@nself/kernel';
import type { Response } from 'express';
import type { Client } from '../client';
import { escape } from '../mail';
import { hidden, sendPage } from '../pages';
import { Redirects } from '../redirects';
import { SessionKeeper } from '../sessions';
import { SignInService } from '../sign-in';
import type { PairingView } from './pairing';
import { PairingDesk } from './pairing-desk';
import type { PageAnswer, PageSignIn } from './pairing-page.dto';

const FRAME = { lang: 'en', direction: 'ltr' } as const;

@Injectable()
export class PairingPage {
  constructor(
    private readonly signIn: SignInService,
    private readonly desk: PairingDesk,
    private readonly verifier: TokenVerifier,
    private readonly sessions: SessionKeeper,
    private readonly redirects: Redirects,
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

  /** Shows what is asked for. */
  async confirm(
    { user_code: code, email, password }: PageSignIn,
    client: Client,
    response: Response,
  ): Promise<void> {
    try {
      const { session } = await this.signIn.signIn(email, password, client);
      if (!session)
        return this.ask(
          response,
          code,
          'Your account has a second factor: please approve the device in the app.',
        );
      const view = await this.desk.show(code, await this.verifier.verify(session.accessToken), client);
      sendPage(response, {
        ...FRAME,
        title: 'Connect this device?',
        body: this.question(view, session.accessToken),
      });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.ask(response, code, error.detail ?? error.title);
    }
  }

  /** Takes the answer and ends the session that was opened for it. */
  async decide(
    { user_code: userCode, ticket, answer }: PageAnswer,
    client: Client,
    response: Response,
  ): Promise<void> {
    try {
      const actor = await this.verifier.verify(ticket);
      const { deviceId } = await this.desk.decide({ userCode, approve: answer === 'yes' }, actor, client);
      await this.leave(actor, client);
      const title = deviceId ? 'The device is connected' : 'The device was refused';
      sendPage(response, { ...FRAME, title, body: '<p>You can close this page.</p>' });
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
