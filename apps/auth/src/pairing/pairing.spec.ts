import { Client } from 'pg';
import { AuthenticatorApp } from '../../testing/authenticator-app';
import { newEmail, PASSWORD, type Browser } from '../../testing/browser';
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

    it('may send parameters that we do not know, and hear of wrong ones as the RFC says', async () => {
      const more = { client_id: 'tv', audience: 'all', client_secret: 'none' };
      expect((await auth.browser().post('/v1/device/code', more)).status).toBe(200);
      const asked = await auth
        .browser()
        .post('/v1/token/device', { ...more, grant_type: GRANT, device_code: 'x' });
      expect(asked).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
      for (const [path, wrong] of [
        ['/v1/token/device', { grant_type: GRANT, device_code: 7 }],
        ['/v1/device/code', { client_id: 'tv', device_type: 'toaster' }],
      ] as const)
        expect(await auth.browser().post(path, wrong)).toMatchObject({
          status: 400,
          body: { error: 'invalid_request', error_description: expect.any(String) },
        });
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

    it('are told in the words of OAuth what is wrong with a request', async () => {
      const ask = async (path: string, body: string): Promise<unknown> => {
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        const answer = await fetch(`${auth.url}${path}`, { method: 'POST', headers, body });
        const { error } = (await answer.json()) as { error: unknown };
        return [answer.status, answer.headers.get('cache-control'), error];
      };
      const invalid = [400, 'no-store', 'invalid_request'];
      expect(await ask('/v1/token/device', '')).toEqual(invalid);
      expect(await ask('/v1/token/device', 'device_code=a&device_code=b')).toEqual(invalid);
      expect(await ask('/v1/token/device', `device_code=${'x'.repeat(201)}`)).toEqual(invalid);
      expect(await ask('/v1/device/code', 'device_type=fridge')).toEqual(invalid);
      const known = `grant_type=${encodeURIComponent(GRANT)}&device_code=x&scope=tv&client_secret=none`;
      expect(await ask('/v1/token/device', known)).toEqual([400, 'no-store', 'invalid_grant']);
      const other = await ask('/v1/token/device', 'grant_type=password&device_code=x');
      expect(other).toEqual([400, 'no-store', 'unsupported_grant_type']);
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

    it('get nothing for a yes that was taken back before they came for it', async () => {
      const owner = await newcomer();
      const codes = await begin();
      const { body } = await owner.post<{ deviceId: string }>('/v1/device/approve', {
        userCode: codes.user_code,
      });
      expect((await owner.delete(`/v1/devices/${body.deviceId}`)).status).toBe(204);
      expect(await poll(codes)).toMatchObject({ status: 400, body: { error: 'access_denied' } });
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

    describe('are approved on a page without scripts', () => {
      interface Form {
        path: string;
        fields: Record<string, string>;
        asks: string[];
        answers: string[];
      }

      /** The form of a page as a browser sees it: where it leads, what it brings along, what it asks for. */
      function formOf(page: string): Form {
        const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1] ?? '';
        const named = [...page.matchAll(/<(input|button)([^>]*) name="(\w+)"([^>]*)>/g)];
        const valueOf = (text: string): string => /value="([^"]*)"/.exec(text)?.[1] ?? '';
        const inputs = named.filter(each => each[1] === 'input');
        const buttons = named.filter(each => each[1] === 'button');
        return {
          path: new URL(action).pathname,
          fields: Object.fromEntries(inputs.map(each => [each[3] ?? '', valueOf(each[0])])),
          asks: inputs.filter(each => !each[0].includes('type="hidden"')).map(each => each[3] ?? ''),
          answers: buttons.map(each => valueOf(each[0])),
        };
      }

      /** Fills the form of a page in and sends it. */
      async function submit(page: string, typed: Record<string, string>): Promise<[number, string]> {
        const { path, fields } = formOf(page);
        const answer = await fetch(`${auth.url}${path}`, {
          method: 'POST',
          body: new URLSearchParams({ ...fields, ...typed }),
        });
        return [answer.status, await answer.text()];
      }

      const opened = async (codes: Codes): Promise<string> => {
        const answer = await fetch(codes.verification_uri_complete);
        expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
        return answer.text();
      };
      const sessionsOf = async (browser: Browser): Promise<number> => {
        const { body } = await browser.get<{ items: unknown[] }>('/v1/sessions');
        return body.items.length;
      };

      it('that names device, place and family, and warns', async () => {
        const email = newEmail('page');
        const owner = await newcomer(email);
        const codes = await begin();
        const first = await opened(codes);
        expect(formOf(first)).toMatchObject({
          fields: { user_code: codes.user_code },
          asks: ['user_code', 'email', 'password'],
        });
        const [refused] = await submit(first, { email, password: 'not the password' });
        expect(refused).toBe(400);
        const [, second] = await submit(first, { email, password: PASSWORD });
        expect(second).toMatch(/Living room[\s\S]*127\.0\.0\.1[\s\S]*Family of page[\s\S]*Say yes only if/);
        expect(formOf(second)).toMatchObject({ asks: [], answers: ['yes', 'no'] });
        const [, done] = await submit(second, { answer: 'yes' });
        expect(done).toContain('The device is connected');
        expect((await poll(codes)).body.family_id).toBe(owner.familyId);
        expect((await submit(second, { answer: 'yes' }))[0]).toBe(400);
        expect(await sessionsOf(owner)).toBe(1);
      });

      it('that takes a no', async () => {
        const email = newEmail('refuses');
        await newcomer(email);
        const codes = await begin();
        const [, second] = await submit(await opened(codes), { email, password: PASSWORD });
        expect((await submit(second, { answer: 'no' }))[1]).toContain('The device was refused');
        expect((await poll(codes)).body.error).toBe('access_denied');
      });

      it('that leaves no session behind when nobody waits under the code', async () => {
        const email = newEmail('mistyped');
        const owner = await newcomer(email);
        const first = await opened(await begin());
        const [status] = await submit(first, { user_code: 'BBBB-BBBB', email, password: PASSWORD });
        expect([status, await sessionsOf(owner)]).toEqual([400, 1]);
      });

      it('that asks for the second factor of whoever has one', async () => {
        const email = newEmail('factor');
        const owner = await newcomer(email);
        const { body } = await owner.get<{ totpSecret: string }>('/v1/mfa/totp/generate');
        const app = new AuthenticatorApp(body.totpSecret);
        const wish = { code: app.next(), activeMfaType: 'totp' };
        expect((await owner.post('/v1/user/mfa', wish)).status).toBe(200);
        const codes = await begin();
        const [asked, second] = await submit(await opened(codes), { email, password: PASSWORD });
        expect({ asked, page: second }).toEqual({
          asked: 200,
          page: expect.stringContaining('Your second factor'),
        });
        expect(formOf(second).asks).toEqual(['otp']);
        expect((await submit(second, { otp: app.wrong() }))[0]).toBe(400);
        const [, third] = await submit(second, { otp: app.next() });
        expect(third).toContain('Living room');
        expect((await submit(third, { answer: 'yes' }))[1]).toContain('The device is connected');
        expect((await poll(codes)).body.family_id).toBe(owner.familyId);
      });
    });
  });
});
