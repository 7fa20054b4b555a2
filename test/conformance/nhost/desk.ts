import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuthenticatorApp } from '../../../apps/auth/testing/authenticator-app';
import { buttonOf, codeIn, linkIn } from '../../../apps/auth/testing/mailbox';
import { wander } from '../../../apps/auth/testing/wanderer';
import { HOME, type NhostWorld } from './nhost-world';

/**
 * What a person does beside the app, for an app that runs in a process of its own: opens mails, reads codes off a
 * phone, sits down at a provider. Each is a GET whose answer is a JSON text.
 */
export class Desk {
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  private readonly phones = new Map<string, AuthenticatorApp>();

  constructor(private readonly world: NhostWorld) {}

  async open(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://desk.test');
    const word = (name: string): string => searchParams.get(name) ?? '';
    try {
      response.end(JSON.stringify(await this.answer(pathname, word)));
    } catch (error) {
      response.writeHead(500).end(JSON.stringify(String(error)));
    }
  }

  private async answer(what: string, word: (name: string) => string): Promise<unknown> {
    const mail = () => this.world.auth.mailbox.next(word('email'), Number(word('count') || '1'));
    switch (what) {
      case '/ticket':
        return linkIn(await mail()).searchParams.get('ticket');
      case '/press': {
        const { headers } = await fetch(buttonOf(linkIn(await mail())), { redirect: 'manual' });
        return headers.get('location');
      }
      case '/code':
        return codeIn(await mail());
      case '/phone':
        return this.phone(word('secret')).next();
      case '/sit':
        return this.world.sit(word('id'));
      case '/wander':
        return (await wander(word('address'), HOME)).href;
      default:
        throw new Error(`nobody does ${what}`);
    }
  }

  private phone(secret: string): AuthenticatorApp {
    const phone = this.phones.get(secret) ?? new AuthenticatorApp(secret);
    this.phones.set(secret, phone);
    return phone;
  }
}
