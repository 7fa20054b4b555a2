import { Authenticator } from '../../testing/authenticator';
import { AuthenticatorApp } from '../../testing/authenticator-app';
import { newEmail, PASSWORD, type Browser, type Tokens } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';
import { buttonOf, codeIn, linkIn } from '../../testing/mailbox';

const ORIGIN = 'https://app.test';

describe('the second factor', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_CLIENT_URL: ORIGIN, AUTH_LOCKOUT_ATTEMPTS: '0' });
  });
  afterAll(() => auth.stop());

  interface Person {
    browser: Browser;
    email: string;
    app: AuthenticatorApp;
  }

  /** Switches the second factor on, and lets half a minute pass. */
  async function switchOn(browser: Browser): Promise<AuthenticatorApp> {
    const made = await browser.get<{ totpSecret: string; imageUrl: string }>('/v1/mfa/totp/generate');
    expect(made.body.imageUrl).toMatch(/^data:image\/png;base64,/);
    const code = new AuthenticatorApp(made.body.totpSecret).next();
    expect(await browser.post('/v1/user/mfa', { code, activeMfaType: 'totp' })).toMatchObject({
      status: 200,
      body: 'OK',
    });
    await auth.forgetShownCodes();
    return new AuthenticatorApp(made.body.totpSecret);
  }

  async function withTotp(): Promise<Person> {
    const email = newEmail('totp');
    const browser = await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    return { browser, email, app: await switchOn(browser) };
  }

  /** Presses the button of a mail's page; answers where the browser is sent. */
  const press = async (link: URL): Promise<URL> => {
    const { headers } = await fetch(buttonOf(link), { redirect: 'manual' });
    return new URL(headers.get('location') ?? '');
  };

  const ticketFor = async (email: string): Promise<string> => {
    const { body } = await auth
      .browser()
      .post<{ mfa: { ticket: string } }>('/v1/signin/email-password', { email, password: PASSWORD });
    return body.mfa.ticket;
  };

  it('stands between password and session, on both faces', async () => {
    const { email, app } = await withTotp();
    const ours = await auth
      .browser()
      .post<{ ticket: string }>('/v1/auth/login', { email, password: PASSWORD });
    expect(ours).toMatchObject({
      status: 401,
      body: { code: 'MFA_REQUIRED', ticket: expect.stringMatching(/^mfaTotp:/) },
    });
    const entered = await auth
      .browser()
      .post<Tokens>('/v1/auth/mfa', { ticket: ours.body.ticket, code: app.next() });
    expect(entered).toMatchObject({ status: 200, body: { user: { email, activeMfaType: 'totp' } } });
    const nhost = await auth.browser().post('/v1/signin/email-password', { email, password: PASSWORD });
    expect(nhost).toMatchObject({
      status: 200,
      body: { session: null, mfa: { ticket: expect.any(String) } },
    });
    const answer = await auth
      .browser()
      .post('/v1/signin/mfa/totp', { ticket: await ticketFor(email), otp: app.next() });
    expect(answer).toMatchObject({ status: 200, body: { session: { user: { email } } } });
  });

  it('is asked for on every way to sign in: by a link, by a code from a mail, by a key that knows no finger', async () => {
    const email = newEmail('ways');
    const browser = await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    await browser.post('/v1/user/email/send-verification-email', { email });
    await press(linkIn(await auth.mailbox.next(email)));
    const key = new Authenticator(ORIGIN, false);
    const creation = await browser.post('/v1/user/webauthn/add');
    await browser.post('/v1/user/webauthn/verify', { credential: key.create(creation.body as never) });
    const lift = await browser.post('/v1/elevate/webauthn');
    await browser.post('/v1/elevate/webauthn/verify', { credential: key.get(lift.body as never) });
    await switchOn(browser);
    // Until here came three: to verify the address, and of both factors.
    await auth.mailbox.next(email, 3);

    await auth.browser().post('/v1/signin/passwordless/email', { email });
    const landed = await press(linkIn(await auth.mailbox.next(email, 4)));
    expect(landed.searchParams.get('refreshToken')).toBeNull();
    expect(landed.searchParams.get('mfaTicket')).toMatch(/^mfaTotp:/);

    await auth.browser().post('/v1/signin/otp/email', { email });
    const otp = codeIn(await auth.mailbox.next(email, 5));
    const waiting = { status: 200, body: { session: null, mfa: { ticket: expect.any(String) } } };
    expect(await auth.browser().post('/v1/signin/otp/email/verify', { email, otp })).toMatchObject(waiting);

    const asked = await auth.browser().post('/v1/signin/webauthn', { email });
    const credential = key.get(asked.body as never);
    expect(await auth.browser().post('/v1/signin/webauthn/verify', { credential })).toMatchObject(waiting);
  });

  it('takes a code once, and a ticket once', async () => {
    const { email, app } = await withTotp();
    const [first, second] = [await ticketFor(email), await ticketFor(email)];
    const otp = app.next();
    expect((await auth.browser().post('/v1/signin/mfa/totp', { ticket: first, otp })).status).toBe(200);
    expect(await auth.browser().post('/v1/signin/mfa/totp', { ticket: second, otp })).toMatchObject({
      status: 401,
      body: { error: 'invalid-totp' },
    });
    expect(
      await auth.browser().post('/v1/signin/mfa/totp', { ticket: first, otp: app.next() }),
    ).toMatchObject({ status: 401, body: { error: 'invalid-ticket' } });
  });

  it('lets a ticket bear five wrong codes, also when they come at once', async () => {
    const { email, app } = await withTotp();
    const ticket = await ticketFor(email);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        auth.browser().post<{ error: string }>('/v1/signin/mfa/totp', { ticket, otp: app.wrong() }),
      ),
    );
    expect(answers.filter(each => each.body.error === 'invalid-totp')).toHaveLength(5);
    expect((await auth.browser().post('/v1/signin/mfa/totp', { ticket, otp: app.next() })).status).toBe(401);
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
    const { browser, email, app } = await withTotp();
    expect(await browser.post('/v1/user/mfa', { code: app.wrong(), activeMfaType: '' })).toMatchObject({
      status: 401,
      body: { error: 'invalid-totp' },
    });
    expect((await browser.post('/v1/user/mfa', { code: app.next(), activeMfaType: '' })).status).toBe(200);
    expect((await auth.browser().post('/v1/auth/login', { email, password: PASSWORD })).status).toBe(200);
    expect((await auth.mailbox.next(email, 2)).subject).toBe('Your sign-in was changed');
    expect(await browser.post('/v1/user/mfa', { code: '000000', activeMfaType: '' })).toMatchObject({
      status: 400,
      body: { error: 'disabled-mfa-totp' },
    });
  });

  it('is switched off by a recovery code where the phone is gone, and the codes go with it', async () => {
    const { browser, email } = await withTotp();
    const { body } = await browser.post<{ codes: string[] }>('/v1/auth/mfa/recovery-codes');
    const [off = '', left = ''] = body.codes;
    expect((await browser.post('/v1/user/mfa', { code: off, activeMfaType: '' })).status).toBe(200);
    expect((await auth.browser().post('/v1/auth/login', { email, password: PASSWORD })).status).toBe(200);
    await switchOn(browser);
    const ticket = await ticketFor(email);
    expect(await auth.browser().post('/v1/signin/mfa/totp', { ticket, otp: left })).toMatchObject({
      status: 401,
      body: { error: 'invalid-totp' },
    });
  });

  it('ends a sign-in that waits for it when the password changes', async () => {
    const { browser, email, app } = await withTotp();
    const ticket = await ticketFor(email);
    expect((await browser.post('/v1/user/password', { newPassword: 'a garden full of figs 8' })).status).toBe(
      200,
    );
    expect(await auth.browser().post('/v1/signin/mfa/totp', { ticket, otp: app.next() })).toMatchObject({
      status: 401,
      body: { error: 'invalid-ticket' },
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

describe('guesses at a second factor that is on', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_LOCKOUT_ATTEMPTS: '3' });
  });
  afterAll(() => auth.stop());

  it('are counted where it is switched off too, and the right code comes too late', async () => {
    const email = newEmail('guessed');
    const browser = await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    const made = await browser.get<{ totpSecret: string }>('/v1/mfa/totp/generate');
    const app = new AuthenticatorApp(made.body.totpSecret);
    await browser.post('/v1/user/mfa', { code: app.next(), activeMfaType: 'totp' });
    await auth.forgetShownCodes();
    const statuses = [];
    for (let turn = 0; turn < 3; turn++)
      statuses.push((await browser.post('/v1/user/mfa', { code: app.wrong(), activeMfaType: '' })).status);
    const { status, headers } = await browser.post('/v1/user/mfa', { code: app.next(), activeMfaType: '' });
    expect([...statuses, status]).toEqual([401, 401, 401, 429]);
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
  });
});
