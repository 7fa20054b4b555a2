import { Pool } from 'pg';
import { expectStatus, Person, send, testStack, type TestStack } from '../support';

interface Stream {
  readonly sessionId: string;
  readonly playbackUrl: string;
}

let stack: TestStack;
let db: Pool;
let mia: Person;
let content: string;

beforeAll(async () => {
  stack = await testStack(['auth', 'stream-gateway'], { env: { STREAM_SILENCE: '30s' } });
  db = new Pool({ connectionString: stack.database.ownerUrl });
  mia = await Person.register(stack, 'Mia');
  content = await newContent(mia);
});
afterAll(async () => {
  await db?.end();
  await stack?.stop();
});
afterEach(() => db.query(`update stream_sessions set ended_at = clock_timestamp() where ended_at is null`));

async function one(sql: string, values: unknown[]): Promise<string> {
  return (await db.query<{ id: string }>(sql, values)).rows[0]!.id;
}

const newContent = (owner: Person): Promise<string> =>
  one(
    `insert into stream_contents (family_id, title, source_url) values ($1, 'Summer', 'https://media.example.org/summer.m3u8') returning id`,
    [owner.familyId],
  );

const newDevice = (owner: Person, trusted = true): Promise<string> =>
  one(
    `insert into devices (family_id, type, name, trusted) values ($1, 'tv', 'Living room', $2) returning id`,
    [owner.familyId, trusted],
  );

const start = async (who: Person, contentId: string, deviceId: string) =>
  who.call<Stream & { code: string }>('stream-gateway', '/v1/streams', { json: { contentId, deviceId } });

describe('admission', () => {
  it('lets a trusted device in, and opens what it plays', async () => {
    const stream = expectStatus(await start(mia, content, await newDevice(mia)), 201).body;
    const playback = await fetch(stream.playbackUrl, { redirect: 'manual' });
    expect(playback.status).toBe(302);
    expect(playback.headers.get('location')).toBe('https://media.example.org/summer.m3u8');
  });

  it('holds the limits of family, person and device under 40 parallel starts', async () => {
    const second = await mia.bring('Ann');
    const third = await mia.bring('Tom');
    const people = [mia, second, third];
    const devices = await Promise.all(Array.from({ length: 20 }, () => newDevice(mia)));
    const wishes = devices.flatMap((device, index) => [
      start(people[index % 3]!, content, device),
      start(people[index % 3]!, content, device),
    ]);
    const answers = await Promise.all(wishes);
    const codes = answers.filter(({ status }) => status !== 201).map(({ body }) => body.code);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(new Set(codes)).toEqual(
      new Set(
        ['STREAM_LIMIT_USER', 'STREAM_LIMIT_FAMILY', 'STREAM_LIMIT_DEVICE'].filter(code =>
          codes.includes(code),
        ),
      ),
    );
    expect(codes).toContain('STREAM_LIMIT_FAMILY');
    const { rows } = await db.query<{ most: string }>(
      `select max(n) as most from (select count(*) as n from stream_sessions where ended_at is null group by user_id) per_person`,
    );
    expect(Number(rows[0]!.most)).toBeLessThanOrEqual(2);
  });

  it('refuses a device without trust, and what belongs to another family', async () => {
    const zoe = await Person.register(stack, 'Zoe');
    expect((await start(mia, content, await newDevice(mia, false))).body.code).toBe('DEVICE_NOT_TRUSTED');
    expect((await start(mia, content, await newDevice(zoe))).body.code).toBe('DEVICE_NOT_TRUSTED');
    expect((await start(mia, await newContent(zoe), await newDevice(mia))).status).toBe(404);
  });
});

describe('a running stream', () => {
  it('lives by its heartbeats, and its playback ends with it', async () => {
    const { sessionId, playbackUrl } = expectStatus(
      await start(mia, content, await newDevice(mia)),
      201,
    ).body;
    const beat = () =>
      mia.call('stream-gateway', `/v1/streams/${sessionId}/heartbeat`, { json: { state: 'paused' } });
    expect((await beat()).status).toBe(204);
    expect((await mia.call('stream-gateway', `/v1/streams/${sessionId}`, { method: 'DELETE' })).status).toBe(
      204,
    );
    expect((await beat()).status).toBe(410);
    expect((await send(playbackUrl)).status).toBe(410);
  });

  it('that fell silent makes room and is written down as ended', async () => {
    const device = await newDevice(mia);
    const { sessionId } = expectStatus(await start(mia, content, device), 201).body;
    expect((await start(mia, content, device)).body.code).toBe('STREAM_LIMIT_DEVICE');
    await db.query(
      `update stream_sessions
          set started_at = started_at - interval '1 hour', heartbeat_at = heartbeat_at - interval '1 hour'
        where id = $1`,
      [sessionId],
    );
    expect((await start(mia, content, device)).status).toBe(201);
    for (;;) {
      const { rows } = await db.query<{ end_reason: string | null }>(
        `select end_reason from stream_sessions where id = $1`,
        [sessionId],
      );
      if (rows[0]!.end_reason === 'silent') break;
      await new Promise(resolve => setTimeout(resolve, 300));
    }
  });

  it('is not moved by another person', async () => {
    const { sessionId } = expectStatus(await start(mia, content, await newDevice(mia)), 201).body;
    const other = await mia.bring('Eve');
    const answer = await other.call('stream-gateway', `/v1/streams/${sessionId}/heartbeat`, {
      json: { state: 'playing' },
    });
    expect(answer.status).toBe(410);
  });
});
