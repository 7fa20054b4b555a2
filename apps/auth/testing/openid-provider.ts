import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** Somebody at the provider. */
export interface ForeignPerson {
  email: string;
  email_verified: boolean;
  name: string;
}

/** A real OpenID provider on this machine, where everybody agrees to everything. */
export class OpenIdProvider {
  /** Who is sitting there at the moment, by their id. */
  atTheDesk = '';
  readonly people = new Map<string, ForeignPerson>();
  private server: Server;
  private provider: Provider;

  /** `redirectUri` is the one address that it sends people back to. */
  async start(redirectUri: string): Promise<string> {
    this.server = createServer((request, response) => void this.handle(request, response));
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const issuer = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    this.provider = this.make(issuer, redirectUri);
    return issuer;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private make(issuer: string, redirectUri: string): Provider {
    return new Provider(issuer, {
      clients: [
        {
          client_id: 'nself',
          client_secret: 'a secret between houses',
          redirect_uris: [redirectUri],
          scope: 'openid email profile',
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      conformIdTokenClaims: false,
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      cookies: { keys: ['a key of the test'] },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...this.people.get(id) }) }),
    });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!request.url?.startsWith('/interaction/')) return void this.provider.callback()(request, response);
    const { prompt, params, grantId } = await this.provider.interactionDetails(request, response);
    if (prompt.name === 'login') {
      return this.provider.interactionFinished(request, response, { login: { accountId: this.atTheDesk } });
    }
    const grant = grantId
      ? await this.provider.Grant.find(grantId)
      : new this.provider.Grant({ accountId: this.atTheDesk, clientId: String(params['client_id']) });
    grant?.addOIDCScope(String(params['scope']));
    const consent = { grantId: await grant?.save() };
    await this.provider.interactionFinished(
      request,
      response,
      { consent },
      { mergeWithLastSubmission: true },
    );
  }
}
