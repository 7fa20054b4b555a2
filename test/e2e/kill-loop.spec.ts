import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { Installation, Person, type Status } from '../support';
import { eventually, killAll } from './processes';

// Whole stacks come and go here, on machines that may be slow and busy.
jest.setTimeout(600_000);

/** A short loop with every run, the full one of 20 with `nself test --long`. */
const ROUNDS = process.env.NSELF_LONG ? 20 : 4;
const WRITES = 20;

interface Acknowledged {
  /** What posts were answered with an id, by their content. */
  readonly posts: Set<string>;
  /** Hashes of what was uploaded and answered with 201, by media item. */
  readonly uploads: Map<string, string>;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Noise, so that no two pictures are the same bytes. */
const picture = (): Promise<Buffer> =>
  sharp(randomBytes(40 * 30 * 3), { raw: { width: 40, height: 30, channels: 3 } })
    .jpeg()
    .toBuffer();

/**
 * Writers go on writing while processes are killed under them. What was answered well must be there in the end, and
 * objects and rows must belong together; what was not answered may be there or not.
 */
describe('kill -9 under load', () => {
  const installation = new Installation({ env: { STORAGE_SWEEP_GRACE: '2s' } });
  const acknowledged: Acknowledged = { posts: new Set(), uploads: new Map() };
  let person: Person;
  beforeAll(async () => {
    await installation.start();
    person = await Person.register(installation, 'Nadia');
  });
  afterAll(() => installation.remove());

  it(`loses nothing that was acknowledged in ${ROUNDS} kills`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const victim = await killOne(round);
      await recover();
      const fresh = await writeUntilAcknowledged(WRITES);
      process.stderr.write(
        `  round ${round + 1}: killed ${victim}, then ${fresh} writes were acknowledged\n`,
      );
      await everythingIsThere();
    }
  }, 1_200_000);

  it('leaves no object without a row and no row without an object', async () => {
    await recover();
    await eventually(async () => {
      const keys = await installation.run([...ask, `select object_key from storage.files order by 1`]);
      const variants = await installation.run([...ask, `select object_key from media_variants order by 1`]);
      const rows = [...lines(keys.stdout), ...lines(variants.stdout)];
      expect(objects().sort()).toEqual([...new Set(rows)].sort());
    });
  }, 240_000);

  const ask = ['db', 'psql', '-At', '-c'];

  /** While writes are under way, one process dies: a service, a server, the supervisor, or all of them. */
  async function killOne(round: number): Promise<string> {
    const status = await installation.status();
    const victims = victimsOf(status);
    const victim =
      victims[(round * 7 + Math.floor(Math.random() * victims.length)) % victims.length] ?? victims[0];
    const writing = writeFor(WRITES);
    await new Promise(resolve => setTimeout(resolve, 200 + Math.random() * 400));
    killAll(victim?.pids ?? []);
    await writing;
    return victim?.name ?? '';
  }

  function victimsOf({ supervisor, processes }: Status): { name: string; pids: (number | undefined)[] }[] {
    const each = processes.map(({ name, pid }) => ({ name, pids: [pid] }));
    const all = [supervisor, ...each.flatMap(({ pids }) => pids)];
    return [...each, { name: 'the supervisor', pids: [supervisor] }, { name: 'everything', pids: all }];
  }

  /** As a person would: when the supervisor is gone the stack is started again, otherwise it heals by itself. */
  async function recover(): Promise<void> {
    await eventually(async () => {
      const status = await installation.status();
      if (!status.running) await installation.start();
      expect(status.ready).toBe(true);
    });
    await eventually(() => person.signInAgain());
  }

  async function writeUntilAcknowledged(count: number): Promise<number> {
    const before = acknowledged.posts.size + acknowledged.uploads.size;
    const written = (): number => acknowledged.posts.size + acknowledged.uploads.size - before;
    await eventually(async () => {
      await writeFor(count - written());
      expect(written()).toBeGreaterThanOrEqual(count);
    });
    return written();
  }

  /** Some writes, two at a time; those that fail are not remembered. */
  async function writeFor(count: number): Promise<void> {
    const half = async (): Promise<void> => {
      for (let i = 0; i < count / 2; i++) await (i % 2 === 0 ? post() : upload()).catch(() => undefined);
    };
    await Promise.all([half(), half()]);
  }

  async function post(): Promise<void> {
    const body = `post ${randomUUID()}`;
    await person.graphql(
      `mutation ($body: String!) { insert_posts_one(object: { type: "text", body: $body }) { id } }`,
      {
        body,
      },
    );
    acknowledged.posts.add(body);
  }

  async function upload(): Promise<void> {
    const bytes = await picture();
    const { status, body } = await person.upload(bytes, 'image/jpeg');
    if (status === 201) acknowledged.uploads.set(body.id, sha256(bytes));
  }

  async function everythingIsThere(): Promise<void> {
    const { posts } = await person.graphql<{ posts: { body: string }[] }>('{ posts { body } }');
    const bodies = new Set(posts.map(({ body }) => body));
    expect([...acknowledged.posts].filter(body => !bodies.has(body))).toEqual([]);
    for (const [id, hash] of acknowledged.uploads)
      expect({ id, hash: await download(id) }).toEqual({ id, hash });
  }

  async function download(id: string): Promise<string> {
    const { body } = await person.call<{ url: string }>('api', `/v1/media/${id}/url`);
    return sha256(new Uint8Array(await (await fetch(body.url)).arrayBuffer()));
  }

  function objects(): string[] {
    const folder = join(installation.folder, '.nself', 'objects');
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, basename(entry.name)).slice(folder.length + 1))
      .filter(key => !key.startsWith('.'));
  }
});

const lines = (text: string): string[] => text.split('\n').filter(Boolean);
