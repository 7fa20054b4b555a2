import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { text } from 'node:stream/consumers';
import type { SMTPServer } from 'smtp-server';
import { answerApi, type ApiAnswer } from './api';
import { Mailbox } from './mailbox';
import { listPage, messagePage } from './page';
import { smtpServer } from './smtp';

export interface MailCatcherOptions {
  readonly smtpPort: number;
  readonly httpPort: number;
  readonly host?: string;
  /** Where the messages are kept; in memory only when it is missing. */
  readonly folder?: string;
}

/** Takes all mail of the stack and shows it on a page, so that no test address ever gets real mail. */
export class MailCatcher {
  readonly mailbox: Mailbox;
  private readonly smtp: SMTPServer;
  private readonly http: HttpServer;

  constructor(private readonly options: MailCatcherOptions) {
    this.mailbox = new Mailbox(options.folder);
    this.smtp = smtpServer(this.mailbox);
    this.http = createServer((request, response) => void this.answer(request, response));
  }

  get ports(): { readonly smtp: number; readonly http: number } {
    return { smtp: this.options.smtpPort, http: this.options.httpPort };
  }

  async start(): Promise<void> {
    const { smtpPort, httpPort, host = '127.0.0.1' } = this.options;
    await this.mailbox.load();
    await listening(this.smtp.server, () => this.smtp.listen(smtpPort, host));
    this.smtp.on('error', () => undefined);
    await listening(this.http, () => this.http.listen(httpPort, host));
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise<void>(closed => this.http.close(() => closed()));
    await new Promise<void>(closed => this.smtp.close(() => closed()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.route(request).catch((): ApiAnswer => ({
      status: 400,
      type: 'text/plain',
      body: 'The request cannot be read.',
    }));
    response.writeHead(answer.status, {
      'content-type': answer.type,
      'x-content-type-options': 'nosniff',
      connection: 'close',
    });
    response.end(answer.body);
  }

  private async route(request: IncomingMessage): Promise<ApiAnswer> {
    const url = new URL(request.url ?? '/', 'http://mail');
    const notFound = { status: 404, type: 'text/plain', body: 'There is nothing here.' };
    if (url.pathname === '/livez' || url.pathname === '/readyz') {
      return { status: 200, type: 'text/plain', body: 'ok' };
    }
    if (url.pathname.startsWith('/api/v1/')) {
      return answerApi(this.mailbox, request.method ?? 'GET', url, await text(request)) ?? notFound;
    }
    if (url.pathname === '/') return html(listPage(this.mailbox.all()));
    const mail = this.mailbox.find(url.pathname.replace('/message/', ''));
    return mail ? html(messagePage(mail)) : notFound;
  }
}

interface Listener {
  once(event: 'listening' | 'error', listener: (error?: Error) => void): unknown;
}

function listening(server: Listener, listen: () => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', () => resolve());
    server.once('error', error => reject(error ?? new Error('the port cannot be used')));
    listen();
  });
}

function html(body: string): ApiAnswer {
  return { status: 200, type: 'text/html; charset=utf-8', body };
}
