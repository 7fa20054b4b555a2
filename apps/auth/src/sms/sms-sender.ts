import { Inject, Injectable } from '@nestjs/common';
import { defineSettings, text, UpstreamFailed, url, type SettingsOf } from '@nself/kernel';
import { EndpointDisabled } from '../accounts';
import { Limiter, limitSettings, type LimitSettings } from '../limits';

export const smsSettings = defineSettings('sms', {
  url: {
    env: 'AUTH_SMS_URL',
    meaning:
      'Service that sends text messages: takes POST with JSON {to, text}. Without it, codes by text message are off.',
    shape: url(),
    optional: true,
  },
  token: {
    env: 'AUTH_SMS_TOKEN',
    meaning: 'Bearer token for that service.',
    shape: text({ secret: true }),
    optional: true,
  },
});

const PATIENCE_MS = 10_000;

/** The service did not take the message. */
export class CannotSendSms extends UpstreamFailed {
  readonly nhostCode = 'cannot-send-sms';
}

/** Sends text messages through any service that takes HTTP. */
@Injectable()
export class SmsSender {
  constructor(
    private readonly limiter: Limiter,
    @Inject(smsSettings.token) private readonly settings: SettingsOf<typeof smsSettings>,
    @Inject(limitSettings.token) private readonly limits: LimitSettings,
  ) {}

  /** @throws EndpointDisabled when no service is configured */
  assertEnabled(): void {
    if (!this.settings.url) throw new EndpointDisabled();
  }

  /** @throws CannotSendSms, RateLimited */
  async send(to: string, message: string): Promise<void> {
    const { url: address, token } = this.settings;
    if (!address) throw new EndpointDisabled();
    await this.limiter.take(
      { name: 'sms', burst: this.limits.smsBurst, interval: this.limits.smsInterval },
      to,
    );
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ to, text: message }),
        signal: AbortSignal.timeout(PATIENCE_MS),
        redirect: 'error',
      });
      if (!answer.ok) throw new Error(`the SMS service answered ${answer.status}`);
    } catch (error) {
      throw new CannotSendSms('The message could not be sent.', { cause: error });
    }
  }
}
