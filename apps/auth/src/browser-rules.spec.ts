import { newEmail, PASSWORD } from '../testing/browser';
import { startAuth, type RunningAuth } from '../testing/harness';

const [APP, EVIL] = ['https://app.test', 'https://app.test.evil.test'];

describe('pages of other sites', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_CLIENT_URL: APP, CORS_ORIGINS: APP });
  });
  afterAll(() => auth.stop());

  const preflight = (origin: string): Promise<Response> =>
    fetch(`${auth.url}/v1/auth/login`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });

  it('may read answers only when they are listed', async () => {
    const allowed = await preflight(APP);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(APP);
    expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
    for (const origin of [EVIL, 'null', 'http://app.test'])
      expect([origin, (await preflight(origin)).headers.get('access-control-allow-origin')]).toEqual([
        origin,
        null,
      ]);
  });

  it('find nothing of an answer in a cache, but for the keys', async () => {
    const kept = async (path: string, init?: RequestInit): Promise<string | null> =>
      (await fetch(auth.url + path, { redirect: 'manual', ...init })).headers.get('cache-control');
    expect(await kept('/v1/signin/anonymous', { method: 'POST' })).toBe('no-store');
    expect(await kept('/v1/token', { method: 'POST' })).toBe('no-store');
    expect(await kept('/v1/verify?ticket=verifyEmail:x')).toBe('no-store');
    expect(await kept('/v1/user')).toBe('no-store');
    expect(await kept('/v1/.well-known/jwks.json')).toContain('public');
  });

  it('cannot use the cookie that keeps a person signed in', async () => {
    const browser = auth.browser();
    const { headers } = await browser.post('/v1/auth/register', {
      email: newEmail('cookie'),
      password: PASSWORD,
      cookie: true,
    });
    const cookie = headers.get('set-cookie') ?? '';
    for (const word of ['__Host-', 'HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'])
      expect(cookie).toContain(word);
    Object.assign(browser.headers, { cookie: cookie.split(';')[0], 'sec-fetch-site': 'cross-site' });
    expect((await browser.post('/v1/auth/refresh')).status).toBe(403);
  });
});
