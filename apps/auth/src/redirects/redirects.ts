import { Inject, Injectable } from '@nestjs/common';
import { defineSettings, list, url, ValidationFailed, type SettingsOf } from '@nself/kernel';

export const redirectSettings = defineSettings('redirects', {
  serverUrl: {
    env: 'AUTH_SERVER_URL',
    meaning: 'Address of auth as people reach it from outside; links in mails start with it.',
    shape: url(),
    derived: {
      says: 'AUTH_URL/v1',
      from: read => `${read('AUTH_URL') ?? `http://127.0.0.1:${read('AUTH_PORT') ?? '4000'}`}/v1`,
    },
  },
  clientUrl: {
    env: 'AUTH_CLIENT_URL',
    meaning: 'Address of the app that people come back to when a request names none.',
    shape: url(),
    default: 'http://localhost:3000',
  },
  allowed: {
    env: 'AUTH_ACCESS_CONTROL_ALLOWED_REDIRECT_URLS',
    meaning:
      'Addresses beside the app that browsers may be sent to, with everything below them. A star in a host stands for one label or a part of it: https://*.family.example.',
    shape: list(),
    default: [],
  },
});

/** An address that the operator does not list. */
export class RedirectNotAllowed extends ValidationFailed {
  readonly nhostCode = 'redirectTo-not-allowed';

  constructor() {
    super('This address is not one that we send people to.');
  }
}

/** Decides where a browser may be sent: only to the app and to what the operator lists, compared by parts, not by text. */
@Injectable()
export class Redirects {
  private readonly allowed: URL[];

  constructor(
    @Inject(redirectSettings.token) private readonly settings: SettingsOf<typeof redirectSettings>,
  ) {
    this.allowed = [settings.clientUrl, ...settings.allowed].map(address => new URL(address));
  }

  /** The wished address, or the app's. @throws RedirectNotAllowed */
  choose(wished?: string): string {
    if (!wished) return this.settings.clientUrl;
    const target = URL.canParse(wished) ? new URL(wished) : undefined;
    if (!target || !this.allowed.some(base => covers(base, target))) throw new RedirectNotAllowed();
    return wished;
  }

  /** Where somebody who was invited goes: the app shows who invites and accepts. The fragment never reaches a server. */
  invitation(token: string): string {
    return `${this.settings.clientUrl}/invitation#token=${token}`;
  }

  /** An address of our own, under the path that the outside sees. */
  own(path: string, parameters: Record<string, string> = {}): string {
    const query = new URLSearchParams(parameters).toString();
    return `${this.settings.serverUrl}${path}${query && `?${query}`}`;
  }
}

/** Same scheme, host (or one that a star stands for) and port, no credentials, and the same path or one below it. */
function covers(base: URL, target: URL): boolean {
  if (base.protocol !== target.protocol || !isHostOf(base, target)) return false;
  if (target.username || target.password) return false;
  const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`;
  return base.pathname === target.pathname || `${target.pathname}/`.startsWith(folder);
}

/** A star stands for letters, digits and dashes within one label, so never for a dot, a port, or nothing. */
function isHostOf(base: URL, target: URL): boolean {
  if (!base.host.includes('*')) return base.host === target.host;
  const parts = base.host.split('*').map(part => part.replace(/[^a-z0-9-]/g, '\\$&'));
  return new RegExp(`^${parts.join('[a-z0-9-]+')}$`).test(target.host);
}

/** The same address with parameters added; those that it has are kept. */
export function withParameters(address: string, parameters: Record<string, string | undefined>): string {
  const target = new URL(address);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) target.searchParams.set(name, value);
  return target.toString();
}
