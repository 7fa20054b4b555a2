import { Injectable } from '@nestjs/common';
import { MfaRequired } from '@nself/kernel';
import type { Response } from 'express';
import { nhostSession, SessionDesk, type NhostSession, type SessionAnswer } from '../sessions';
import type { SignInOutcome } from './sign-in-gate';

/** How Nhost's contract words the end of a sign-in. */
export interface NhostSignInAnswer {
  session: NhostSession | null;
  mfa: { ticket: string } | null;
}

/** Words the end of a sign-in for both faces. */
@Injectable()
export class OutcomeDesk {
  constructor(private readonly desk: SessionDesk) {}

  /** @throws MfaRequired with the ticket to bring along with the code */
  answer(outcome: SignInOutcome, response: Response, cookie = false): SessionAnswer {
    if (outcome.mfa) throw new MfaRequired(undefined, { extensions: outcome.mfa });
    return this.desk.answer(outcome.session, response, cookie);
  }
}

export const nhostAnswer = (outcome: SignInOutcome): NhostSignInAnswer =>
  outcome.mfa ? { session: null, mfa: outcome.mfa } : { session: nhostSession(outcome.session), mfa: null };

/** The same where the contract knows only a session: the question for a second factor stands beside it. */
export const sessionPayload = (
  outcome: SignInOutcome,
): { session: NhostSession | null; mfa?: { ticket: string } } =>
  outcome.mfa ? { session: null, mfa: outcome.mfa } : { session: nhostSession(outcome.session) };
