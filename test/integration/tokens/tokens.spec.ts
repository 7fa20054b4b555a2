import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { Person, send, testStack, type TestStack } from '../../support';
import { DOORS, Doors, PATIENCE_MS, SERVICES, type Door } from './doors';
import { Forger } from './forger';
import { SOCKET_PROTOCOLS, type SocketProtocol, type TokenSocket } from './token-socket';

/** Tokens as every service of a running house takes them, or does not. */
describe('access tokens', () => {
  let stack: TestStack;
  let doors: Doors;
  let owner: Person;
  let stranger: Person;

  beforeAll(async () => {
    stack = await testStack([...SERVICES, 'scheduler']);
    doors = new Doors(stack);
    owner = await Person.register(stack, 'Amina');
    stranger = await Person.register(stack, 'Bilal');
  }, 300_000);
  afterAll(() => stack?.stop());

  describe('that are forged', () => {
    let forger: Forger;

    beforeAll(async () => {
      forger = new Forger(
        owner.token,
        (stack.plan.given['AUTH_JWT_PRIVATE_KEY'] ?? '').replaceAll('\\n', '\n'),
      );
      await forger.open();
    });
    afterAll(() => forger?.close());

    it('are measured against one that is good', async () => {
      expect(await doors.opening(owner.token)).toEqual(DOORS);
      expect(await doors.opening(forger.withPayload({}))).toEqual(DOORS);
    });

    it('are refused by every service, over HTTP and over both kinds of sockets', async () => {
      const taken: Record<string, Door[]> = {};
      const forgeries = Object.entries(forger.forgeries(stranger));
      for (const [fault, forge] of forgeries) {
        const open = await doors.open(forge());
        if (open.length > 0) taken[fault] = open;
      }
      expect(taken).toEqual({});
      console.info(`${forgeries.length} forgeries at ${DOORS.length} doors, none was taken`);
    });

    it('bring nobody to ask for the keys that they offer', () => {
      expect(forger.asked).toBe(0);
    });

    it('show nothing of another family to whoever has one of their own', async () => {
      const answer = await owner.call('auth', `/v1/families/${stranger.familyId}`);
      expect(answer.status).toBe(404);
      const { body } = await owner.tryGraphql('query ($id: uuid!) { families_by_pk(id: $id) { id } }', {
        id: stranger.familyId,
      });
      expect(body.data).toEqual({ families_by_pk: null });
    });

    it('give no role that the token does not allow', async () => {
      const headers = { authorization: `Bearer ${owner.token}`, 'x-hasura-role': 'admin_member' };
      for (const door of ['graphql', ...SOCKET_PROTOCOLS] as const)
        expect([door, await doors.letsIn(door, headers)]).toEqual([door, false]);
    });

    it('find no door at the scheduler, which takes no tokens at all', async () => {
      const knock = async (path: string, token?: string) => {
        const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
        return (await send(stack.url('scheduler', path), { headers })).status;
      };
      for (const path of ['/v1/auth/me', '/v1/graphql', '/v1/jobs', '/v1/media'])
        for (const token of [undefined, owner.token, 'nonsense'])
          expect([path, await knock(path, token)]).toEqual([path, 404]);
      expect(await knock('/health', 'nonsense')).toBe(200);
    });
  });

  describe('that were taken back', () => {
    const figures: string[] = [];
    afterAll(() => console.info(`Refused after, in milliseconds:\n${figures.join('\n')}`));

    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

    /** Waits until a door is shut; answers how long that took since `since`, in milliseconds. */
    async function shut(door: Door, headers: Record<string, string>, since: number): Promise<number> {
      while (await doors.letsIn(door, headers)) {
        if (Date.now() - since > PATIENCE_MS) throw new Error(`${door} is still open`);
        await pause(20);
      }
      return Date.now() - since;
    }

    async function ended(socket: TokenSocket, since: number): Promise<number> {
      const deadline = pause(PATIENCE_MS, undefined, { ref: false }).then(() => {
        throw new Error('the socket is still open');
      });
      const { code, at } = await Promise.race([socket.closed, deadline]);
      expect(code).toBe(4403);
      return Math.max(0, at - since);
    }

    async function databaseDoes<T>(statement: string, values: unknown[]): Promise<T[]> {
      const client = new Client({ connectionString: stack.database.ownerUrl });
      await client.connect();
      const { rows } = await client.query(statement, values);
      await client.end();
      return rows as T[];
    }

    const endings: [string, (person: Person) => Promise<unknown>][] = [
      [
        'removal from the family',
        person =>
          owner.call('auth', `/v1/families/${owner.familyId}/members/${person.id}`, { method: 'DELETE' }),
      ],
      ['logout', person => person.call('auth', '/v1/auth/logout', { json: {} })],
      [
        'a change of password',
        person =>
          person.call('auth', '/v1/user/password', { json: { newPassword: `a new one ${randomUUID()}` } }),
      ],
      [
        'disabling the account',
        person => databaseDoes('update auth.users set disabled = true where id = $1', [person.id]),
      ],
    ];

    it.each(endings)('by %s are refused everywhere, and open sockets end', async (cause, end) => {
      const person = await owner.bring('Karim');
      const headers = bearer(person.token);
      expect(await doors.opening(person.token)).toEqual(DOORS);
      const sockets = SOCKET_PROTOCOLS.map((protocol): [SocketProtocol, TokenSocket] => [
        protocol,
        doors.socket(protocol, headers),
      ]);
      for (const [, socket] of sockets) expect(await socket.families).toBe(1);
      await end(person);
      const since = Date.now();
      const measured = await Promise.all([
        ...DOORS.map(async door => `${door} ${await shut(door, headers, since)}`),
        ...sockets.map(async ([protocol, socket]) => `open ${protocol} ${await ended(socket, since)}`),
      ]);
      figures.push(`${cause}: ${measured.join(', ')}`);
    });

    interface Grant {
      access_token: string;
      device_id: string;
    }

    /** A television of the owner's family, let in by its code. */
    async function television(): Promise<Grant> {
      const json = { client_id: 'tv', device_name: 'Living room' };
      const codes = await send<{ device_code: string; user_code: string }>(
        stack.url('auth', '/v1/device/code'),
        { json },
      );
      await owner.call('auth', '/v1/device/approve', { json: { userCode: codes.body.user_code } });
      const poll = { device_code: codes.body.device_code, client_id: 'tv' };
      return (await send<Grant>(stack.url('auth', '/v1/token/device'), { json: poll })).body;
    }

    it('by revoking the device are refused everywhere, its sockets close, and its stream ends', async () => {
      const { access_token: token, device_id: deviceId } = await television();
      const headers = bearer(token);
      expect(await doors.opening(token)).toEqual(DOORS);
      const [content] = await databaseDoes<{ id: string }>(
        `insert into stream_contents (family_id, title, source_url)
         values ($1, 'Summer', 'https://media.example.org/summer.m3u8') returning id`,
        [owner.familyId],
      );
      const json = { contentId: content?.id, deviceId };
      const started = await send<{ playbackUrl: string }>(stack.url('stream-gateway', '/v1/streams'), {
        json,
        headers,
      });
      const plays = async (): Promise<boolean> =>
        (await fetch(started.body.playbackUrl, { redirect: 'manual' })).status === 302;
      expect([started.status, await plays()]).toEqual([201, true]);
      const sockets = SOCKET_PROTOCOLS.map(protocol => doors.socket(protocol, headers));
      for (const socket of sockets) await socket.families;

      await owner.call('auth', `/v1/devices/${deviceId}`, { method: 'DELETE' });
      const since = Date.now();
      while ((await plays()) && Date.now() - since < PATIENCE_MS) await pause(20);
      const silent = Date.now() - since;
      expect(await plays()).toBe(false);
      const measured = await Promise.all([
        ...DOORS.map(async door => `${door} ${await shut(door, headers, since)}`),
        ...sockets.map(async socket => `open socket ${await ended(socket, since)}`),
      ]);
      figures.push(`revoking a device: stream ${silent}, ${measured.join(', ')}`);
    });
  });
});
