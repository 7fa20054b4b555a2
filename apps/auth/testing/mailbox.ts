import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const PATIENCE_MS = 60_000;

/** A mail server that keeps what it gets. */
export class Mailbox {
  private readonly mails: Email[] = [];
  private readonly waiting = new Set<() => void>();
  /** While it is shut, whoever connects waits for an answer that does not come. */
  shut = false;
  private knocks = 0;

  private constructor(private readonly server: SMTPServer) {}

  static async open(): Promise<Mailbox> {
    const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], logger: false });
    const mailbox = new Mailbox(server);
    server.onData = (stream, _session, done) => {
      void collect(stream)
        .then(mail => mailbox.keep(mail))
        .then(() => done(), done);
    };
    server.onConnect = (_session, done) => {
      if (mailbox.shut) mailbox.knocks++;
      else done();
    };
    // A client that is killed in the middle of a mail tears its connection; the mailbox stands.
    server.on('error', () => undefined);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return mailbox;
  }

  /** Waits until somebody stands before the shut door. */
  async knocked(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (this.knocks === 0) {
      if (Date.now() > deadline) throw new Error('nobody came with a mail');
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    this.knocks = 0;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** What has come for an address so far, oldest first. */
  of(address: string): Email[] {
    return this.mails.filter(mail => mail.to?.some(each => each.address === address));
  }

  /** Waits for the `count`th mail of an address and answers it. */
  async next(address: string, count = 1): Promise<Email> {
    const deadline = Date.now() + PATIENCE_MS;
    while (this.of(address).length < count) {
      if (Date.now() > deadline) throw new Error(`mail ${count} for ${address} did not come`);
      await new Promise<void>(resolve => {
        this.waiting.add(resolve);
        setTimeout(resolve, 1000).unref();
      });
    }
    return this.of(address)[count - 1] as Email;
  }

  async close(): Promise<void> {
    await new Promise<void>(resolve => this.server.close(resolve));
  }

  private async keep(raw: Buffer): Promise<void> {
    this.mails.push(await PostalMime.parse(raw));
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The link in a mail. */
export function linkIn(mail: Email): URL {
  const link = /https?:\/\/\S+/.exec(mail.text ?? '')?.[0];
  if (!link) throw new Error(`no link in: ${mail.text}`);
  return new URL(link);
}

/** The code in a mail. */
export const codeIn = (mail: Email): string => /^\d{6}$/m.exec(mail.text ?? '')?.[0] ?? '';

/** Where the button of a mail's page leads, with everything filled in. */
export function buttonOf(link: URL): URL {
  const target = new URL(link);
  target.pathname = target.pathname.replace(/\/open$/, '');
  return target;
}
