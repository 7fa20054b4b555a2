import { Browser, newEmail, PASSWORD } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';
import { SmsService } from '../../testing/sms-service';

/** Each limit at its smallest, and a proxy on this machine whose word on addresses is taken. */
const SMALL = {
  TRUSTED_PROXIES: 'loopback',
  AUTH_RATE_LIMIT_GLOBAL_BURST: '12',
  AUTH_RATE_LIMIT_GLOBAL_INTERVAL: '1h',
  AUTH_RATE_LIMIT_SIGNUPS_BURST: '2',
  AUTH_RATE_LIMIT_SIGNUPS_INTERVAL: '1h',
  AUTH_RATE_LIMIT_BRUTE_FORCE_BURST: '3',
  AUTH_RATE_LIMIT_BRUTE_FORCE_INTERVAL: '1h',
  AUTH_RATE_LIMIT_EMAIL_BURST: '2',
  AUTH_RATE_LIMIT_SMS_BURST: '2',
};

let addresses = 0;

describe('how often is too often', () => {
  const sms = new SmsService();
  let settings: Record<string, string>;
  let auth: RunningAuth;

  beforeAll(async () => {
    settings = { ...SMALL, AUTH_SMS_URL: await sms.start(), AUTH_SMS_TOKEN: SmsService.TOKEN };
    auth = await startAuth(settings);
  });
  afterAll(async () => {
    await auth.stop();
    sms.stop();
  });

  /** Somebody at an address of their own, unless one is named. No run shares one with another. */
  function at(address = `2001:db8:${process.pid.toString(16)}::${(++addresses).toString(16)}`): Browser {
    const browser = auth.browser();
    browser.headers['x-forwarded-for'] = address;
    return browser;
  }

  async function statuses(times: number, ask: () => Promise<{ status: number }>): Promise<number[]> {
    const found: number[] = [];
    for (let turn = 0; turn < times; turn++) found.push((await ask()).status);
    return found;
  }

  const register = (browser: Browser): Promise<{ status: number }> =>
    browser.post('/v1/auth/register', { email: newEmail('limits'), password: PASSWORD });

  it('holds each address to a number of requests, on both faces, and says for how long', async () => {
    const browser = at();
    expect(await statuses(12, () => browser.get('/v1/version'))).toEqual(Array(12).fill(200));
    const refused = await browser.get('/v1/families');
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    const nhost = await browser.post('/v1/signin/anonymous');
    expect(nhost).toMatchObject({ status: 429, body: { status: 429, error: 'invalid-request' } });
    expect(nhost.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await at().get('/v1/version')).status).toBe(200);
  });

  it('holds each address to a number of new accounts, whichever way they are made', async () => {
    const browser = at();
    const body = { email: newEmail('limits'), password: PASSWORD };
    expect([
      (await register(browser)).status,
      (await browser.post('/v1/signup/email-password', body)).status,
      (await register(browser)).status,
      (await browser.post('/v1/signin/anonymous')).status,
    ]).toEqual([201, 200, 429, 429]);
    expect((await browser.post('/v1/auth/login', body)).status).toBe(200);
    expect((await register(at())).status).toBe(201);
  });

  it('holds each address to a number of wrong passwords, whomever they are for', async () => {
    const browser = at();
    const guess = () => browser.post('/v1/auth/login', { email: newEmail('nobody'), password: PASSWORD });
    expect(await statuses(4, guess)).toEqual([401, 401, 401, 429]);
  });

  it('takes the word of nobody but a trusted proxy for an address', async () => {
    const far = `198.51.100.${process.pid % 250}`;
    const guess = (first: string) =>
      at(`${first}, ${far}`).post('/v1/auth/login', { email: newEmail('nobody'), password: PASSWORD });
    const found = [];
    for (const first of ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'])
      found.push((await guess(first)).status);
    expect(found.at(-1)).toBe(429);
  });

  it('sends one mailbox so many mails and no more, and answers as ever', async () => {
    const email = newEmail('flooded');
    await at().post('/v1/auth/register', { email, password: PASSWORD });
    const ask = () => at().post('/v1/user/password/reset', { email });
    expect(await statuses(4, ask)).toEqual([200, 200, 200, 200]);
    await auth.mailbox.next(email, 2);
    const control = newEmail('control');
    await at().post('/v1/auth/register', { email: control, password: PASSWORD });
    await at().post('/v1/user/password/reset', { email: control });
    await auth.mailbox.next(control);
    expect(auth.mailbox.of(email).length).toBe(2);
  });

  it('sends one number so many messages and no more', async () => {
    const phoneNumber = `+4915${String(process.pid).padStart(9, '0').slice(-9)}`;
    const ask = () => at().post('/v1/signin/passwordless/sms', { phoneNumber });
    expect(await statuses(3, ask)).toEqual([200, 200, 429]);
  });

  it('says by no limit whether a number is known', async () => {
    const phoneNumber = `+4916${String(process.pid).padStart(9, '0').slice(-9)}`;
    const database = { AUTH_DATABASE_URL: auth.database.authUrl };
    const closed = await startAuth({ ...settings, ...database, AUTH_DISABLE_AUTO_SIGNUP: 'true' });
    const ask = () =>
      new Browser(closed.url, at().headers).post('/v1/signin/passwordless/sms', { phoneNumber });
    expect(await statuses(3, ask)).toEqual([200, 200, 429]);
    await closed.stop();
  });
});
