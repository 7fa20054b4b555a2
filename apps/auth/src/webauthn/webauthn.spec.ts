import { Authenticator } from '../../testing/authenticator';
import { newEmail, PASSWORD, type Browser } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';
import { buttonOf, linkIn } from '../../testing/mailbox';

const ORIGIN = 'https://app.test';

interface SessionAnswer {
  session: { accessToken: string; refreshToken: string; user: { id: string; email: string } };
  mfa?: { ticket: string };
}

describe('security keys', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_CLIENT_URL: ORIGIN });
  });
  afterAll(() => auth.stop());

  const ask = async (path: string, body: unknown, browser = auth.browser()): Promise<never> => {
    const answer = await browser.post(path, body);
    expect(answer.status).toBe(200);
    return answer.body as never;
  };

  const register = (email: string): Promise<Browser> =>
    auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });

  async function addKey(browser: Browser, key: Authenticator): Promise<string> {
    const credential = key.create(await ask('/v1/user/webauthn/add', {}, browser));
    const { id } = (await ask('/v1/user/webauthn/verify', { credential, nickname: 'blue key' }, browser)) as {
      id: string;
    };
    return id;
  }

  const signIn = async (key: Authenticator, email?: string) =>
    auth.browser().post<SessionAnswer>('/v1/signin/webauthn/verify', {
      credential: key.get(await ask('/v1/signin/webauthn', { email })),
      email,
    });

  it('sign up and sign in without any password', async () => {
    const [key, email] = [new Authenticator(ORIGIN), newEmail('passkey')];
    const options = await ask('/v1/signup/webauthn', { email, options: { displayName: 'Sami' } });
    expect(options).toMatchObject({
      rp: { id: 'app.test', name: 'nself' },
      user: { name: email, displayName: 'Sami' },
    });
    const made = (await ask('/v1/signup/webauthn/verify', {
      credential: key.create(options),
    })) as SessionAnswer;
    expect(made.session.user).toMatchObject({ email, displayName: 'Sami' });
    for (const hint of [email, undefined]) {
      expect(await signIn(key, hint)).toMatchObject({ status: 200, body: { session: { user: { email } } } });
    }
    expect(await auth.browser().post('/v1/signup/webauthn', { email })).toMatchObject({
      status: 409,
      body: { error: 'email-already-in-use' },
    });
  });

  it('are added by somebody who is signed in, and then asked for before factors change', async () => {
    const [key, email] = [new Authenticator(ORIGIN), newEmail('adds')];
    const browser = await register(email);
    await addKey(browser, key);
    expect(await signIn(key, email)).toMatchObject({ status: 200, body: { session: { user: { email } } } });
    expect((await browser.post('/v1/user/webauthn/add')).status).toBe(403);
    const credential = key.get(await ask('/v1/elevate/webauthn', { email }, browser));
    const { session } = (await ask(
      '/v1/elevate/webauthn/verify',
      { email, credential },
      browser,
    )) as SessionAnswer;
    const claims = JSON.parse(
      Buffer.from(session.accessToken.split('.')[1] ?? '', 'base64url').toString(),
    ) as Record<string, Record<string, string>>;
    expect(claims['https://hasura.io/jwt/claims']?.['x-hasura-auth-elevated']).toBe(browser.userId);
    expect((await browser.post('/v1/user/webauthn/add')).status).toBe(200);
  });

  it('refuse a challenge that was used, was for something else, or is another person’s', async () => {
    const [key, email] = [new Authenticator(ORIGIN), newEmail('challenge')];
    const browser = await register(email);
    await addKey(browser, key);
    const credential = key.get(await ask('/v1/signin/webauthn', { email }));
    const verify = (body: unknown) => auth.browser().post('/v1/signin/webauthn/verify', { credential: body });
    expect((await verify(credential)).status).toBe(200);
    expect((await verify(credential)).status).toBe(401);
    const forElevation = key.get(await ask('/v1/elevate/webauthn', {}, browser));
    expect((await verify(forElevation)).status).toBe(401);
    const other = await register(newEmail('thief'));
    const mine = key.get(await ask('/v1/elevate/webauthn', {}, browser));
    expect((await other.post('/v1/elevate/webauthn/verify', { credential: mine })).status).toBe(401);
  });

  it('refuse another origin, another key, and a key whose counter went back', async () => {
    const [key, email] = [new Authenticator(ORIGIN), newEmail('forged')];
    await addKey(await register(email), key);
    const phishing = new Authenticator('https://app.test.evil.test');
    Object.assign(phishing, { credentialId: key.credentialId, keys: Reflect.get(key, 'keys') as unknown });
    expect((await signIn(phishing, email)).status).toBe(401);
    const stranger = new Authenticator(ORIGIN);
    Object.assign(stranger, { credentialId: key.credentialId });
    expect((await signIn(stranger, email)).status).toBe(401);
    expect((await signIn(key, email)).status).toBe(200);
    key.turnBack();
    expect((await signIn(key, email)).status).toBe(401);
  });

  it('answer an unknown address as if it had a key, the same one each time', async () => {
    const email = newEmail('nobody');
    const ids = await Promise.all(
      [1, 2].map(
        async () =>
          ((await ask('/v1/signin/webauthn', { email })) as { allowCredentials: { id: string }[] })
            .allowCredentials[0]?.id,
      ),
    );
    expect(ids[0]).toEqual(expect.any(String));
    expect(ids[0]).toBe(ids[1]);
  });

  it('have the name and the account the wishes that were said when signing up, at either step', async () => {
    const [key, email] = [new Authenticator(ORIGIN), newEmail('named')];
    const options = await ask('/v1/signup/webauthn', { email, options: { locale: 'ar' } });
    const { session } = (await ask('/v1/signup/webauthn/verify', {
      credential: key.create(options),
      options: { displayName: 'Sami', nickname: 'blue key' },
    })) as SessionAnswer;
    expect(session.user).toMatchObject({ displayName: 'Sami', locale: 'ar' });
    const browser = auth.browser();
    Object.assign(browser.headers, { authorization: `Bearer ${session.accessToken}` });
    const { body } = await browser.get('/v1/account/export');
    expect(body).toMatchObject({ securityKeys: [{ nickname: 'blue key' }] });
  });

  it('make no account when somebody has registered them already, or the way back is not listed', async () => {
    const [key, email] = [new Authenticator(ORIGIN), newEmail('second')];
    await addKey(await register(newEmail('first')), key);
    const finish = async (options?: object) => {
      const credential = key.create(await ask('/v1/signup/webauthn', { email }));
      return auth.browser().post('/v1/signup/webauthn/verify', { credential, options });
    };
    expect((await finish()).status).toBe(401);
    const astray = { redirectTo: 'https://evil.test/' };
    const refused = { status: 400, body: { error: 'redirectTo-not-allowed' } };
    expect(await auth.browser().post('/v1/signup/webauthn', { email, options: astray })).toMatchObject(
      refused,
    );
    expect(await finish(astray)).toMatchObject(refused);
    expect((await register(email)).tokens?.user.email).toBe(email);
  });

  it('are added and removed with a word to their owner by mail', async () => {
    const [key, email] = [new Authenticator(ORIGIN), newEmail('notice')];
    const browser = await register(email);
    const id = await addKey(browser, key);
    const added = await auth.mailbox.next(email);
    expect([added.subject, added.text]).toEqual([
      'Your sign-in was changed',
      expect.stringContaining('blue key +'),
    ]);
    const credential = key.get(await ask('/v1/elevate/webauthn', {}, browser));
    await ask('/v1/elevate/webauthn/verify', { credential }, browser);
    expect((await browser.delete(`/v1/user/webauthn/${id}`)).status).toBe(204);
    expect((await auth.mailbox.next(email, 2)).text).toContain('WebAuthn −');
  });

  it('are removed by their owner', async () => {
    const [key, email] = [new Authenticator(ORIGIN), newEmail('removes')];
    const browser = await register(email);
    const id = await addKey(browser, key);
    const credential = key.get(await ask('/v1/elevate/webauthn', {}, browser));
    await ask('/v1/elevate/webauthn/verify', { credential }, browser);
    expect((await browser.delete(`/v1/user/webauthn/${id}`)).status).toBe(204);
    expect((await signIn(key, email)).status).toBe(401);
  });
});

describe('security keys where addresses must be confirmed', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_CLIENT_URL: ORIGIN, AUTH_EMAIL_SIGNIN_EMAIL_VERIFIED_REQUIRED: 'true' });
  });
  afterAll(() => auth.stop());

  it('open nothing before that', async () => {
    const [key, email] = [new Authenticator(ORIGIN), newEmail('unconfirmed')];
    const options = await auth.browser().post('/v1/signup/webauthn', { email });
    const made = await auth
      .browser()
      .post('/v1/signup/webauthn/verify', { credential: key.create(options.body as never) });
    expect(made).toMatchObject({ status: 200, body: { session: null } });
    const signIn = async () => {
      const asked = await auth.browser().post('/v1/signin/webauthn', { email });
      return auth.browser().post('/v1/signin/webauthn/verify', { credential: key.get(asked.body as never) });
    };
    expect(await signIn()).toMatchObject({ status: 401, body: { error: 'unverified-user' } });
    await fetch(buttonOf(linkIn(await auth.mailbox.next(email))), { redirect: 'manual' });
    expect(await signIn()).toMatchObject({ status: 200, body: { session: { user: { email } } } });
  });
});
