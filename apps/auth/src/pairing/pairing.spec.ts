import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { Client } from 'pg';
import { newEmail, PASSWORD, type Browser, type Tokens } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';

interface Codes {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_complete: string;
  expires_in: number;
  interval: number;
}

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

describe('devices', () => {
  let auth: RunningAuth;
  let database: Client;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_LOCKOUT_ATTEMPTS: '5' });
    database = new Client({ connectionString: auth.database.ownerUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await auth.stop();
  });

  const newcomer = (email = newEmail('owner')): Promise<Browser> =>
    auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
  const begin = async (): Promise<Codes> =>
    (await auth.browser().post<Codes>('/v1/device/code', { client_id: 'tv', device_name: 'Living room' }))
      .body;
  const poll = (codes: Codes) =>
    auth.browser().post<Record<string, string>>('/v1/token/device', {
      grant_type: GRANT,
      device_code: codes.device_code,
      client_id: 'tv',
    });
  /** As if the device had last asked so many seconds ago; less than nothing stands for a moment ago on any machine. */
  const lastAsked = (seconds: number): Promise<unknown> =>
    database.query(
      `update auth.device_pairings set last_polled_at = clock_timestamp() - make_interval(secs => $1)`,
      [seconds],
    );
  const JUST_NOW = -60;

  describe('paired by a code (RFC 8628)', () => {
    it('get what the RFC says, by form or JSON, and never the same code', async () => {
      const codes = await begin();
      expect(codes).toEqual({
        device_code: expect.stringMatching(/^[\w-]{43}$/),
        user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
        verification_uri: `${auth.url}/v1/device`,
        verification_uri_complete: `${auth.url}/v1/device?user_code=${codes.user_code}`,
        expires_in: 600,
        interval: 5,
      });
      const form = await fetch(`${auth.url}/v1/device/code`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: 'tv' }),
      });
      expect(form.status).toBe(200);
      const { rows } = await database.query(`select from auth.device_pairings where device_code_hash = $1`, [
        codes.device_code,
      ]);
      expect(rows).toHaveLength(0);
    });

    it('wait, are slowed down, and come in when somebody says yes', async () => {
      const owner = await newcomer();
      const codes = await begin();
      expect(await poll(codes)).toMatchObject({ status: 400, body: { error: 'authorization_pending' } });
      await lastAsked(JUST_NOW);
      expect(await poll(codes)).toMatchObject({ status: 400, body: { error: 'slow_down' } });
      const { rows } = await database.query<{ interval_seconds: number }>(
        `select interval_seconds from auth.device_pairings where user_code = $1`,
        [codes.user_code.replace('-', '')],
      );
      expect(rows[0]?.interval_seconds).toBe(10);
      await lastAsked(60);
      expect((await poll(codes)).body.error).toBe('authorization_pending');
      const typed = codes.user_code.replace('-', '').toLowerCase();
      const view = await owner.get(`/v1/device/pairing?userCode=${typed}`);
      expect(view.body).toMatchObject({
        device: { name: 'Living room', type: 'tv' },
        place: '127.0.0.1',
        family: { id: owner.familyId },
        warning: expect.any(String),
      });
      const approved = await owner.post<{ deviceId: string }>('/v1/device/approve', { userCode: typed });
      expect((await auth.mailbox.next(owner.tokens?.user.email ?? '')).subject).toBe(
        'A device was connected',
      );
      const granted = await poll(codes);
      expect(granted).toMatchObject({
        status: 200,
        body: { token_type: 'Bearer', device_id: approved.body.deviceId, family_id: owner.familyId },
      });
      const device = auth.browser();
      Object.assign(device.headers, { authorization: `Bearer ${granted.body.access_token}` });
      expect((await device.get('/v1/auth/me')).body).toMatchObject({
        family: { id: owner.familyId, role: 'DEVICE' },
      });
      expect((await device.get(`/v1/families/${owner.familyId}/members`)).status).toBe(403);
      expect((await device.post('/v1/families', { name: 'Of devices' })).status).toBe(403);
      expect((await owner.delete(`/v1/devices/${approved.body.deviceId}`)).status).toBe(204);
      expect((await device.get('/v1/auth/me')).status).toBe(401);
      expect(
        (await auth.browser().post('/v1/auth/refresh', { refreshToken: granted.body.refresh_token })).status,
      ).toBe(401);
    });

    it('keep the longer interval from then on', async () => {
      const codes = await begin();
      const intervalOf = async (): Promise<number | undefined> => {
        const { rows } = await database.query<{ interval_seconds: number }>(
          `select interval_seconds from auth.device_pairings where user_code = $1`,
          [codes.user_code.replace('-', '')],
        );
        return rows[0]?.interval_seconds;
      };
      await poll(codes);
      for (const seconds of [10, 15]) {
        await lastAsked(JUST_NOW);
        expect((await poll(codes)).body.error).toBe('slow_down');
        expect(await intervalOf()).toBe(seconds);
      }
      await lastAsked(60);
      expect((await poll(codes)).body.error).toBe('authorization_pending');
      expect(await intervalOf()).toBe(15);
    });

    it('belong to one family, also when two say yes at once', async () => {
      const owners = await Promise.all([newcomer(), newcomer(), newcomer(), newcomer()]);
      const codes = await begin();
      const answers = await Promise.all(
        owners.map(owner => owner.post('/v1/device/approve', { userCode: codes.user_code })),
      );
      expect(answers.map(each => each.status).sort()).toEqual([200, 404, 404, 404]);
      const winner = owners[answers.findIndex(each => each.status === 200)];
      expect((await poll(codes)).body.family_id).toBe(winner?.familyId);
      const { rows } = await database.query(`select family_id from devices where name = 'Living room'`);
      expect(rows.filter(row => owners.some(owner => owner.familyId === row.family_id))).toHaveLength(1);
    });

    it('get one token from twenty racing polls', async () => {
      const owner = await newcomer();
      const codes = await begin();
      await owner.post('/v1/device/approve', { userCode: codes.user_code });
      const answers = await Promise.all(Array.from({ length: 20 }, () => poll(codes)));
      expect(answers.filter(each => each.status === 200)).toHaveLength(1);
      expect(new Set(answers.filter(each => each.status !== 200).map(each => each.body.error))).toEqual(
        new Set(['invalid_grant']),
      );
    });

    it('are told when somebody says no, when the code is too old, and when it makes no sense', async () => {
      const owner = await newcomer();
      const [refused, old] = [await begin(), await begin()];
      await owner.post('/v1/device/approve', { userCode: refused.user_code, approve: false });
      expect(await poll(refused)).toMatchObject({ status: 400, body: { error: 'access_denied' } });
      await database.query(`update auth.device_pairings set expires_at = now() where user_code = $1`, [
        old.user_code.replace('-', ''),
      ]);
      expect(await poll(old)).toMatchObject({ status: 400, body: { error: 'expired_token' } });
      expect((await owner.post('/v1/device/approve', { userCode: old.user_code })).status).toBe(404);
      expect((await poll({ ...old, device_code: 'unknown' })).body.error).toBe('invalid_grant');
      expect((await auth.browser().post('/v1/token/device', { grant_type: 'password' })).body).toMatchObject({
        error: 'unsupported_grant_type',
      });
    });

    it('are approved by stewards only, and guesses are limited', async () => {
      const owner = await newcomer();
      const invited = await owner.post<{ token: string }>(`/v1/families/${owner.familyId}/invitations`, {
        role: 'ADULT_MEMBER',
      });
      const adult = await auth.browser().enter('/v1/auth/register', {
        email: newEmail(),
        password: PASSWORD,
        invitation: invited.body.token,
      });
      const codes = await begin();
      expect((await adult.post('/v1/device/approve', { userCode: codes.user_code })).status).toBe(403);
      const guesser = await newcomer();
      for (let guess = 0; guess < 5; guess++)
        expect((await guesser.post('/v1/device/approve', { userCode: 'BBBB-BBBB' })).status).toBe(404);
      expect((await guesser.post('/v1/device/approve', { userCode: codes.user_code })).status).toBe(429);
    });

    it('are approved on a page without scripts', async () => {
      const email = newEmail('page');
      const owner = await newcomer(email);
      const codes = await begin();
      const first = await (await fetch(codes.verification_uri_complete)).text();
      expect(first).toContain(`value="${codes.user_code}"`);
      const submit = (path: string, fields: Record<string, string>) =>
        fetch(`${auth.url}${path}`, { method: 'POST', body: new URLSearchParams(fields) });
      const wrong = await submit('/v1/device/page', {
        user_code: codes.user_code,
        email,
        password: 'not the password',
      });
      expect(wrong.status).toBe(400);
      const second = await (
        await submit('/v1/device/page', { user_code: codes.user_code, email, password: PASSWORD })
      ).text();
      expect(second).toMatch(/Living room[\s\S]*127\.0\.0\.1[\s\S]*Family of page[\s\S]*Say yes only if/);
      const ticket = /name="ticket" value="([^"]+)"/.exec(second)?.[1] ?? '';
      const done = await (
        await submit('/v1/device/page/answer', { user_code: codes.user_code, ticket, answer: 'yes' })
      ).text();
      expect(done).toContain('The device is connected');
      expect((await poll(codes)).body.family_id).toBe(owner.familyId);
      expect(
        (await submit('/v1/device/page/answer', { user_code: codes.user_code, ticket, answer: 'yes' }))
          .status,
      ).toBe(400);
    });
  });

  describe('with a key of their own', () => {
    class Box {
      readonly keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ed25519');

      get publicKey(): string {
        return String(this.keys.publicKey.export({ format: 'jwk' }).x);
      }

      proof(purpose: string, subject: string, change: { nonce?: string; timestamp?: number } = {}) {
        const { nonce = randomBytes(16).toString('base64url'), timestamp = Date.now() } = change;
        const message = Buffer.from([purpose, subject, nonce, String(timestamp)].join('\n'));
        return {
          nonce,
          timestamp,
          signature: sign(null, message, this.keys.privateKey).toString('base64url'),
        };
      }
    }

    async function registered(): Promise<{ owner: Browser; box: Box; id: string; tokens: Tokens }> {
      const [owner, box] = [await newcomer(), new Box()];
      const { body } = await owner.post<{ token: string }>('/v1/devices/bootstrap-tokens', {
        deviceType: 'antbox',
        name: 'Attic',
      });
      const made = await auth.browser().post<Tokens & { device: { id: string } }>('/v1/devices', {
        token: body.token,
        publicKey: box.publicKey,
        ...box.proof('nself-device-register', box.publicKey),
      });
      expect(made).toMatchObject({
        status: 201,
        body: { device: { name: 'Attic', trusted: true, hasKey: true } },
      });
      return { owner, box, id: made.body.device.id, tokens: made.body };
    }

    it('register by a token that is good once, and come back by a signature', async () => {
      const { box, id, owner } = await registered();
      const enter = (proof: object) => auth.browser().post<Tokens>(`/v1/devices/${id}/token`, proof);
      expect(await enter(box.proof('nself-device-token', id))).toMatchObject({
        status: 200,
        body: { family: { id: owner.familyId, role: 'DEVICE' } },
      });
      expect((await enter(new Box().proof('nself-device-token', id))).status).toBe(403);
      expect((await enter(box.proof('nself-device-key', id))).status).toBe(403);
      expect(
        (await enter(box.proof('nself-device-token', id, { timestamp: Date.now() - 61_000 }))).status,
      ).toBe(403);
      const replayed = box.proof('nself-device-token', id);
      expect((await enter(replayed)).status).toBe(200);
      expect((await enter(replayed)).status).toBe(403);
    });

    it('cannot use a bootstrap token twice', async () => {
      const owner = await newcomer();
      const { body } = await owner.post<{ token: string }>('/v1/devices/bootstrap-tokens', {
        deviceType: 'antbox',
      });
      const attempts = await Promise.all(
        [new Box(), new Box(), new Box()].map(box =>
          auth.browser().post('/v1/devices', {
            token: body.token,
            publicKey: box.publicKey,
            ...box.proof('nself-device-register', box.publicKey),
          }),
        ),
      );
      expect(attempts.filter(each => each.status === 201)).toHaveLength(1);
    });

    it('rotate their key, must do so after 90 days, and are revoked at once', async () => {
      const { box, id, owner, tokens } = await registered();
      const [next, enter] = [
        new Box(),
        (proof: object) => auth.browser().post(`/v1/devices/${id}/token`, proof),
      ];
      const rotation = {
        publicKey: next.publicKey,
        ...box.proof('nself-device-key', `${id} ${next.publicKey}`),
      };
      expect((await auth.browser().post(`/v1/devices/${id}/key`, rotation)).status).toBe(200);
      expect((await enter(box.proof('nself-device-token', id))).status).toBe(403);
      expect((await enter(next.proof('nself-device-token', id))).status).toBe(200);
      await database.query(`update devices set key_rotate_at = now() - interval '1 day' where id = $1`, [id]);
      expect((await enter(next.proof('nself-device-token', id))).status).toBe(403);
      expect((await owner.delete(`/v1/devices/${id}`)).status).toBe(204);
      const device = auth.browser();
      Object.assign(device.headers, { authorization: `Bearer ${tokens.accessToken}` });
      expect((await device.get('/v1/auth/me')).status).toBe(401);
      expect(
        (await owner.get<{ items: { revokedAt: string }[] }>('/v1/devices')).body.items[0]?.revokedAt,
      ).toEqual(expect.any(String));
    });
  });
});
