import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { newEmail, PASSWORD, type Tokens } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';

/** As long as it may be: a machine may stall between two requests that belong together. */
const GRACE_SECONDS = 60;

describe('sessions', () => {
  let auth: RunningAuth;
  let database: Client;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_REFRESH_TOKEN_GRACE: String(GRACE_SECONDS) });
    database = new Client({ connectionString: auth.database.ownerUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await auth.stop();
  });

  /** Makes every rotation look as if it had happened before the grace. */
  const ageRotations = (): Promise<unknown> =>
    database.query('update auth.refresh_tokens set rotated_at = rotated_at - make_interval(secs => $1)', [
      GRACE_SECONDS + 1,
    ]);

  const refresh = (refreshToken: string) => auth.browser().post<Tokens>('/v1/auth/refresh', { refreshToken });

  it('signs in on both faces, and answers a wrong password and an unknown address alike', async () => {
    const email = newEmail('login');
    await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    const ours = await auth.browser().post<Tokens>('/v1/auth/login', { email, password: PASSWORD });
    expect(ours).toMatchObject({ status: 200, body: { family: { role: 'OWNER' }, user: { email } } });
    const nhost = await auth.browser().post('/v1/signin/email-password', { email, password: PASSWORD });
    expect(nhost).toMatchObject({ status: 200, body: { session: { user: { email } }, mfa: null } });
    const wrong = await auth.browser().post('/v1/auth/login', { email, password: 'not this one at all' });
    const unknown = await auth.browser().post('/v1/auth/login', { email: newEmail(), password: PASSWORD });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'INVALID_CREDENTIALS' } });
    expect({ ...unknown.body, traceId: 0 }).toEqual({ ...wrong.body, traceId: 0 });
  });

  it('signs out by the access token when nobody knows the refresh token that comes along', async () => {
    const browser = await auth.newcomer();
    const refreshToken = randomUUID();
    expect(await browser.post('/v1/signout', { refreshToken })).toMatchObject({ status: 200, body: 'OK' });
    expect((await browser.get('/v1/auth/me')).status).toBe(401);
    expect((await refresh(browser.tokens?.refreshToken ?? '')).status).toBe(401);
    expect((await auth.browser().post('/v1/signout', { refreshToken })).status).toBe(200);
  });

  it('rotates, and gives the same successor again within the grace', async () => {
    const { tokens } = await auth.newcomer();
    const first = await refresh(tokens?.refreshToken ?? '');
    const again = await refresh(tokens?.refreshToken ?? '');
    expect(first.status).toBe(200);
    expect(first.body.refreshToken).not.toBe(tokens?.refreshToken);
    expect(again.body.refreshToken).toBe(first.body.refreshToken);
    expect(first.body.family).toEqual(tokens?.family);
  });

  it('keeps everybody signed in on one line when twenty requests refresh at once', async () => {
    const browser = await auth.newcomer();
    const token = browser.tokens?.refreshToken ?? '';
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => auth.browser().post<Tokens>('/v1/token', { refreshToken: token })),
    );
    expect(answers.map(each => each.status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(each => each.body.refreshToken)).size).toBe(1);
    const live = await browser.get<{ items: unknown[] }>('/v1/sessions');
    expect(live.body.items).toHaveLength(1);
  });

  it('ends the line when a token comes back after the grace, refuses its access token, and tells the trail', async () => {
    const browser = await auth.newcomer();
    const old = browser.tokens?.refreshToken ?? '';
    const successor = (await refresh(old)).body;
    await ageRotations();
    expect(await refresh(old)).toMatchObject({ status: 401, body: { code: 'TOKEN_REUSED' } });
    expect(await refresh(successor.refreshToken)).toMatchObject({
      status: 401,
      body: { code: 'SESSION_EXPIRED' },
    });
    expect(await browser.get('/v1/auth/me')).toMatchObject({
      status: 401,
      body: { code: 'UNAUTHENTICATED' },
    });
    const { rows } = await database.query(
      `select family_id from ops.audit_events where type = 'token.reused'`,
    );
    expect(rows).toEqual([{ family_id: browser.familyId }]);
  });

  it('slides with each refresh, but never past the absolute end of the session', async () => {
    const { tokens, userId } = await auth.newcomer();
    const lives = async (): Promise<number[]> => {
      const { rows } = await database.query<{ days: number }>(
        `select round(extract(epoch from t.expires_at - now()) / 86400)::integer as days
         from   auth.refresh_tokens t where t.user_id = $1 order by t.created_at`,
        [userId],
      );
      return rows.map(({ days }) => days);
    };
    expect(await lives()).toEqual([30]);
    await database.query(
      `update auth.refresh_tokens set expires_at = now() + interval '3 days' where user_id = $1`,
      [userId],
    );
    const second = (await refresh(tokens?.refreshToken ?? '')).body;
    expect(await lives()).toEqual([3, 30]);
    await database.query(
      `update auth.sessions set expires_at = now() + interval '5 days' where user_id = $1`,
      [userId],
    );
    const third = (await refresh(second.refreshToken)).body;
    expect(await lives()).toEqual([3, 30, 5]);
    await database.query('update auth.sessions set expires_at = now() where user_id = $1', [userId]);
    expect(await refresh(third.refreshToken)).toMatchObject({
      status: 401,
      body: { code: 'SESSION_EXPIRED' },
    });
  });

  it('gives no more tokens after the absolute end, not for another family either', async () => {
    const person = await auth.newcomer();
    const wish = { familyId: person.familyId };
    expect((await person.post('/v1/family/switch', wish)).status).toBe(200);
    await database.query(`update auth.sessions set expires_at = now() where user_id = $1`, [person.userId]);
    expect(await person.post('/v1/family/switch', wish)).toMatchObject({
      status: 401,
      body: { code: 'SESSION_EXPIRED' },
    });
  });

  it('refuses a refresh token that nobody has, in the shape of each face', async () => {
    const nobody = '2c35b6f3-c4b9-48e3-978a-d4d0f1d42e24';
    expect(await refresh(nobody)).toMatchObject({ status: 401, body: { code: 'SESSION_EXPIRED' } });
    expect(await auth.browser().post('/v1/token', { refreshToken: nobody })).toMatchObject({
      status: 401,
      body: { status: 401, error: 'invalid-refresh-token', message: expect.any(String) },
    });
    expect(await auth.browser().post('/v1/token', { refreshToken: 'nonsense' })).toMatchObject({
      body: { error: 'invalid-request' },
    });
  });

  it('refuses the access token at once after logout', async () => {
    const browser = await auth.newcomer();
    expect((await browser.post('/v1/auth/logout')).status).toBe(204);
    expect((await browser.get('/v1/auth/me')).status).toBe(401);
    expect((await refresh(browser.tokens?.refreshToken ?? '')).status).toBe(401);
  });

  it('signs out while others of the same session refresh: neither waits for the other in a circle', async () => {
    for (let turn = 0; turn < 10; turn++) {
      const person = await auth.newcomer();
      const { refreshToken } = person.tokens as Tokens;
      const [first, out, second] = await Promise.all([
        refresh(refreshToken),
        person.post('/v1/auth/logout', { all: true }),
        refresh(refreshToken),
      ]);
      expect(out.status).toBe(204);
      for (const { status } of [first, second]) expect([200, 401]).toContain(status);
      for (const { body } of [first, second].filter(each => each.status === 200)) {
        expect((await refresh(body.refreshToken)).status).toBe(401);
        const late = auth.browser();
        late.tokens = body;
        expect((await late.get('/v1/auth/me')).status).toBe(401);
      }
    }
  });

  it('signs out by refresh token alone, and everywhere with an access token', async () => {
    const email = newEmail('everywhere');
    const here = await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    const there = await auth.browser().enter('/v1/auth/login', { email, password: PASSWORD });
    const third = await auth.browser().enter('/v1/auth/login', { email, password: PASSWORD });
    const bySignOut = await auth.browser().post('/v1/signout', { refreshToken: third.tokens?.refreshToken });
    expect(bySignOut).toMatchObject({ status: 200, body: 'OK' });
    expect((await third.get('/v1/user')).status).toBe(401);
    expect((await here.get('/v1/user')).status).toBe(200);
    expect(await here.post('/v1/signout', { all: true })).toMatchObject({ status: 200, body: 'OK' });
    expect((await here.get('/v1/user')).status).toBe(401);
    expect((await there.get('/v1/user')).status).toBe(401);
  });

  it('lists sessions and ends one, but nobody else’s', async () => {
    const email = newEmail('list');
    const phone = await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    const laptop = await auth.browser().enter('/v1/auth/login', { email, password: PASSWORD });
    const stranger = await auth.newcomer();
    const { body } = await phone.get<{ items: { id: string; current: boolean }[] }>('/v1/sessions');
    const other = body.items.find(each => !each.current)?.id ?? '';
    expect(body.items).toHaveLength(2);
    expect((await stranger.delete(`/v1/sessions/${other}`)).status).toBe(404);
    expect((await phone.delete(`/v1/sessions/${other}`)).status).toBe(204);
    expect((await laptop.get('/v1/auth/me')).status).toBe(401);
    expect((await phone.get('/v1/auth/me')).status).toBe(200);
  });

  it('keeps the refresh token in a cookie of this host when asked, and only for pages of this site', async () => {
    const login = await auth
      .browser()
      .post<Tokens>('/v1/auth/register', { email: newEmail(), password: PASSWORD, cookie: true });
    const cookie = login.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(
      /^__Host-nself_refresh=[\w-]+; Max-Age=\d+; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=Strict$/,
    );
    const page = auth.browser();
    Object.assign(page.headers, { cookie: cookie.split(';')[0] });
    const refreshed = await page.post<Tokens>('/v1/auth/refresh');
    expect(refreshed).toMatchObject({ status: 200, body: { user: { id: login.body.user.id } } });
    Object.assign(page.headers, { 'sec-fetch-site': 'cross-site' });
    expect((await page.post('/v1/auth/refresh')).status).toBe(403);
  });

  it('verifies tokens for clients of Nhost', async () => {
    const browser = await auth.newcomer();
    const verify = (token: string) => auth.browser().post('/v1/token/verify', { token });
    expect(await verify(browser.tokens?.accessToken ?? '')).toMatchObject({ status: 200, body: 'OK' });
    expect(await browser.post('/v1/token/verify')).toMatchObject({ status: 200, body: 'OK' });
    expect(await verify('nonsense')).toMatchObject({ status: 401, body: { error: 'invalid-request' } });
  });
});
