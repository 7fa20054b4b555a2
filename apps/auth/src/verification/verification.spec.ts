import { createHash, randomBytes } from 'node:crypto';
import { newEmail, PASSWORD } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';
import { buttonOf, linkIn } from '../../testing/mailbox';

const NEW_PASSWORD = 'another garden of olives 9';

describe('links from mails', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_CLIENT_URL: 'https://app.test/home' });
  });
  afterAll(() => auth.stop());

  const get = (url: URL) => fetch(url, { redirect: 'manual' });
  const register = (email: string) =>
    auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
  /** Presses the button of the mail's page; answers where the browser is sent. */
  const press = async (link: URL): Promise<URL> => {
    const answer = await get(buttonOf(link));
    expect(answer.status).toBe(302);
    return new URL(answer.headers.get('location') ?? '');
  };

  it('open a page with a button, however often; the button works once', async () => {
    const email = newEmail('scan');
    await register(email);
    await auth.browser().post('/v1/user/email/send-verification-email', { email });
    const link = linkIn(await auth.mailbox.next(email));
    for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(link, { method })).status).toBe(200);
    const page = await (await fetch(link)).text();
    expect(buttonOf(link).pathname).toBe('/v1/verify');
    expect(page).toContain('<form method="get"');
    expect(page).not.toContain('<script');
    expect((await fetch(buttonOf(link), { method: 'HEAD' })).status).toBe(200);
    const landed = await press(link);
    expect(landed.href).toMatch(/^https:\/\/app\.test\/home\?/);
    expect(landed.searchParams.get('type')).toBe('emailVerify');
    const browser = await auth
      .browser()
      .enter('/v1/auth/refresh', { refreshToken: landed.searchParams.get('refreshToken') });
    expect(browser.tokens?.user).toMatchObject({ email, emailVerified: true });
    const again = await press(link);
    expect(Object.fromEntries(again.searchParams)).toEqual({
      error: 'invalid-ticket',
      errorDescription: expect.any(String),
    });
  });

  it('hand out a code instead of a token when the app asked with PKCE, good once and for its verifier only', async () => {
    const email = newEmail('pkce');
    await register(email);
    const verifier = randomBytes(32).toString('base64url');
    const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
    await auth.browser().post('/v1/user/email/send-verification-email', { email, codeChallenge });
    const landed = await press(linkIn(await auth.mailbox.next(email)));
    expect(landed.searchParams.get('refreshToken')).toBeNull();
    const code = landed.searchParams.get('code');
    const exchange = (codeVerifier: string) =>
      auth.browser().post<{ session: { accessToken: string } }>('/v1/token/exchange', { code, codeVerifier });
    expect((await exchange('x'.repeat(43))).status).toBe(401);
    const good = await exchange(verifier);
    expect(good).toMatchObject({ status: 200, body: { session: { user: { email } } } });
    const holder = auth.browser();
    Object.assign(holder.headers, { authorization: `Bearer ${good.body.session.accessToken}` });
    expect((await holder.get('/v1/user')).status).toBe(200);
    expect((await exchange(verifier)).status).toBe(401);
    expect((await holder.get('/v1/user')).status).toBe(401);
  });

  it('give the code to the app that asked for the link, whatever their address says', async () => {
    const email = newEmail('bound');
    await register(email);
    const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');
    const [mine, thief] = ['m'.repeat(43), 't'.repeat(43)];
    const codeChallenge = challengeOf(mine);
    await auth.browser().post('/v1/user/email/send-verification-email', { email, codeChallenge });
    const link = linkIn(await auth.mailbox.next(email));
    link.searchParams.set('codeChallenge', challengeOf(thief));
    const code = (await press(link)).searchParams.get('code');
    const exchange = (codeVerifier: string) =>
      auth.browser().post('/v1/token/exchange', { code, codeVerifier });
    expect((await exchange(thief)).status).toBe(401);
    expect((await exchange(mine)).status).toBe(200);
  });

  it('reset a password: same answer for an unknown address, old sessions end, the owner is told', async () => {
    const email = newEmail('reset');
    const before = await register(email);
    const known = await auth.browser().post('/v1/user/password/reset', { email });
    const unknown = await auth.browser().post('/v1/user/password/reset', { email: newEmail('nobody') });
    expect([known, unknown].map(({ status, body }) => [status, body])).toEqual([
      [200, 'OK'],
      [200, 'OK'],
    ]);
    const ticket = linkIn(await auth.mailbox.next(email)).searchParams.get('ticket');
    const weak = await auth.browser().post('/v1/user/password', { newPassword: 'short', ticket });
    expect(weak).toMatchObject({ status: 400, body: { error: 'password-too-short' } });
    expect(
      await auth.browser().post('/v1/user/password', { newPassword: NEW_PASSWORD, ticket }),
    ).toMatchObject({ status: 200, body: 'OK' });
    expect((await before.get('/v1/auth/me')).status).toBe(401);
    expect((await auth.browser().post('/v1/auth/login', { email, password: PASSWORD })).status).toBe(401);
    expect((await auth.browser().post('/v1/auth/login', { email, password: NEW_PASSWORD })).status).toBe(200);
    expect((await auth.browser().post('/v1/user/password', { newPassword: PASSWORD, ticket })).status).toBe(
      401,
    );
    expect((await auth.mailbox.next(email, 2)).subject).toBe('Your password was changed');
  });

  it('change a password when signed in: other sessions end, this one goes on with its next refresh', async () => {
    const email = newEmail('change');
    const here = await register(email);
    const there = await auth.browser().enter('/v1/auth/login', { email, password: PASSWORD });
    expect((await here.post('/v1/user/password', { newPassword: NEW_PASSWORD })).status).toBe(200);
    expect((await here.get('/v1/auth/me')).status).toBe(401);
    expect((await there.get('/v1/auth/me')).status).toBe(401);
    expect((await there.post('/v1/auth/refresh', { refreshToken: there.tokens?.refreshToken })).status).toBe(
      401,
    );
    await here.enter('/v1/auth/refresh', { refreshToken: here.tokens?.refreshToken });
    expect((await here.get('/v1/auth/me')).status).toBe(200);
    expect((await auth.browser().post('/v1/user/password', { newPassword: NEW_PASSWORD })).status).toBe(401);
  });

  it('are void when the password changes: another address that was asked for, and another reset', async () => {
    const [email, elsewhere] = [newEmail('robbed'), newEmail('robber')];
    const browser = await register(email);
    await browser.post('/v1/user/email/change', { newEmail: elsewhere });
    const takeover = linkIn(await auth.mailbox.next(elsewhere));
    await auth.browser().post('/v1/user/password/reset', { email });
    await auth.mailbox.next(email, 2);
    // The word of the change and the reset may come in either order; only one of them has a link.
    const [resetMail] = auth.mailbox.of(email).filter(({ text = '' }) => text.includes('ticket='));
    const ticket = linkIn(resetMail!).searchParams.get('ticket');
    expect((await browser.post('/v1/user/password', { newPassword: NEW_PASSWORD })).status).toBe(200);
    expect((await press(takeover)).searchParams.get('error')).toBe('invalid-ticket');
    const reset = await auth.browser().post('/v1/user/password', { newPassword: PASSWORD, ticket });
    expect(reset).toMatchObject({ status: 401, body: { error: 'invalid-ticket' } });
    const entered = await auth.browser().enter('/v1/auth/login', { email, password: NEW_PASSWORD });
    expect(entered.tokens?.user.email).toBe(email);
  });

  it('change an address only when the new one is confirmed, and tell the old one', async () => {
    const [email, newAddress] = [newEmail('old'), newEmail('new')];
    const browser = await register(email);
    const taken = newEmail('taken');
    await register(taken);
    expect(await browser.post('/v1/user/email/change', { newEmail: taken })).toMatchObject({
      status: 409,
      body: { error: 'email-already-in-use' },
    });
    expect(await browser.post('/v1/user/email/change', { newEmail: newAddress })).toMatchObject({
      status: 200,
      body: 'OK',
    });
    expect((await auth.mailbox.next(email)).text).toContain(newAddress);
    expect((await browser.get('/v1/user')).body).toMatchObject({ email, emailVerified: false });
    await press(linkIn(await auth.mailbox.next(newAddress)));
    expect((await browser.get('/v1/user')).body).toMatchObject({ email: newAddress, emailVerified: true });
  });

  it('give an address that two people want to one of them, also when both confirm at once', async () => {
    const wanted = newEmail('wanted');
    for (const name of ['one', 'other']) {
      const browser = await register(newEmail(name));
      expect((await browser.post('/v1/user/email/change', { newEmail: wanted })).status).toBe(200);
    }
    const links = [await auth.mailbox.next(wanted), await auth.mailbox.next(wanted, 2)].map(linkIn);
    const landed = await Promise.all(links.map(press));
    expect(landed.map(each => each.searchParams.get('error')).sort()).toEqual(['email-already-in-use', null]);
  });

  it('send nobody to an address that is not listed', async () => {
    const email = newEmail('redirect');
    await register(email);
    for (const redirectTo of [
      'https://evil.test/',
      'https://app.test.evil.test/home',
      'https://app.test@evil.test/home',
      'https://app.test/homepage',
      'javascript:alert(1)',
    ]) {
      const answer = await auth.browser().post('/v1/user/password/reset', { email, options: { redirectTo } });
      expect(answer).toMatchObject({ status: 400, body: { error: 'redirectTo-not-allowed' } });
    }
    expect(
      (
        await auth
          .browser()
          .post('/v1/user/password/reset', { email, options: { redirectTo: 'https://app.test/home/reset' } })
      ).status,
    ).toBe(200);
  });
});

describe('an operator who wants confirmed addresses', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_EMAIL_SIGNIN_EMAIL_VERIFIED_REQUIRED: 'true' });
  });
  afterAll(() => auth.stop());

  it('gets no session at sign-up, a mail, and a session after the link', async () => {
    const email = newEmail('strict');
    const signedUp = await auth.browser().post('/v1/signup/email-password', { email, password: PASSWORD });
    expect(signedUp).toMatchObject({ status: 200, body: { session: null } });
    const login = await auth.browser().post('/v1/signin/email-password', { email, password: PASSWORD });
    expect(login).toMatchObject({ status: 401, body: { error: 'unverified-user' } });
    await fetch(buttonOf(linkIn(await auth.mailbox.next(email))), { redirect: 'manual' });
    expect(
      (await auth.browser().post('/v1/signin/email-password', { email, password: PASSWORD })).status,
    ).toBe(200);
  });
});
