import { TOTP } from 'otpauth';
import { newEmail, PASSWORD, type Browser, type Tokens } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';

describe('the second factor', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_LOCKOUT_ATTEMPTS: '0' });
  });
  afterAll(() => auth.stop());

  /** The code of an app; `step` looks ahead, because a code is good once. */
  const codeOf = (secret: string, step = 0): string =>
    new TOTP({ secret }).generate({ timestamp: Date.now() + step * 30_000 });

  interface Person {
    browser: Browser;
    email: string;
    secret: string;
  }

  async function withTotp(): Promise<Person> {
    const email = newEmail('totp');
    const browser = await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    const made = await browser.get<{ totpSecret: string; imageUrl: string }>('/v1/mfa/totp/generate');
    expect(made.body.imageUrl).toMatch(/^data:image\/png;base64,/);
    const secret = made.body.totpSecret;
    expect(
      await browser.post('/v1/user/mfa', { code: codeOf(secret, -1), activeMfaType: 'totp' }),
    ).toMatchObject({ status: 200, body: 'OK' });
    return { browser, email, secret };
  }

  const ticketFor = async (email: string): Promise<string> => {
    const { body } = await auth
      .browser()
      .post<{ mfa: { ticket: string } }>('/v1/signin/email-password', { email, password: PASSWORD });
    return body.mfa.ticket;
  };

  it('stands between password and session, on both faces', async () => {
    const { email, secret } = await withTotp();
    const ours = await auth
      .browser()
      .post<{ ticket: string }>('/v1/auth/login', { email, password: PASSWORD });
    expect(ours).toMatchObject({
      status: 401,
      body: { code: 'MFA_REQUIRED', ticket: expect.stringMatching(/^mfaTotp:/) },
    });
    const entered = await auth
      .browser()
      .post<Tokens>('/v1/auth/mfa', { ticket: ours.body.ticket, code: codeOf(secret) });
    expect(entered).toMatchObject({ status: 200, body: { user: { email, activeMfaType: 'totp' } } });
    const nhost = await auth.browser().post('/v1/signin/email-password', { email, password: PASSWORD });
    expect(nhost).toMatchObject({
      status: 200,
      body: { session: null, mfa: { ticket: expect.any(String) } },
    });
    const answer = await auth
      .browser()
      .post('/v1/signin/mfa/totp', { ticket: await ticketFor(email), otp: codeOf(secret, 1) });
    expect(answer).toMatchObject({ status: 200, body: { session: { user: { email } } } });
  });

  it('takes a code once, and a ticket once', async () => {
    const { email, secret } = await withTotp();
    const [first, second] = [await ticketFor(email), await ticketFor(email)];
    const otp = codeOf(secret);
    expect((await auth.browser().post('/v1/signin/mfa/totp', { ticket: first, otp })).status).toBe(200);
    expect(await auth.browser().post('/v1/signin/mfa/totp', { ticket: second, otp })).toMatchObject({
      status: 401,
      body: { error: 'invalid-totp' },
    });
    expect(
      await auth.browser().post('/v1/signin/mfa/totp', { ticket: first, otp: codeOf(secret, 1) }),
    ).toMatchObject({ status: 401, body: { error: 'invalid-ticket' } });
  });

  it('lets a ticket bear five wrong codes, also when they come at once', async () => {
    const { email, secret } = await withTotp();
    const ticket = await ticketFor(email);
    const right = codeOf(secret);
    const wrong = right === '000000' ? '000001' : '000000';
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        auth.browser().post<{ error: string }>('/v1/signin/mfa/totp', { ticket, otp: wrong }),
      ),
    );
    expect(answers.filter(each => each.body.error === 'invalid-totp')).toHaveLength(5);
    expect((await auth.browser().post('/v1/signin/mfa/totp', { ticket, otp: right })).status).toBe(401);
  });

  it('has recovery codes, each good once', async () => {
    const { browser, email } = await withTotp();
    const { body } = await browser.post<{ codes: string[] }>('/v1/auth/mfa/recovery-codes');
    expect(body.codes).toHaveLength(10);
    const otp = (body.codes[0] ?? '').toUpperCase();
    expect(
      (await auth.browser().post('/v1/signin/mfa/totp', { ticket: await ticketFor(email), otp })).status,
    ).toBe(200);
    expect(
      (await auth.browser().post('/v1/signin/mfa/totp', { ticket: await ticketFor(email), otp })).status,
    ).toBe(401);
  });

  it('is switched off with a code, and the owner is told by mail', async () => {
    const { browser, email, secret } = await withTotp();
    expect(await browser.post('/v1/user/mfa', { code: '000000', activeMfaType: '' })).toMatchObject({
      status: 401,
      body: { error: 'invalid-totp' },
    });
    expect((await browser.post('/v1/user/mfa', { code: codeOf(secret), activeMfaType: '' })).status).toBe(
      200,
    );
    expect((await auth.browser().post('/v1/auth/login', { email, password: PASSWORD })).status).toBe(200);
    expect((await auth.mailbox.next(email, 2)).subject).toBe('Your sign-in was changed');
    expect(await browser.post('/v1/user/mfa', { code: '000000', activeMfaType: '' })).toMatchObject({
      status: 400,
      body: { error: 'disabled-mfa-totp' },
    });
  });

  it('refuses a second secret while one is active, and a code before there is one', async () => {
    const { browser } = await withTotp();
    expect(await browser.get('/v1/mfa/totp/generate')).toMatchObject({
      status: 400,
      body: { error: 'totp-already-active' },
    });
    const newcomer = await auth
      .browser()
      .enter('/v1/auth/register', { email: newEmail(), password: PASSWORD });
    expect(await newcomer.post('/v1/user/mfa', { code: '123456', activeMfaType: 'totp' })).toMatchObject({
      status: 400,
      body: { error: 'no-totp-secret' },
    });
  });

  it('allows a shorter password', async () => {
    const { browser } = await withTotp();
    expect((await browser.post('/v1/user/password', { newPassword: 'k7!Qd92-x' })).status).toBe(200);
  });
});
