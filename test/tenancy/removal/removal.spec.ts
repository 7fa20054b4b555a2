import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import sharp from 'sharp';
import {
  expectStatus,
  LiveQuery,
  Person,
  send,
  testStack,
  type Answer,
  type Call,
  type TestStack,
} from '../../support';
import { FeedSocket, PROTOCOLS } from './feed-socket';
import { SlowUpload } from './slow-upload';

const FEED = 'subscription { posts(order_by: {created_at: desc}, limit: 1) { body } }';
const PATIENCE_MS = 60_000;

interface Feed {
  readonly posts: readonly { readonly body: string }[];
}

/** Ways out of a family, each taken by the owner or by the member. */
const WAYS: readonly [how: string, go: (owner: Person, member: Person) => Promise<Answer>][] = [
  ['was removed', (owner, { id }) => owner.call('auth', memberPath(owner, id), { method: 'DELETE' })],
  [
    'was suspended',
    (owner, { id }) =>
      owner.call('auth', memberPath(owner, id), { method: 'PATCH', json: { state: 'suspended' } }),
  ],
  ['left', (_, member) => member.call('auth', `/v1/families/${member.familyId}/leave`, { method: 'POST' })],
];

const memberPath = (owner: Person, id: string): string => `/v1/families/${owner.familyId}/members/${id}`;

const picture = (): Promise<Buffer> =>
  sharp(randomBytes(64 * 64 * 3), { raw: { width: 64, height: 64, channels: 3 } })
    .png()
    .toBuffer();

/**
 * T7: who is no longer a member is refused everywhere with what was good a moment ago: HTTP, sockets, streams, links,
 * and an upload that had begun. How long it takes is printed; the bench holds the figure.
 */
describe('T7: somebody who', () => {
  let stack: TestStack;
  let db: Client;
  let owner: Person;
  let item: string;
  let content: string;

  beforeAll(async () => {
    const env = { STREAM_SILENCE: '1h' };
    stack = await testStack(['auth', 'api', 'graphql', 'stream-gateway'], { env });
    db = new Client({ connectionString: stack.database.ownerUrl });
    await db.connect();
    owner = await Person.register(stack, 'Ada');
    item = expectStatus(await owner.upload(await picture(), 'image/png'), 201).body.id;
    await post('a picture', [item]);
    content = await row(
      `insert into stream_contents (family_id, title, media_item_id) values ($1, 'Film', '${item}') returning id`,
    );
  }, 300_000);

  afterAll(async () => {
    await db?.end();
    await stack?.stop();
  });

  afterEach(() => db.query('update stream_sessions set ended_at = clock_timestamp() where ended_at is null'));

  const row = async (text: string): Promise<string> =>
    (await db.query<{ id: string }>(text, [owner.familyId])).rows[0]!.id;

  const newDevice = (): Promise<string> =>
    row(`insert into devices (family_id, type, name, trusted) values ($1, 'tv', 'Attic', true) returning id`);

  const post = (body: string, items: readonly string[] = []): Promise<unknown> =>
    owner.graphql(
      `mutation ($body: String!, $assets: [post_assets_insert_input!]!) {
        insert_posts_one(object: { type: "text", body: $body, assets: { data: $assets } }) { id }
      }`,
      { body, assets: items.map((id, position) => ({ media_item_id: id, position })) },
    );

  it.each(WAYS)('%s is refused everywhere', async (how, go) => {
    const member = await owner.bring('Ben');
    const held = await everythingOf(member);
    const sockets = await openSockets(member.token);
    const upload = await SlowUpload.begin(
      stack.url('api', '/v1/storage/upload'),
      member.token,
      await picture(),
    );
    const before = await kept();

    expectStatus(await go(owner, member), 200, 204);
    const since = Date.now();
    const refusals = Object.entries(held).map(async ([place, ask]) => [
      place,
      await refused(place, ask, since),
    ]);
    const closings = sockets.map(async ({ protocol, socket }) => {
      const { code, at } = await within(protocol, socket.closed);
      expect({ protocol, code }).toEqual({ protocol, code: 4403 });
      return [protocol, at - since];
    });
    const measured = Object.fromEntries(await Promise.all([...refusals, ...closings])) as Record<
      string,
      number
    >;
    console.info(`${how}; refused after (ms): ${JSON.stringify(measured)}`);

    expect(await upload.finish()).toBe(401);
    expect(await kept()).toEqual(before);
    await hearsNothing(sockets.map(({ socket }) => socket));
  });

  it('has not been removed uploads slowly, and watches on', async () => {
    const upload = await SlowUpload.begin(
      stack.url('api', '/v1/storage/upload'),
      owner.token,
      await picture(),
    );
    const before = await kept();
    expect(await upload.finish()).toBe(201);
    expect((await kept()).items).toBe(before.items + 1);
  });

  /** Every place that opens to a member, with what was handed out while all was well; each is shown to open. */
  async function everythingOf(member: Person): Promise<Record<string, () => Promise<Answer>>> {
    const headers = { authorization: `Bearer ${member.token}` };
    const ask =
      (service: string, path: string, call: Call = {}) =>
      (): Promise<Answer> =>
        send(stack.url(service, path), { redirect: 'manual', ...call, headers });
    const json = { contentId: content, deviceId: await newDevice() };
    const stream = expectStatus(
      await member.call<{ sessionId: string; playbackUrl: string }>('stream-gateway', '/v1/streams', {
        json,
      }),
      201,
    ).body;
    const places = {
      auth: ask('auth', `/v1/families/${owner.familyId}`),
      api: ask('api', `/v1/media/${item}`),
      'a new signed link': ask('api', `/v1/media/${item}/url`),
      graphql: ask('graphql', '/v1/graphql', {
        json: { query: '{ posts(limit: 1) { id } families { id } }' },
      }),
      'a heartbeat': ask('stream-gateway', `/v1/streams/${stream.sessionId}/heartbeat`, {
        json: { state: 'playing' },
      }),
      playback: () => send(stream.playbackUrl, { redirect: 'manual' }),
    };
    for (const [place, open] of Object.entries(places)) {
      const answer = await open();
      expect({ place, served: isServed(answer) }).toEqual({ place, served: true });
    }
    const url = expectStatus(await member.call<{ url: string }>('api', `/v1/media/${item}/url`), 200).body
      .url;
    const played = (await places.playback()).headers.get('location') ?? '';
    for (const link of [url, played]) expectStatus(await send(link), 200);
    return {
      ...places,
      'a new stream': ask('stream-gateway', '/v1/streams', {
        json: { ...json, deviceId: await newDevice() },
      }),
      'a refreshed session': () => seenAfterRefresh(member.refreshToken),
      'a signed link of before': () => send(url),
      'what was played': () => send(played),
    };
  }

  /** What a session that goes on can see: the account stays, the family is closed to it. */
  async function seenAfterRefresh(refreshToken: string): Promise<Answer> {
    const answer = await send<{ accessToken: string }>(stack.url('auth', '/v1/auth/refresh'), {
      json: { refreshToken },
    });
    if (answer.status !== 200) return answer;
    const headers = { authorization: `Bearer ${answer.body.accessToken}` };
    return send(stack.url('api', `/v1/media/${item}`), { headers });
  }

  async function openSockets(token: string) {
    const sockets = PROTOCOLS.map(protocol => ({
      protocol,
      socket: new FeedSocket(stack.url('graphql', '/v1/graphql'), protocol, token, FEED),
    }));
    await post('before');
    for (const { protocol, socket } of sockets) {
      await eventually(`${protocol} shows the feed`, () =>
        socket.results.some(text => text.includes('before')),
      );
    }
    return sockets;
  }

  /** The family writes on; who stays sees it, and nothing more comes to those who went. */
  async function hearsNothing(sockets: readonly FeedSocket[]): Promise<void> {
    const heard = sockets.map(({ results }) => results.length);
    const live = LiveQuery.open<Feed>(stack, owner, FEED);
    await live.until(() => true);
    await post('afterwards');
    await live.until(({ posts }) => posts[0]?.body === 'afterwards');
    await live.close();
    expect(sockets.map(({ isOpen, results }) => ({ isOpen, heard: results.length }))).toEqual(
      heard.map(count => ({ isOpen: false, heard: count })),
    );
  }

  /** Asks until it is refused; answers how many milliseconds that took. */
  async function refused(place: string, ask: () => Promise<Answer>, since: number): Promise<number> {
    await eventually(`${place} refuses`, async () => !isServed(await ask()));
    return Date.now() - since;
  }

  async function kept(): Promise<{ items: number; files: number; pending: number }> {
    const { rows } = await db.query<{ items: number; files: number; pending: number }>(
      `select (select count(*)::int from media_items) as items, (select count(*)::int from storage.files) as files,
              (select count(*)::int from storage.pending_objects) as pending`,
    );
    return rows[0]!;
  }
});

/** GraphQL refuses in its body. A limit that is reached, or a service that cannot tell, is no refusal. */
function isServed({ status, body }: Answer): boolean {
  const refused = typeof body === 'object' && body !== null && 'errors' in body;
  return !refused && ![401, 403, 404, 410].includes(status);
}

async function eventually(what: string, seen: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await seen())) {
    if (Date.now() > deadline) throw new Error(`never: ${what}`);
    await pause(20);
  }
}

async function within<T>(what: string, promise: Promise<T>): Promise<T> {
  const late = new AbortController();
  const timeout = pause(PATIENCE_MS, undefined, { signal: late.signal }).then(() => {
    throw new Error(`never: ${what} closes`);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    late.abort();
    timeout.catch(() => undefined);
  }
}
