import { createHash, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithSamples, expectStatus, Installation, LiveQuery, Person, sample, send } from '../support';
import { killAll } from './processes';

// Whole stacks come and go here, on machines that may be slow and busy.
jest.setTimeout(600_000);

interface Item {
  readonly id: string;
  readonly fileId: string;
  readonly familyId: string;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly orientation: number | null;
  readonly takenAt: string | null;
  readonly camera: { readonly make: string | null; readonly model: string | null } | null;
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
}

interface Feed {
  readonly posts: readonly {
    readonly id: string;
    readonly body: string;
    readonly assets: { media_item_id: string }[];
  }[];
}

const feed = 'posts(order_by: {created_at: desc}) { id body assets { media_item_id } }';
const near = (value: number): unknown => expect.closeTo(value, 4);

/** What real cameras wrote into these files: telephones also say how far their clock is from UTC. */
const photographs: Readonly<Record<string, Partial<Record<keyof Item, unknown>>>> = {
  'DSCN0010.jpg': {
    takenAt: expect.stringContaining('2008-10-22T16:28:39'),
    place: { latitude: near(43.46745), longitude: near(11.88513) },
    camera: { make: 'NIKON', model: 'COOLPIX P6000' },
    width: 640,
    height: 480,
  },
  'HMD_Nokia_8.3_5G.jpg': {
    takenAt: expect.stringContaining('2022-08-14T11:12:31'),
    place: { latitude: near(60.14671), longitude: near(24.90677) },
  },
  'canon_hdr_NO.jpg': {
    orientation: 6,
    place: null,
    takenAt: expect.stringContaining('2015-02-09T22:47:44'),
  },
  'jolla.jpg': { orientation: 1, camera: { make: 'Jolla', model: 'Jolla' } },
  'no_exif.jpg': { takenAt: null, place: null },
  'IMG_5195.HEIC': {
    takenAt: expect.stringContaining('2021-04-11T20:47:53'),
    place: { latitude: near(39.05134), longitude: near(-94.28877) },
    camera: { make: 'Apple', model: 'iPhone 11 Pro Max' },
  },
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const typeOf = (name: string): string => (name.endsWith('HEIC') ? 'image/heic' : 'image/jpeg');

/** The main job, from outside, on photographs that people really took. */
describeWithSamples('a family shares its photographs', () => {
  let installation: Installation;
  let mother: Person;
  let father: Person;
  let stranger: Person;
  const items = new Map<string, Item>();
  const posts = new Map<string, string>();

  beforeAll(async () => {
    installation = new Installation();
    await installation.start();
    [mother, father, stranger] = await Promise.all([
      Person.register(installation, 'Amina'),
      Person.register(installation, 'Karim'),
      Person.register(installation, 'Stranger'),
    ]);
    const family = await mother.call<{ id: string }>('auth', '/v1/families', { json: { name: 'Haddad' } });
    await mother.switchTo(expectStatus(family, 201).body.id);
    await father.accept(await mother.invite('ADULT_MEMBER'));
    expect(father.familyId).toBe(mother.familyId);
    expect(stranger.familyId).not.toBe(mother.familyId);
  });
  afterAll(() => installation.remove());

  it('takes them in and reads orientation, place and time as the camera wrote them', async () => {
    for (const [name, expected] of Object.entries(photographs)) {
      const bytes = sample(`photos/${name}`);
      const { body } = expectStatus(await mother.upload<Item>(bytes, typeOf(name)), 201);
      expect({ name, ...body }).toMatchObject({
        name,
        sha256: sha256(bytes),
        familyId: mother.familyId,
        ...expected,
      });
      items.set(name, body);
    }
  });

  it('refuses the damaged one with a reason and keeps nothing of it', async () => {
    const before = await traces();
    const answer = await mother.upload<{ code: string; detail: string }>(
      sample('photos/corrupted.jpg'),
      'image/jpeg',
    );
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'FILE_REFUSED', detail: expect.stringMatching(/\w+/) },
    });
    expect(await traces()).toEqual(before);
  });

  it('shows each post to the other at once, in a live query, with the same bytes behind it', async () => {
    const live = LiveQuery.open<Feed>(installation, father, `subscription { ${feed} }`);
    await live.until(() => true);
    const delays: number[] = [];
    for (const [name, item] of items) {
      const body = `${name} ${randomUUID()}`;
      posts.set(body, item.id);
      const since = Date.now();
      await mother.graphql(
        `mutation ($body: String!, $item: uuid!) {
          insert_posts_one(object: { type: "photo", body: $body, assets: { data: [{ media_item_id: $item, position: 0 }] } }) { id }
        }`,
        { body, item: item.id },
      );
      await live.until(
        ({ posts: [newest] }) => newest?.body === body && newest.assets[0]?.media_item_id === item.id,
      );
      delays.push(Date.now() - since);
    }
    console.info(`from posting to being seen by the other, in ms: ${delays.join(', ')}`);
    await live.close();
    await fatherHasEverything();
  });

  it('shows nothing of it to a member of another family, by any route, guess or id', async () => {
    const [item] = [...items.values()];
    const { posts: all } = await mother.graphql<Feed>(`{ ${feed} }`);
    const live = LiveQuery.open<Feed>(installation, stranger, `subscription { ${feed} }`);
    expect(await live.until(() => true)).toEqual({ posts: [] });
    const seen = await stranger.graphql(
      `query ($post: uuid!, $item: uuid!, $family: uuid!) {
        posts(where: { _or: [{ id: { _eq: $post } }, { family_id: { _eq: $family } }] }) { id }
        posts_by_pk(id: $post) { id }
        media_items(where: { id: { _eq: $item } }) { id }
        media_items_by_pk(id: $item) { id }
        post_assets(where: { media_item_id: { _eq: $item } }) { id }
        families(where: { id: { _eq: $family } }) { id }
        family_members(where: { family_id: { _eq: $family } }) { user_id }
      }`,
      { post: all[0]?.id, item: item?.id, family: mother.familyId },
    );
    expect(Object.values(seen).filter(value => value !== null && (value as unknown[]).length > 0)).toEqual(
      [],
    );
    for (const path of [`/v1/media/${item?.id}`, `/v1/media/${item?.id}/url`]) {
      expect((await stranger.call('api', path)).status).toBe(404);
    }
    for (const path of ['', '/members', '/invitations']) {
      expect((await stranger.call('auth', `/v1/families/${mother.familyId}${path}`)).status).toBe(404);
    }
    const link = `/v1/storage/objects/${item?.familyId}/${item?.id}/original`;
    expect([400, 401, 403, 404]).toContain((await stranger.call('api', link)).status);
    expect((await send(installation.url('api', `/v1/media/${item?.id}`))).status).toBe(401);
    const written = await stranger.tryGraphql(
      `mutation ($id: uuid!) { update_posts_by_pk(pk_columns: { id: $id }, _set: { body: "mine" }) { id } }`,
      { id: all[0]?.id },
    );
    expect(written.body.data?.update_posts_by_pk ?? null).toBeNull();
    const switching = (id: string): Promise<{ status: number }> =>
      stranger.call('auth', `/v1/families/${id}/switch`, { method: 'POST' });
    expect((await switching(mother.familyId)).status).toBe((await switching(randomUUID())).status);
    expect((await stranger.call<{ items: unknown[] }>('auth', '/v1/families')).body.items).toHaveLength(1);
    expect(live.results()).toEqual([{ posts: [] }]);
    await live.close();
  });

  it('has all of it still after every process was killed', async () => {
    const { supervisor, processes } = await installation.status();
    killAll([supervisor, ...processes.map(({ pid }) => pid)]);
    await installation.start();
    await fatherHasEverything();
  });

  async function fatherHasEverything(): Promise<void> {
    const { posts: shown } = await father.graphql<Feed>(`{ ${feed} }`);
    expect(new Map(shown.map(({ body, assets }) => [body, assets[0]?.media_item_id]))).toEqual(posts);
    for (const item of items.values()) expect(await download(father, item.id)).toBe(item.sha256);
  }

  /** Everything that an upload could leave behind: rows and files. */
  async function traces(): Promise<object> {
    const rows = await installation.run([
      'db',
      'psql',
      '-At',
      '-c',
      'select (select count(*) from media_items), (select count(*) from storage.files)',
    ]);
    const objects = readdirSync(join(installation.folder, '.nself', 'objects'), {
      recursive: true,
      withFileTypes: true,
    });
    return {
      rows: rows.stdout,
      files: objects.filter(entry => entry.isFile() && !entry.parentPath.includes('variants')).length,
    };
  }
});

async function download(person: Person, id: string): Promise<string> {
  const link = expectStatus(await person.call<{ url: string }>('api', `/v1/media/${id}/url`), 200).body.url;
  const answer = await fetch(link);
  expect(answer.status).toBe(200);
  return sha256(new Uint8Array(await answer.arrayBuffer()));
}
