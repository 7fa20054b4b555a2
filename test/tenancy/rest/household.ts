import { generateKeyPairSync, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { Client } from 'pg';
import sharp from 'sharp';
import { expectStatus, Person, send, type Answer, type Call, type TestStack } from '../../support';

/** What a request can name. Each kind stands for one thing of a family, so that a test can name the neighbours'. */
export const KINDS = [
  'family',
  'owner',
  'member',
  'email',
  'media',
  'file',
  'album',
  'content',
  'device',
  'stream',
  'session',
  'invitation',
  'apiKey',
  'personalToken',
  'securityKey',
] as const;
export type Kind = (typeof KINDS)[number];
export type Ids = Readonly<Record<Kind, string>>;

/** What signs a link, as its query carries it. */
export type Signature = Readonly<Record<string, string>>;

/** What only those know or hold to whom it was given. */
export interface Secrets {
  readonly password: string;
  readonly refreshToken: string;
  readonly machineKey: string;
  readonly personalSecret: string;
  readonly invitationToken: string;
  readonly bootstrapToken: string;
  readonly objectLink: Signature;
  readonly playbackLink: Signature;
  readonly box: Box;
  /** What a device shows on its screen. */
  readonly userCode: string;
  /** A code or ticket that came by mail or by an app. */
  readonly code: string;
  readonly ticket: string;
}

export type Belongings = Ids & Secrets;

/** Whoever sends requests. */
export interface Caller {
  call<T = unknown>(service: string, path: string, call?: Call): Promise<Answer<T>>;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Somebody of whom only a token is known, or not even that. */
export const bearer = (stack: TestStack, token?: string): Caller => ({
  call: (service, path, call = {}) =>
    send(stack.url(service, path), {
      ...call,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...call.headers },
    }),
});

/** A device with an Ed25519 key of its own. */
export class Box {
  private readonly keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ed25519');
  readonly publicKey = String(this.keys.publicKey.export({ format: 'jwk' }).x);

  proof(purpose: 'register' | 'token' | 'key', subject: string): object {
    const [nonce, timestamp] = [randomBytes(16).toString('base64url'), Date.now()];
    const lines = [`nself-device-${purpose}`, subject, nonce, String(timestamp)];
    const signature = sign(null, Buffer.from(lines.join('\n')), this.keys.privateKey).toString('base64url');
    return { nonce, timestamp, signature };
  }
}

/** The claim `sid` of an access token: the session that it belongs to. */
export const sessionOf = ({ accessToken }: Tokens): string =>
  (JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as { sid: string }).sid;

/** A family with an owner, a member, and one of everything that REST knows. */
export class Household {
  private constructor(
    readonly stack: TestStack,
    readonly db: Client,
    readonly owner: Person,
    readonly member: Person,
    readonly has: Belongings,
    /** Names and texts that stand nowhere else. */
    readonly texts: readonly string[],
  ) {}

  static async furnish(stack: TestStack, db: Client, name: string): Promise<Household> {
    const owner = await founder(stack, name);
    const member = await owner.bring(`Cousin${name}`);
    const texts = [
      `Attic of ${name}`,
      `Film of ${name}`,
      `Harbour of ${name}`,
      `Album of ${name}`,
      `Family of ${name}`,
    ];
    const rows = new Rows(db, owner.familyId);
    const has = {
      ...{ family: owner.familyId, owner: owner.id, member: member.id, email: owner.email },
      ...(await mediaOf(owner, `Harbour of ${name}`)),
      album: await rows.add('albums', { title: `Album of ${name}`, author_id: owner.id }),
      ...(await watching(owner, rows, name)),
      ...(await machinery(stack, owner, name)),
      ...{
        session: sessionOf(await signedIn(stack, owner)),
        userCode: 'BBBB-BBBB',
        code: '000000',
        ticket: 'a ticket of nobody',
      },
      refreshToken: (await signedIn(stack, owner)).refreshToken,
      password: owner.password,
      securityKey: await rows.securityKey(member.id, `Key of ${name}`),
    };
    return new Household(stack, db, owner, member, has, [...texts, `Key of ${name}`, name, member.email]);
  }

  /** Every word by which something of this family would be known again. */
  get marks(): readonly string[] {
    return [...KINDS.map(kind => this.has[kind]), ...this.texts];
  }
}

/** Somebody who owns a new family and speaks for it. */
export async function founder(stack: TestStack, name: string): Promise<Person> {
  const person = await Person.register(stack, name);
  const made = await person.call<{ id: string }>('auth', '/v1/families', {
    json: { name: `Family of ${name}` },
  });
  await person.switchTo(expectStatus(made, 201).body.id);
  return person;
}

/** A new session of somebody who has an account, for the family that they spoke for. */
export async function signedIn(stack: TestStack, { email, password, familyId }: Person): Promise<Tokens> {
  const nobody = bearer(stack);
  const entered = await nobody.call<Tokens>('auth', '/v1/auth/login', { json: { email, password } });
  const { accessToken } = expectStatus(entered, 200).body;
  const path = `/v1/families/${familyId}/switch`;
  const switched = await bearer(stack, accessToken).call<Tokens>('auth', path, { method: 'POST' });
  return expectStatus(switched, 200).body;
}

/** Registers a box by a bootstrap token; answers its id and what it speaks with. */
export async function newBox(
  stack: TestStack,
  owner: Caller,
  name: string,
): Promise<{ id: string; box: Box; token: string }> {
  const wish = { deviceType: 'antbox', name };
  const made = await owner.call<{ token: string }>('auth', '/v1/devices/bootstrap-tokens', { json: wish });
  const box = new Box();
  const json = {
    token: expectStatus(made, 201).body.token,
    publicKey: box.publicKey,
    ...box.proof('register', box.publicKey),
  };
  const registered = await bearer(stack).call<Tokens & { device: { id: string } }>('auth', '/v1/devices', {
    json,
  });
  const { device, accessToken } = expectStatus(registered, 201).body;
  return { id: device.id, box, token: accessToken };
}

const signatureIn = (link: string): Signature => Object.fromEntries(new URL(link).searchParams);

async function mediaOf(owner: Person, caption: string) {
  const noise = { raw: { width: 8, height: 8, channels: 3 as const } };
  const bytes = await sharp(randomBytes(8 * 8 * 3), noise)
    .png()
    .toBuffer();
  const { id, fileId } = expectStatus(
    await owner.upload<{ id: string; fileId: string }>(bytes, 'image/png', { caption }),
    201,
  ).body;
  const link = await owner.call<{ url: string }>('api', `/v1/media/${id}/url`);
  return { media: id, file: fileId, objectLink: signatureIn(expectStatus(link, 200).body.url) };
}

/** A film, a trusted device, and somebody watching. */
async function watching(owner: Person, rows: Rows, name: string) {
  const film = { title: `Film of ${name}`, source_url: 'https://media.example.org/film.m3u8' };
  const content = await rows.add('stream_contents', film);
  const device = await rows.add('devices', { type: 'tv', name: `Attic of ${name}`, trusted: true });
  await rows.add('quota_limits', { metric: 'streams_per_user', soft_limit: 1000, hard_limit: 1000 });
  await rows.add('quota_limits', { metric: 'streams_per_family', soft_limit: 1000, hard_limit: 1000 });
  await rows.add('quota_limits', { metric: 'streams_per_device', soft_limit: 1000, hard_limit: 1000 });
  const json = { contentId: content, deviceId: device };
  const started = await owner.call<{ sessionId: string; playbackUrl: string }>(
    'stream-gateway',
    '/v1/streams',
    {
      json,
    },
  );
  const { sessionId, playbackUrl } = expectStatus(started, 201).body;
  return { content, device, stream: sessionId, playbackLink: signatureIn(playbackUrl) };
}

/** Keys, tokens and invitations. */
async function machinery(stack: TestStack, owner: Person, name: string) {
  const made = async <T>(path: string, json: object): Promise<T> =>
    expectStatus(await owner.call<T>('auth', path, { json }), 200, 201).body;
  const key = await made<{ id: string; key: string }>('/v1/api-keys', { name, scopes: ['read'] });
  const later = new Date(Date.now() + 86_400_000).toISOString();
  const pat = await made<{ id: string; personalAccessToken: string }>('/v1/pat', { expiresAt: later });
  const path = `/v1/families/${owner.familyId}/invitations`;
  await made(path, { role: 'YOUTH_MEMBER' });
  const invitation = await made<{ id: string; token: string }>(path, { role: 'YOUTH_MEMBER' });
  const bootstrap = await made<{ token: string }>('/v1/devices/bootstrap-tokens', { deviceType: 'antbox' });
  return {
    ...{ apiKey: key.id, machineKey: key.key },
    ...{ personalToken: pat.id, personalSecret: pat.personalAccessToken },
    ...{ invitation: invitation.id, invitationToken: invitation.token, bootstrapToken: bootstrap.token },
    box: (await newBox(stack, owner, `Attic of ${name}`)).box,
  };
}

/** Rows that no REST route makes. */
class Rows {
  constructor(
    private readonly db: Client,
    private readonly familyId: string,
  ) {}

  async add(table: string, row: Readonly<Record<string, unknown>>): Promise<string> {
    const columns = ['family_id', ...Object.keys(row)];
    const { rows } = await this.db.query<{ id: string }>(
      `insert into ${table} (${columns.join()}) values (${columns.map((_, index) => `$${index + 1}`).join()}) returning id`,
      [this.familyId, ...Object.values(row)],
    );
    return rows[0]!.id;
  }

  async securityKey(userId: string, nickname: string): Promise<string> {
    const { rows } = await this.db.query<{ id: string }>(
      'insert into auth.user_security_keys (user_id, credential_id, nickname) values ($1, $2, $3) returning id',
      [userId, randomUUID(), nickname],
    );
    return rows[0]!.id;
  }
}
