import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { defineSettings, Limiter, text, UpstreamFailed, url, type SettingsOf } from '@nself/kernel';
import type { EntityManager } from 'typeorm';
import { EndpointDisabled } from '../accounts';
import { limitSettings, type LimitSettings } from '../limits';
import { Courier, Outbox, Undeliverable, type Message } from '../outbox';

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

/** A text message to a number in international form. */
export interface TextMessage {
  to: string;
  text: string;
}

/** Sends text messages through any service that takes HTTP, from the outbox. */
@Injectable()
export class SmsSender implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly courier: Courier,
    private readonly limiter: Limiter,
    @Inject(smsSettings.token) private readonly settings: SettingsOf<typeof smsSettings>,
    @Inject(limitSettings.token) private readonly limits: LimitSettings,
  ) {}

  onModuleInit(): void {
    this.courier.serve('sms', message => this.carry(message));
  }

  /** @throws EndpointDisabled when no service is configured */
  assertEnabled(): void {
    if (!this.settings.url) throw new EndpointDisabled();
  }

  /** Counts a wish for a message, before it matters whether anybody is known under the number. @throws RateLimited */
  async admit(phoneNumber: string): Promise<void> {
    const { smsBurst: burst, smsInterval: interval } = this.limits;
    await this.limiter.take({ name: 'sms', burst, interval }, phoneNumber);
  }

  /** Sends if and when the transaction commits, unless `lifeSeconds` have passed by then. */
  async post(manager: EntityManager, message: TextMessage, lifeSeconds: number): Promise<void> {
    await this.outbox.put(manager, 'sms', message, lifeSeconds);
  }

  /** The id is the same over all tries, so that a service that knows `Idempotency-Key` sends once. */
  private async carry({ id, content }: Message): Promise<void> {
    const { url: address, token } = this.settings;
    if (!address) throw new Undeliverable('No service for text messages is configured any more.');
    const { to, text: words } = content as TextMessage;
    const answer = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ to, text: words }),
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new UpstreamFailed(`The SMS service answered ${answer.status}.`);
  }
}
