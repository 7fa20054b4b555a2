import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 60_000;

/** A service that sends text messages for whoever has the token, or does not. */
export class SmsService {
  static readonly TOKEN = 'sms-token';
  readonly messages: { to: string; text: string }[] = [];
  works = true;
  private refusals = 0;
  private readonly server: Server = createServer((request, response) => {
    void read(request).then(body => {
      if (this.works && request.headers.authorization === `Bearer ${SmsService.TOKEN}`)
        this.messages.push(JSON.parse(body) as never);
      else this.refusals++;
      response.writeHead(this.works ? 200 : 500).end();
    });
  });

  /** Answers the address to post messages to. */
  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/send`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** Waits for the `count`th message to a number and answers it. */
  async next(number: string, count = 1): Promise<string> {
    const texts = (): string[] => this.messages.filter(each => each.to === number).map(each => each.text);
    await until(() => texts().length >= count, `message ${count} to ${number} did not come`);
    return texts()[count - 1] as string;
  }

  /** Waits until a message was not taken. */
  async refused(): Promise<void> {
    await until(() => this.refusals > 0, 'nobody tried to send a message');
  }
}

async function until(happened: () => boolean, complaint: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!happened()) {
    if (Date.now() > deadline) throw new Error(complaint);
    await pause(20);
  }
}

/** The code that a message begins with. */
export const codeOf = (text: string): string => /^\d{6}/.exec(text)?.[0] ?? '';

let numbers = randomInt(1_000_000);

/** A number that nobody has had yet in this run. */
export const newPhoneNumber = (): string => `+49151${String(++numbers).padStart(8, '0')}`;

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
