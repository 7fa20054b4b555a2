import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expectStatus, Person, send, testStack, type TestStack } from '../support';

interface Item {
  readonly id: string;
  readonly sha256: string;
  readonly status: string;
  readonly blurhash: string | null;
}

let stack: TestStack;
let mia: Person;
let zoe: Person;

beforeAll(async () => {
  stack = await testStack(['auth', 'api', 'scheduler'], { env: { STORAGE_SWEEP_GRACE: '1s' } });
  mia = await Person.register(stack, 'Mia');
  zoe = await Person.register(stack, 'Zoe');
});
afterAll(() => stack?.stop());

/** Noise, so that no two pictures of a test are the same bytes. */
const picture = (): Promise<Buffer> =>
  sharp(randomBytes(60 * 40 * 3), { raw: { width: 60, height: 40, channels: 3 } })
    .jpeg()
    .toBuffer();

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const upload = async (who: Person, bytes: Buffer): Promise<Item> =>
  expectStatus(await who.upload<Item>(bytes, 'image/jpeg'), 201).body;

async function linkTo(who: Person, item: Item, variant?: string): Promise<string> {
  const answer = await who.call<{ url: string }>(
    'api',
    `/v1/media/${item.id}/url${variant ? `?variant=${variant}` : ''}`,
  );
  return expectStatus(answer, 200).body.url;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}

/** Those of the files that hold just these bytes; one that is gone by now, as a moved upload is, holds nothing. */
async function holding(bytes: Buffer, files: readonly string[]): Promise<string[]> {
  const contents = await Promise.all(files.map(path => readFile(path).catch(() => undefined)));
  return files.filter((_path, index) => contents[index]?.equals(bytes));
}

describe('a signed link', () => {
  it('opens the very bytes that were uploaded, without a token', async () => {
    const bytes = await picture();
    const response = await fetch(await linkTo(mia, await upload(mia, bytes)));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(sha256(new Uint8Array(await response.arrayBuffer()))).toBe(sha256(bytes));
  });

  it('answers conditions and ranges', async () => {
    const bytes = await picture();
    const url = await linkTo(mia, await upload(mia, bytes));
    const tag = `"${sha256(bytes)}"`;
    expect((await send(url, { headers: { 'if-none-match': tag } })).status).toBe(304);
    const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 10-19/${bytes.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(10, 20));
    expect((await send(url, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416);
  });

  it('sends a part only to whoever has the other parts of the same bytes', async () => {
    const bytes = await picture();
    const url = await linkTo(mia, await upload(mia, bytes));
    const range = 'bytes=10-19';
    const same = await fetch(url, { headers: { range, 'if-range': `"${sha256(bytes)}"` } });
    expect([same.status, (await same.arrayBuffer()).byteLength]).toEqual([206, 10]);
    const older = await fetch(url, { headers: { range, 'if-range': `"${sha256(await picture())}"` } });
    expect([older.status, (await older.arrayBuffer()).byteLength]).toEqual([200, bytes.length]);
  });

  it('tells what it opens without opening it', async () => {
    const bytes = await picture();
    const url = await linkTo(mia, await upload(mia, bytes));
    const { status, headers } = await fetch(url, { method: 'HEAD', headers: { range: 'bytes=10-19' } });
    expect(status).toBe(200);
    expect(headers.get('content-length')).toBe(String(bytes.length));
    expect(headers.get('etag')).toBe(`"${sha256(bytes)}"`);
  });

  it('cannot be turned to another object, prolonged, or forged', async () => {
    const [one, other] = [await upload(mia, await picture()), await upload(mia, await picture())];
    const url = new URL(await linkTo(mia, one));
    const forged = [
      url.href.replace(one.id, other.id),
      url.href.replace('/original', '/thumb'),
      url.href.replace(/expires=\d+/, 'expires=99999999999'),
      url.href.replace(/signature=.*/, `signature=${'A'.repeat(43)}`),
      url.href.replace(
        /holder=[^&]+/,
        new URL(await linkTo(mia, other)).search.match(/holder=[^&]+/)?.[0] ?? '',
      ),
      url.href.replace(/&holder=[^&]+/, ''),
      url.origin + url.pathname,
    ];
    for (const address of forged) expect([400, 403]).toContain((await send(address)).status);
  });
});

describe('the links of a session that ends', () => {
  it('end with it, and those of another go on', async () => {
    const phone = await Person.signIn(stack, mia.account);
    const item = await upload(mia, await picture());
    const [theirs, ours] = [await linkTo(phone, item), await linkTo(mia, item)];
    expectStatus(await send(theirs), 200);
    expect(theirs).not.toContain(mia.id);
    expectStatus(await phone.call('auth', '/v1/auth/logout', { json: {} }), 204);
    await eventually(async () => (await send(theirs)).status === 401 || undefined);
    expectStatus(await send(ours), 200);
  });
});

describe('an upload', () => {
  it('ends ready, with smaller pictures and a blurhash', async () => {
    const item = await upload(mia, await picture());
    const ready = await eventually(async () => {
      const { body } = await mia.call<Item>('api', `/v1/media/${item.id}`);
      return body.status === 'ready' ? body : undefined;
    });
    expect(ready.blurhash).toMatch(/^.{6,}$/);
    const thumb = await fetch(await linkTo(mia, item, 'thumb'));
    expect((await sharp(Buffer.from(await thumb.arrayBuffer())).metadata()).format).toBe('webp');
  });

  it('is refused with words that the database could not keep', async () => {
    const wish = { caption: 'at the \u0000 lake' };
    const { status, body } = await mia.upload<{ faults: unknown }>(await picture(), 'image/jpeg', wish);
    expect({ status, faults: body.faults }).toMatchObject({ status: 400, faults: [{ field: 'caption' }] });
  });

  it('of the same bytes twice is two items and one object', async () => {
    const bytes = await picture();
    const items = await Promise.all([upload(mia, bytes), upload(mia, bytes)]);
    expect(new Set(items.map(item => item.id)).size).toBe(2);
    const kept = (await filesBelow(stack.plan.objects)).filter(path => path.endsWith(sha256(bytes)));
    expect(kept).toHaveLength(1);
  });

  it('is not seen by another family, by any route', async () => {
    const item = await upload(mia, await picture());
    expect((await zoe.call('api', `/v1/media/${item.id}`)).status).toBe(404);
    expect((await zoe.call('api', `/v1/media/${item.id}/url`)).status).toBe(404);
  });

  it.each([
    ['a page that says it is a picture', Buffer.from('<html><script>alert(1)</script></html>'), 'image/jpeg'],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'],
  ])('of %s is refused and leaves nothing behind', async (_name, bytes, type) => {
    const answer = await zoe.upload<{ code: string }>(bytes, type);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'FILE_REFUSED' });
    const files = await filesBelow(stack.plan.objects);
    expect(files.filter(path => path.includes(zoe.familyId))).toEqual([]);
    expect(await holding(bytes, files)).toEqual([]);
  });

  it('into an album that is not hers leaves neither row nor object', async () => {
    const bytes = await picture();
    const answer = await mia.upload(bytes, 'image/jpeg', { albumId: '01890000-0000-7000-8000-000000000000' });
    expect(answer.status).toBe(404);
    expect((await filesBelow(stack.plan.objects)).filter(path => path.endsWith(sha256(bytes)))).toEqual([]);
  });

  it('needs a token and a role that may', async () => {
    const child = await mia.bring('Kid', 'CHILD_MEMBER');
    expect((await child.upload(await picture(), 'image/jpeg')).status).toBe(403);
    expect((await send(stack.url('api', '/v1/storage/upload'), { method: 'POST' })).status).toBe(401);
  });
});

describe('the audit trail', () => {
  it('is for owners and admins, in pages, and of their own family only', async () => {
    const adult = await mia.bring('Ann');
    expect((await adult.call('api', '/v1/audit/events')).status).toBe(403);
    const first = expectStatus(await mia.call<Page>('api', '/v1/audit/events?limit=2'), 200).body;
    expect(first.items).toHaveLength(2);
    const second = expectStatus(
      await mia.call<Page>('api', `/v1/audit/events?limit=2&cursor=${first.nextCursor}`),
      200,
    ).body;
    expect(second.items.map(event => event.id)).not.toContain(first.items[1]!.id);
    const foreign = expectStatus(
      await zoe.call<Page>('api', '/v1/audit/events?type=media.uploaded'),
      200,
    ).body;
    expect(foreign.items).toEqual([]);
  });

  it('refuses a query that makes no sense', async () => {
    for (const query of [
      'limit=0',
      'limit=101',
      'cursor=nonsense',
      'since=yesterday',
      'since=2030-W05',
      'since=2030-02-31',
      'cursor=WyJ4Il0',
      'actorId=1',
      'familyId=x',
    ]) {
      expect((await mia.call('api', `/v1/audit/events?${query}`)).status).toBe(400);
    }
  });
});

interface Page {
  readonly items: readonly { id: string; type: string }[];
  readonly nextCursor: string | null;
}

/** Asks again until there is an answer; the deadline is the test's own. */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}
