import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  contentKey,
  FileObjectStore,
  ObjectMissing,
  type ObjectStore,
  S3ObjectStore,
  type StorageLayout,
} from '@nself/media';
import { testS3 } from '../support';

/** One contract, three ways to keep it. What holds for a driver must hold for all. */
interface Driver {
  readonly name: string;
  open(folder: string): Promise<ObjectStore>;
}

const drivers: Driver[] = [
  { name: 'local files', open: async folder => new FileObjectStore(join(folder, 'objects')) },
  { name: 'S3, family as prefix', open: async () => s3('prefix') },
  { name: 'S3, bucket per family', open: async () => s3('bucket') },
];

function s3(layout: StorageLayout): ObjectStore {
  const { endpoint, accessKey, secretKey, region } = testS3();
  const bucket = `test-${randomUUID()}`;
  return new S3ObjectStore({ endpoint: new URL(endpoint), accessKey, secretKey, region, bucket, layout });
}

const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
const keyFor = (family: string, data: Buffer): string => contentKey(family, sha256(data));

async function read(
  store: ObjectStore,
  key: string,
  range?: { start: number; end: number },
): Promise<Buffer> {
  return buffer((await store.get(key, range)).stream);
}

async function keys(store: ObjectStore, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of store.list(prefix)) found.push(key);
  return found.sort();
}

describe.each(drivers)('object store: $name', ({ open }) => {
  let folder: string;
  let store: ObjectStore;
  let family: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nself-objects-'));
    store = await open(folder);
  });
  beforeEach(() => {
    family = randomUUID();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('gives back the bytes that were put', async () => {
    const data = randomBytes(3_000_000);
    const info = await store.put(keyFor(family, data), data);
    expect(info.size).toBe(data.length);
    expect(sha256(await read(store, info.key))).toBe(sha256(data));
  });

  it('keeps an empty object', async () => {
    const empty = Buffer.alloc(0);
    await store.put(keyFor(family, empty), Buffer.alloc(0));
    expect(await store.head(keyFor(family, empty))).toMatchObject({ size: 0 });
  });

  it('replaces what was there under the same key', async () => {
    const key = keyFor(family, Buffer.from('name of the place'));
    await store.put(key, Buffer.from('before'));
    await store.put(key, Buffer.from('after'));
    expect((await read(store, key)).toString()).toBe('after');
  });

  it('takes over a local file, which is gone afterwards', async () => {
    const data = randomBytes(100_000);
    const path = join(folder, randomUUID());
    await writeFile(path, data);
    await store.adopt(keyFor(family, data), path);
    expect(sha256(await read(store, keyFor(family, data)))).toBe(sha256(data));
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('reads a range, both ends included', async () => {
    const data = Buffer.from('0123456789');
    await store.put(keyFor(family, data), data);
    expect((await read(store, keyFor(family, data), { start: 2, end: 5 })).toString()).toBe('2345');
  });

  it('tells the size of the whole object with the whole and with a range', async () => {
    const data = Buffer.from('0123456789');
    await store.put(keyFor(family, data), data);
    for (const range of [undefined, { start: 2, end: 5 }]) {
      const { size, stream } = await store.get(keyFor(family, data), range);
      stream.destroy();
      expect(size).toBe(data.length);
    }
  });

  it('says so when there is no such object', async () => {
    const key = keyFor(family, randomBytes(8));
    expect(await store.head(key)).toBeUndefined();
    await expect(store.get(key)).rejects.toBeInstanceOf(ObjectMissing);
  });

  it('deletes, and deletes again without complaint', async () => {
    const data = randomBytes(10);
    await store.put(keyFor(family, data), data);
    await store.delete(keyFor(family, data));
    await store.delete(keyFor(family, data));
    expect(await store.head(keyFor(family, data))).toBeUndefined();
  });

  it('lists one family and no other', async () => {
    const other = randomUUID();
    const mine = [randomBytes(10), randomBytes(11)];
    for (const data of mine) await store.put(keyFor(family, data), data);
    await store.put(keyFor(other, mine[0]!), mine[0]!);
    expect(await keys(store, family)).toEqual(mine.map(data => keyFor(family, data)).sort());
    expect(await keys(store, randomUUID())).toEqual([]);
  });

  it('takes over a file of many parts', async () => {
    const data = randomBytes(20 * 1024 * 1024 + 17);
    const path = join(folder, randomUUID());
    await writeFile(path, data);
    expect(await store.adopt(keyFor(family, data), path)).toMatchObject({ size: data.length });
    expect(sha256(await read(store, keyFor(family, data)))).toBe(sha256(data));
  });

  it('leaves nothing behind when the file is not there', async () => {
    await expect(store.adopt(keyFor(family, randomBytes(9)), join(folder, 'missing'))).rejects.toThrow();
    expect(await keys(store, family)).toEqual([]);
  });

  it.each([
    '../escape',
    'x',
    '/etc/passwd',
    `${randomUUID()}/../other`,
    `${randomUUID()}/.hidden`,
    `${randomUUID()}//a`,
  ])('refuses the key %s', async key => {
    await expect(store.put(key, Buffer.from('x'))).rejects.toThrow('Not an object key');
    await expect(store.get(key)).rejects.toThrow('Not an object key');
  });

  it('is ready to take writes', async () => {
    await expect(store.check()).resolves.toBeUndefined();
  });
});
