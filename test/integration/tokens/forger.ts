import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Json = Record<string, unknown>;
export const CLAIMS = 'https://hasura.io/jwt/claims';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part: string | undefined): Json =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Json;
const seconds = (): number => Math.floor(Date.now() / 1000);

/**
 * Makes tokens that nobody should take out of one that everybody takes. Where the fault lies in header or payload they
 * are signed with the house's own key, so that nothing but the fault can be the reason for a refusal.
 */
export class Forger {
  private readonly theirs = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly ours: KeyObject;
  /** A place that offers the forger's own keys to whoever asks for them. */
  private readonly offer: Server = createServer((_request, response) => {
    this.asked++;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [this.jwk] }));
  });
  /** How often somebody asked for those keys. */
  asked = 0;

  /** `good` is a token that is taken, `privateKey` (PEM) what it is signed with. */
  constructor(
    private readonly good: string,
    privateKey: string,
  ) {
    this.ours = createPrivateKey(privateKey);
  }

  async open(): Promise<void> {
    this.offer.listen(0, '127.0.0.1');
    await once(this.offer, 'listening');
  }

  async close(): Promise<void> {
    this.offer.close();
    this.offer.closeAllConnections();
    await once(this.offer, 'close');
  }

  /** The good token with another header, signed with our key or another. */
  withHeader(change: Json, key?: KeyObject): string {
    const [header, payload] = this.parts();
    return this.signed({ ...header, ...change }, payload, key);
  }

  /** The good token with another payload, signed with our key. */
  withPayload(change: Json): string {
    const [header, payload] = this.parts();
    return this.signed(header, { ...payload, ...change });
  }

  withClaims(change: Json): string {
    const [, payload] = this.parts();
    return this.withPayload({ [CLAIMS]: { ...(payload[CLAIMS] as Json), ...change } });
  }

  /** Tokens by what is wrong with them; `stranger` is somebody of another family. */
  forgeries(stranger: { id: string; familyId: string }): Record<string, () => string> {
    return { ...this.ofSignatures(), ...this.ofKeys(), ...this.ofTimes(), ...this.ofClaims(stranger) };
  }

  private ofSignatures(): Record<string, () => string> {
    return {
      'no algorithm': () => this.unsigned('none'),
      'no algorithm, spelled oddly': () => this.unsigned('nOnE'),
      'HMAC under our public key': () => this.hmac(this.publicPem()),
      'HMAC under our public key without its last line end': () => this.hmac(this.publicPem().trim()),
      'another key': () => this.withHeader({}, this.theirs.privateKey),
      truncated: () => this.good.slice(0, -20),
      'without signature': () => this.good.split('.').slice(0, 2).join('.'),
    };
  }

  private ofKeys(): Record<string, () => string> {
    const { privateKey } = this.theirs;
    return {
      'an unknown kid': () => this.withHeader({ kid: 'unknown' }),
      'a kid that climbs': () => this.hmac('', { kid: '../../../../dev/null' }),
      'a kid of SQL': () => this.hmac('key', { kid: "x' union select 'key' --" }),
      'no kid': () => this.withHeader({ kid: undefined }),
      'a key of its own in jwk': () => this.withHeader({ jwk: this.jwk }, privateKey),
      'a key of its own at jku': () => this.withHeader({ jku: this.address(), kid: 'theirs' }, privateKey),
      'a key of its own at jku, under our kid': () => this.withHeader({ jku: this.address() }, privateKey),
      'a key of its own at x5u': () => this.withHeader({ x5u: this.address() }, privateKey),
    };
  }

  private ofTimes(): Record<string, () => string> {
    return {
      expired: () => this.withPayload({ exp: seconds() - 60 }),
      'no end': () => this.withPayload({ exp: undefined }),
      'not yet valid': () => this.withPayload({ nbf: seconds() + 600 }),
      'another audience': () => this.withPayload({ aud: 'another house' }),
      'no audience': () => this.withPayload({ aud: undefined }),
      'another issuer': () => this.withPayload({ iss: 'https://evil.test' }),
      'a token of another environment': () =>
        this.withPayload({ iss: 'https://staging.example.org', aud: 'nself-staging' }),
      'another type': () => this.withHeader({ typ: 'at+jwt' }),
      'no type': () => this.withHeader({ typ: undefined }),
    };
  }

  private ofClaims(stranger: { id: string; familyId: string }): Record<string, () => string> {
    const subject = (this.parts()[1][CLAIMS] as Json)['x-hasura-user-id'];
    return {
      'another family under the old signature': () =>
        this.swapped({ 'x-hasura-family-id': stranger.familyId }),
      'another role under the old signature': () => this.swapped({ 'x-hasura-default-role': 'admin_member' }),
      'another subject': () => this.withPayload({ sub: stranger.id }),
      'a role that is not allowed': () => this.withClaims({ 'x-hasura-default-role': 'admin' }),
      'the role admin': () =>
        this.withClaims({ 'x-hasura-default-role': 'admin', 'x-hasura-allowed-roles': ['admin'] }),
      'claims as a list': () => this.withPayload({ [CLAIMS]: [] }),
      'claims as a number': () => this.withPayload({ [CLAIMS]: 7 }),
      'claims as null': () => this.withPayload({ [CLAIMS]: null }),
      'a person as a list': () => this.withClaims({ 'x-hasura-user-id': [subject] }),
      'a family as a number': () => this.withClaims({ 'x-hasura-family-id': 7 }),
      'roles as a word': () => this.withClaims({ 'x-hasura-allowed-roles': 'owner' }),
      'a claim twice in two spellings': () => this.withClaims({ 'X-Hasura-User-Id': stranger.id }),
    };
  }

  private parts(): [header: Json, payload: Json] {
    const [header, payload] = this.good.split('.');
    return [decode(header), decode(payload)];
  }

  private signed(header: Json, payload: Json, key: KeyObject = this.ours): string {
    const text = `${encode(header)}.${encode(payload)}`;
    return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
  }

  private unsigned(alg: string): string {
    const [header, payload] = this.parts();
    return `${encode({ ...header, alg })}.${encode(payload)}.`;
  }

  private hmac(secret: string, change: Json = {}): string {
    const [header, payload] = this.parts();
    const text = `${encode({ ...header, alg: 'HS256', ...change })}.${encode(payload)}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  }

  /** Other claims, and the signature that the good ones had. */
  private swapped(change: Json): string {
    const [header, , signature] = this.good.split('.');
    const [, payload] = this.parts();
    const claims = { ...(payload[CLAIMS] as Json), ...change };
    return `${header}.${encode({ ...payload, [CLAIMS]: claims })}.${signature}`;
  }

  private get jwk(): Json {
    return { ...this.theirs.publicKey.export({ format: 'jwk' }), kid: 'theirs', alg: 'RS256', use: 'sig' };
  }

  private address(): string {
    return `http://127.0.0.1:${(this.offer.address() as AddressInfo).port}/jwks.json`;
  }

  private publicPem(): string {
    return createPublicKey(this.ours).export({ type: 'spki', format: 'pem' }).toString();
  }
}
