import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { currentTrace, formatTraceparent, newTrace } from '@nself/observability';
import { lookup as resolve, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, fetch, Headers, type RequestInit, type Response } from 'undici';
import { AddressRefused, UpstreamFailed } from '../errors';
import { defineSettings, duration, integer, list, type SettingsOf } from '../settings';
import { AddressRule } from './address-rule';

export const outboundSettings = defineSettings('outbound', {
  allowed: {
    env: 'OUTBOUND_ALLOWED',
    meaning:
      'Private hosts or networks that webhooks and imports may reach, such as printer.home or 10.1.0.0/16.',
    shape: list(),
    default: [],
  },
  timeout: {
    env: 'OUTBOUND_TIMEOUT',
    meaning: 'How long an address that a user named may take to answer.',
    shape: duration(),
    default: 10_000,
  },
  maxBytes: {
    env: 'OUTBOUND_MAX_BYTES',
    meaning: 'How much of an answer is read at most.',
    shape: integer({ min: 1024 }),
    default: 10_485_760,
  },
});

class RefusedAddress extends Error {}

/**
 * The one client for addresses that somebody else chose: webhooks, OpenID issuers, imports (checks H6).
 *
 * The check stands where the connection is made: the name is resolved once, every address it has must be allowed, and
 * exactly the checked address is connected to. A name that changes its address between check and use gains nothing.
 * Redirects are not followed, because they would lead past the check of the caller.
 */
@Injectable()
export class OutboundClient implements OnApplicationShutdown {
  private readonly rule: AddressRule;
  /** Made when first needed: most processes call nobody, and undici takes megabytes. */
  private guarded: Agent | undefined;
  private trusting: Agent | undefined;

  constructor(
    @Inject(outboundSettings.token) private readonly settings: SettingsOf<typeof outboundSettings>,
  ) {
    this.rule = new AddressRule(settings.allowed);
  }

  /**
   * Like `fetch`, with the current trace sent along.
   *
   * @throws AddressRefused for an address that may not be called or that redirects, UpstreamFailed when it does not
   *   answer in time.
   */
  async fetch(address: string, init: RequestInit = {}): Promise<Response> {
    const url = addressOf(address);
    const dispatcher = this.dispatcherFor(url);
    const signal = AbortSignal.any([
      AbortSignal.timeout(this.settings.timeout),
      ...(init.signal ? [init.signal] : []),
    ]);
    const response = await fetch(url, { ...traced(init), signal, dispatcher, redirect: 'manual' }).catch(
      fail,
    );
    if (response.status >= 300 && response.status < 400 && response.headers.has('location')) {
      await response.body?.cancel();
      throw new AddressRefused('The address leads elsewhere.');
    }
    return response;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.guarded?.destroy(), this.trusting?.destroy()]);
  }

  /** A literal address is not looked up, so it is checked here. */
  private dispatcherFor(url: URL): Agent {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (this.rule.allowsName(host, url.port)) return (this.trusting ??= this.agent());
    if (isIP(host) !== 0 && !this.rule.allowsAddress(host)) throw new AddressRefused();
    return (this.guarded ??= this.agent(this.checkedLookup));
  }

  private agent(lookup?: LookupFunction): Agent {
    const { timeout, maxBytes } = this.settings;
    return new Agent({
      maxResponseSize: maxBytes,
      headersTimeout: timeout,
      bodyTimeout: timeout,
      connect: { timeout, ...(lookup ? { lookup } : {}) },
    });
  }

  private readonly checkedLookup: LookupFunction = (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const refused =
        addresses.length === 0 || !addresses.every(each => this.rule.allowsAddress(each.address));
      if (refused) return callback(new RefusedAddress(), '');
      return hand(addresses, options.all === true, callback);
    });
  };
}

function hand(addresses: LookupAddress[], all: boolean, callback: Parameters<LookupFunction>[2]): void {
  const [first] = addresses;
  if (all) callback(null, addresses);
  else callback(null, first?.address ?? '', first?.family);
}

function addressOf(address: string): URL {
  if (!URL.canParse(address)) throw new AddressRefused();
  const url = new URL(address);
  const plain = url.username === '' && url.password === '';
  if (!plain || !['http:', 'https:'].includes(url.protocol)) throw new AddressRefused();
  return url;
}

function traced(init: RequestInit): RequestInit {
  const headers = new Headers(init.headers);
  headers.set('traceparent', formatTraceparent(newTrace(currentTrace())));
  return { ...init, headers: [...headers] };
}

function fail(error: unknown): never {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof RefusedAddress) throw new AddressRefused();
  throw new UpstreamFailed(undefined, { cause: error });
}
