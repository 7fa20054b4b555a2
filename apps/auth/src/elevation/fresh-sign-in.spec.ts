import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { Authenticator } from '../../testing/authenticator';
import { newEmail, PASSWORD, type Answer, type Browser, type Tokens } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';

const ORIGIN = 'https://app.test';

/** Everything that would lock an owner out, or let another in for good. */
const CHANGES: Record<string, (browser: Browser) => Promise<Answer>> = {
  'another address': browser => browser.post('/v1/user/email/change', { newEmail: newEmail('taken') }),
  'another password': browser =>
    browser.post('/v1/user/password', { newPassword: 'a stolen garden of figs 3' }),
  'a secret for codes': browser => browser.get('/v1/mfa/totp/generate'),
  'codes on': browser => browser.post('/v1/user/mfa', { code: '123456', activeMfaType: 'totp' }),
  'codes off': browser => browser.post('/v1/user/mfa', { code: '123456', activeMfaType: '' }),
  'recovery codes': browser => browser.post('/v1/auth/mfa/recovery-codes'),
  'a personal token': browser =>
    browser.post('/v1/pat', { expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
  'a security key': browser => browser.post('/v1/user/webauthn/add'),
  'the answer of a security key': browser =>
    browser.post('/v1/user/webauthn/verify', { credential: { response: {} } }),
  'one security key less': browser => browser.delete(`/v1/user/webauthn/${randomUUID()}`),
  'a provider by id token': browser =>
    browser.post('/v1/link/idtoken', { provider: 'google', idToken: 'nonsense' }),
  'a provider by browser': browser =>
    browser.get(`/v1/signin/provider/github?connect=${browser.tokens?.accessToken}`),
  'no account any more': browser => browser.delete('/v1/account'),
};

describe('a fresh sign-in', () => {
  let auth: RunningAuth;
  let database: Client;

  beforeAll(async () => {
    auth = await startAuth({
      AUTH_CLIENT_URL: ORIGIN,
      AUTH_PROVIDER_GITHUB_ENABLED: 'true',
      AUTH_PROVIDER_GITHUB_CLIENT_ID: 'nself',
      AUTH_PROVIDER_GITHUB_CLIENT_SECRET: 'unused here',
    });
    database = new Client({ connectionString: auth.database.ownerUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await auth.stop();
  });

  const newcomer = (email = newEmail('stale')): Promise<Browser> =>
    auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });

  /** As if everything that this person showed had been shown so many minutes earlier. */
  const age = (browser: Browser, minutes: number): Promise<unknown> =>
    database.query(
      `update auth.sessions
       set    authenticated_at = authenticated_at - make_interval(mins => $2),
              elevated_at      = elevated_at - make_interval(mins => $2)
       where  user_id = $1`,
      [browser.userId, minutes],
    );

  it.each(Object.entries(CHANGES))('is asked for before %s', async (_, change) => {
    const browser = await newcomer();
    await age(browser, 16);
    expect((await change(browser)).status).toBe(403);
    await browser.enter('/v1/auth/refresh', { refreshToken: browser.tokens?.refreshToken });
    expect((await change(browser)).status).toBe(403);
    await browser.enter('/v1/auth/login', { email: browser.tokens?.user.email, password: PASSWORD });
    expect((await change(browser)).status).not.toBe(403);
  });

  it.each(Object.entries(CHANGES))('is not enough before %s for whoever has a key', async (_, change) => {
    const [browser, key] = [await newcomer(), new Authenticator(ORIGIN)];
    const creation = await browser.post('/v1/user/webauthn/add');
    await browser.post('/v1/user/webauthn/verify', { credential: key.create(creation.body as never) });
    expect((await change(browser)).status).toBe(403);
    const asked = await browser.post('/v1/elevate/webauthn');
    const credential = key.get(asked.body as never);
    const lifted = await browser.post<{ session: { accessToken: string } }>('/v1/elevate/webauthn/verify', {
      credential,
    });
    expect(lifted.status).toBe(200);
    await age(browser, 10);
    expect((await change(browser)).status).not.toBe(403);
  });

  it('is not what a personal token stands for', async () => {
    const browser = await newcomer();
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await browser.post<{ personalAccessToken: string }>('/v1/pat', { expiresAt });
    const script = auth.browser();
    const entered = await script.post<{ session: { accessToken: string } }>('/v1/signin/pat', {
      personalAccessToken: body.personalAccessToken,
    });
    script.tokens = { ...(browser.tokens as Tokens), accessToken: entered.body.session.accessToken };
    for (const [name, change] of Object.entries(CHANGES))
      expect([name, (await change(script)).status]).toEqual([name, 403]);
  });
});
