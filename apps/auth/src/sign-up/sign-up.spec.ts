import { newEmail, PASSWORD, type Tokens } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';

describe('signing up', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.stop());

  it('makes an account with a family of its own, and a token that speaks for it', async () => {
    const browser = auth.browser();
    const email = newEmail('amina');
    const { status, body } = await browser.post<Tokens>('/v1/auth/register', {
      email,
      password: PASSWORD,
      displayName: 'Amina',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      expiresIn: 900,
      user: { email, displayName: 'Amina' },
      family: { role: 'OWNER' },
    });
    browser.tokens = body;
    const me = await browser.get('/v1/auth/me');
    expect(me.body).toMatchObject({
      user: { id: body.user.id },
      family: { id: body.family?.id },
      families: [{ name: 'Family of Amina', role: 'OWNER', state: 'active' }],
    });
  });

  it('answers 409 for an address that is known, whatever its case', async () => {
    const email = newEmail('twice');
    await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    const again = await auth
      .browser()
      .post('/v1/auth/register', { email: email.toUpperCase(), password: PASSWORD });
    expect(again).toMatchObject({ status: 409, body: { code: 'EMAIL_EXISTS', traceId: expect.any(String) } });
    const nhost = await auth.browser().post('/v1/signup/email-password', { email, password: PASSWORD });
    expect(nhost).toMatchObject({ status: 409, body: { status: 409, error: 'email-already-in-use' } });
  });

  it('takes null for what a client has nothing to say about, on every route with options', async () => {
    const paths = ['/v1/signup/email-password', '/v1/signin/passwordless/email', '/v1/signup/webauthn'];
    for (const path of paths) {
      const password = path.endsWith('password') ? { password: PASSWORD } : {};
      const body = { email: newEmail('null'), ...password, options: null };
      expect(await auth.browser().post(path, body)).toMatchObject({ status: 200 });
    }
    const email = newEmail('null');
    const options = {
      allowedRoles: null,
      defaultRole: null,
      displayName: null,
      locale: null,
      metadata: null,
    };
    const made = await auth
      .browser()
      .post('/v1/signup/email-password', { email, password: PASSWORD, options });
    expect(made).toMatchObject({
      status: 200,
      body: { session: { user: { email, roles: ['me', 'user'] } } },
    });
  });

  it.each([[[]], [[{ locale: 'de' }]], ['de'], [7], [true]])(
    'refuses options that are no object: %j',
    async options => {
      const body = { email: newEmail('odd'), password: PASSWORD, options };
      expect(await auth.browser().post('/v1/signup/email-password', body)).toMatchObject({
        status: 400,
        body: { error: 'invalid-request' },
      });
    },
  );

  it('refuses an address that no account can have, before it is a matter of the database', async () => {
    const paths = ['/v1/signup/email-password', '/v1/signin/passwordless/email', '/v1/auth/register'];
    for (const path of paths) {
      const password = path.includes('passwordless') ? {} : { password: PASSWORD };
      for (const email of ['jürgen@example.org', '"amina k"@example.org']) {
        const refused = await auth.browser().post(path, { email, ...password });
        expect(refused).toMatchObject({ status: 400 });
      }
    }
    const email = 'amina@bücher.example';
    const made = await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    expect(made.tokens?.user.email).toBe('amina@xn--bcher-kva.example');
    expect((await auth.browser().post('/v1/auth/login', { email, password: PASSWORD })).status).toBe(200);
  });

  it('refuses weak passwords with the reason, and unknown fields', async () => {
    const short = await auth
      .browser()
      .post('/v1/auth/register', { email: newEmail(), password: 'too short' });
    expect(short).toMatchObject({ status: 400, body: { code: 'PASSWORD_REFUSED', reason: 'too_short' } });
    const nhost = await auth
      .browser()
      .post('/v1/signup/email-password', { email: newEmail(), password: 'too short' });
    expect(nhost).toMatchObject({ status: 400, body: { error: 'password-too-short' } });
    const extra = await auth
      .browser()
      .post('/v1/auth/register', { email: newEmail(), password: PASSWORD, role: 'OWNER' });
    expect(extra).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });

  it('signs up through the routes of Nhost', async () => {
    const email = newEmail('nhost');
    const { status, body } = await auth.browser().post('/v1/signup/email-password', {
      email,
      password: PASSWORD,
      options: { displayName: 'Nour', locale: 'ar', metadata: { shoe: 38 } },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      session: {
        accessTokenExpiresIn: 900,
        refreshTokenId: expect.any(String),
        user: {
          email,
          displayName: 'Nour',
          locale: 'ar',
          metadata: { shoe: 38 },
          roles: ['me', 'user'],
          defaultRole: 'user',
        },
      },
    });
  });

  it('refuses roles and languages that are not offered', async () => {
    const ask = (options: object) =>
      auth.browser().post('/v1/signup/email-password', { email: newEmail(), password: PASSWORD, options });
    expect(await ask({ allowedRoles: ['user', 'owner'] })).toMatchObject({
      status: 400,
      body: { error: 'role-not-allowed' },
    });
    expect(await ask({ defaultRole: 'owner' })).toMatchObject({
      body: { error: 'default-role-must-be-in-allowed-roles' },
    });
    expect(await ask({ locale: 'xx' })).toMatchObject({ body: { error: 'locale-not-allowed' } });
  });
});
