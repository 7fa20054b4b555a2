import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT, type CryptoKey, type JWK } from 'jose';

/** An OpenID issuer in the shape of Apple: signed client secrets, answers by form post, names told once. */
export class TokenIssuer {
  issuer: string;
  /** What the token endpoint was shown as client secret, verified. */
  readonly secrets: Record<string, unknown>[] = [];
  claims: Record<string, unknown> = {};
  private server: Server;
  private keys: { publicKey: CryptoKey; privateKey: CryptoKey };
  private jwk: JWK;

  /** `clientKey` is the public half of the key that signs client secrets. */
  async start(clientKey?: CryptoKey): Promise<string> {
    this.keys = await generateKeyPair('RS256', { extractable: true });
    this.jwk = { ...(await exportJWK(this.keys.publicKey)), kid: 'issuer', alg: 'RS256', use: 'sig' };
    this.server = createServer((request, response) => void this.answer(request, response, clientKey));
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.issuer = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this.issuer;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** An id token as a phone would get it. */
  idToken(
    claims: Record<string, unknown>,
    audience: string,
    key: CryptoKey = this.keys.privateKey,
  ): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'issuer' })
      .setIssuer(this.issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(key);
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    clientKey?: CryptoKey,
  ): Promise<void> {
    const json = (body: unknown): void =>
      void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    const { issuer } = this;
    if (request.url === '/.well-known/openid-configuration') {
      return json({
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
      });
    }
    if (request.url === '/keys') return json({ keys: [this.jwk] });
    const form = new URLSearchParams(await read(request));
    if (clientKey)
      this.secrets.push({ ...(await jwtVerify(form.get('client_secret') ?? '', clientKey)).payload });
    const idToken = await this.idToken(this.claims, form.get('client_id') ?? '');
    json({ access_token: 'foreign', token_type: 'Bearer', expires_in: 300, id_token: idToken });
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
