import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Limiter, RateLimited, type Limit } from '@nself/kernel';
import { createTransport, type Transporter } from 'nodemailer';
import type { EntityManager } from 'typeorm';
import { limitSettings, type LimitSettings } from '../limits';
import { Courier, Outbox, Undeliverable, type Message } from '../outbox';
import type { Mail } from './mail';
import { mailSettings, type MailSettings } from './mail.settings';
import { renderMail } from './render';

const WEEK_SECONDS = 604_800;
/** How long a mail server may take for a step, in milliseconds; all of them together stay below the outbox's lease. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** Sends mail by SMTP, after the transaction that it belongs to and with patience; nobody's answer waits for it. */
@Injectable()
export class Mailer implements OnModuleInit, OnApplicationShutdown {
  private readonly transport: Transporter;

  constructor(
    private readonly outbox: Outbox,
    private readonly courier: Courier,
    private readonly limiter: Limiter,
    @Inject(mailSettings.token) private readonly settings: MailSettings,
    @Inject(limitSettings.token) private readonly limits: LimitSettings,
  ) {
    const { host, port, secure, user, password } = settings;
    const auth = user ? { user, pass: password } : undefined;
    this.transport = createTransport({ host, port, secure, pool: true, auth, ...PATIENCE });
  }

  onModuleInit(): void {
    this.courier.serve('mail', message => this.carry(message));
  }

  /**
   * Sends a mail if and when the transaction of `manager` commits. A recipient who got too many lately gets none, and
   * nobody is told. What it carries may be good for `lifeSeconds` only; later it is not sent any more.
   */
  async post(manager: EntityManager, mail: Mail, lifeSeconds = WEEK_SECONDS): Promise<void> {
    if (await this.isFlooded(mail.to)) return;
    await this.outbox.put(manager, 'mail', mail, lifeSeconds);
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }

  private async isFlooded(recipient: string): Promise<boolean> {
    const limit: Limit = {
      name: 'mail',
      burst: this.limits.emailsBurst,
      interval: this.limits.emailsInterval,
    };
    try {
      await this.limiter.take(limit, recipient);
      return false;
    } catch (error) {
      if (error instanceof RateLimited) return true;
      throw error;
    }
  }

  /** The id of the message stays the same over all tries, so that a mailbox can tell a mail that came twice. */
  private async carry({ id, content }: Message): Promise<void> {
    const mail = content as Mail;
    const domain = /@([\w.-]+)/.exec(this.settings.sender)?.[1] ?? 'nself';
    const rendered = renderMail(mail);
    try {
      await this.transport.sendMail({
        from: this.settings.sender,
        to: mail.to,
        messageId: `<${id}@${domain}>`,
        headers: { 'X-Email-Template': mail.template, 'Auto-Submitted': 'auto-generated' },
        ...rendered,
      });
    } catch (error) {
      throw isFinal(error)
        ? new Undeliverable('The mail server refuses this mail.', { cause: error })
        : error;
    }
  }
}

/** A refusal of the 500s is for good (RFC 5321, 4.2.1); everything else may pass. */
const isFinal = (error: unknown): boolean =>
  error instanceof Error && 'responseCode' in error && Number(error.responseCode) >= 500;
