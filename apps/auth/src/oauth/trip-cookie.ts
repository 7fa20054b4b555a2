/**
 * A trip to a provider ends in the browser in which it began. The state alone does not say so: whoever begins a trip
 * knows its state, and could lead somebody else's browser to the end of it, who would then be signed in as the
 * attacker without noticing, or have their account at the provider joined to the attacker's (RFC 9700, section 4.7).
 * So a browser that leaves is given a word in a cookie, and the trip remembers the word's digest.
 *
 * A browser has one word at a time, so that trips in several tabs do not disturb one another. It lasts a little longer
 * than a trip and opens nothing by itself.
 */
import { Inject, Injectable } from '@nestjs/common';
import { constantTimeEqual, randomToken, sha256, type SettingsOf } from '@nself/kernel';
import type { CookieOptions, Request, Response } from 'express';
import { cookieOf } from '../client';
import { redirectSettings } from '../redirects';

const LIFE_MS = 900_000;
const WORD = /^[\w-]{43}$/;

/** How a provider sends browsers back: by a link, or by a form, which is a POST of another site. */
export type WayBack = 'link' | 'form';

const NAMES: Readonly<Record<WayBack, string>> = { link: 'nself_trip', form: 'nself_trip_form' };

@Injectable()
export class TripCookie {
  private readonly secure: boolean;

  constructor(@Inject(redirectSettings.token) { serverUrl }: SettingsOf<typeof redirectSettings>) {
    this.secure = serverUrl.startsWith('https:');
  }

  /** The word of a browser that leaves; it has it from now on, if it had none. */
  give(way: WayBack, request: Request, response: Response): string {
    const name = this.nameOf(way);
    const held = cookieOf(request, name);
    const word = held && WORD.test(held) ? held : randomToken();
    response.cookie(name, word, this.options(way));
    return word;
  }

  /** The words of a browser that comes back. */
  words(request: Request): string[] {
    const found = [cookieOf(request, this.nameOf('link')), cookieOf(request, this.nameOf('form'))];
    return found.filter(word => word !== undefined);
  }

  private nameOf(way: WayBack): string {
    return this.secure ? `__Host-${NAMES[way]}` : NAMES[way];
  }

  /**
   * Browsers bring a Lax cookie along with a link from another site, with a form only one that is None, and that must
   * be Secure. Without TLS, which is for one's own machine, neither `__Host-` nor Secure would be kept by all of them.
   */
  private options(way: WayBack): CookieOptions {
    const sameSite = way === 'form' && this.secure ? 'none' : 'lax';
    return { httpOnly: true, secure: this.secure, sameSite, path: '/', maxAge: LIFE_MS };
  }
}

/** What a trip remembers of a word. */
export const digestOf = (word: string): string => sha256(word).toString('base64url');

/** Whether one of the words is the one that the trip remembers. */
export const isOneOf = (words: readonly string[], digest: string): boolean =>
  words.some(word => constantTimeEqual(digestOf(word), digest));
