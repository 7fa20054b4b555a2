import { Forbidden } from '@nself/kernel';
import type { CookieOptions, Request, Response } from 'express';
import { cookieOf } from '../client';

/** `__Host-` ties it to this host, to TLS and to the root path; no other subdomain can set or read it (RFC 6265bis). */
const NAME = '__Host-nself_refresh';
const OPTIONS: CookieOptions = { httpOnly: true, secure: true, sameSite: 'strict', path: '/' };

/** The refresh token of a web page that asked to have it out of reach of scripts. */
export function readRefreshCookie(request: Request): string | undefined {
  const found = cookieOf(request, NAME);
  if (found !== undefined) assertSameSite(request);
  return found;
}

export function writeRefreshCookie(response: Response, token: string, lifeSeconds: number): void {
  response.cookie(NAME, token, { ...OPTIONS, maxAge: lifeSeconds * 1000 });
}

export function clearRefreshCookie(response: Response): void {
  response.clearCookie(NAME, OPTIONS);
}

/** A second wall behind SameSite: browsers say where a request comes from (Fetch Metadata), and pages cannot lie. */
function assertSameSite(request: Request): void {
  const site = request.get('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'same-site') throw new Forbidden();
}
