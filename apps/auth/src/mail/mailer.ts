import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Background } from '../background';
import { Limiter, limitSettings, type LimitSettings } from '../limits';
import type { Mail } from './mail';
import { mailSettings, type MailSettings } from './mail.settings';
import { renderMail } from './render';

const FIRST_PAUSE_MS = 500;

/** Sends mail by SMTP, in the background and with patience; nobody's answer waits for it. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly transport: Transporter;

  constructor(
    private readonly background: Background,
    private readonly limiter: Limiter,
    @Inject(mailSettings.token) private readonly settings: MailSettings,
    @Inject(limitSettings.token) private readonly limits: LimitSettings,
  ) {
    const { host, port, secure, user, password } = settings;
    this.transport = createTransport({
      host,
      port,
      secure,
      pool: true,
      auth: user ? { user, pass: password } : undefined,
    });
  }

  /** Sends soon. A recipient who got too many lately gets none, and nobody is told. */
  send(mail: Mail): void {
    this.background.start(`mail ${mail.template}`, async () => {
      await this.limiter.take(this.limit, mail.to);
      await this.deliver(mail);
    });
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }

  private get limit(): { name: string; burst: number; interval: number } {
    return { name: 'mail', burst: this.limits.emailsBurst, interval: this.limits.emailsInterval };
  }

  private async deliver(mail: Mail, attempt = 1): Promise<void> {
    try {
      await this.transport.sendMail({
        from: this.settings.sender,
        to: mail.to,
        headers: { 'X-Email-Template': mail.template, 'Auto-Submitted': 'auto-generated' },
        ...renderMail(mail),
      });
    } catch (error) {
      if (attempt >= this.settings.attempts) throw error;
      await wait(FIRST_PAUSE_MS * 4 ** (attempt - 1));
      await this.deliver(mail, attempt + 1);
    }
  }
}
