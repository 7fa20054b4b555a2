import { Injectable } from '@nestjs/common';
import type { Account } from '../accounts';
import type { Client } from '../client';
import { SignInGate, type SignInMethod } from '../gate';
import { withParameters } from '../redirects';
import { CodeExchange } from './code-exchange';

/** How a browser comes back from a mail or from a provider. */
export interface Landing {
  redirectTo: string;
  method: SignInMethod;
  client: Client;
  /** What brought it here, for the app; Nhost's words. */
  type?: string;
  /** With it the app gets a code to exchange, without it the refresh token itself. */
  codeChallenge?: string;
  /** Parameters that the app asked to have back. */
  extra?: Record<string, string | undefined>;
}

/** Sends a browser back to the app, signed in. */
@Injectable()
export class LandingService {
  constructor(
    private readonly gate: SignInGate,
    private readonly codes: CodeExchange,
  ) {}

  /** The address to send the browser to. */
  async land(account: Account, landing: Landing): Promise<string> {
    const { redirectTo, method, client, type, codeChallenge, extra } = landing;
    if (codeChallenge && !account.activeMfaType) {
      const code = await this.codes.issue(account, codeChallenge);
      return withParameters(redirectTo, { ...extra, code, type });
    }
    const { session, mfa } = await this.gate.pass(account, { method, client });
    return withParameters(redirectTo, {
      ...extra,
      refreshToken: session?.refreshToken,
      mfaTicket: mfa?.ticket,
      type,
    });
  }
}

/** The address to send a browser to when something went wrong; the words are Nhost's. */
export const landInError = (
  redirectTo: string,
  error: string,
  description: string,
  extra: Landing['extra'] = {},
): string => withParameters(redirectTo, { ...extra, error, errorDescription: description });
