import { newEmail, PASSWORD, type Tokens } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';

const INVITED = { role: 'ADULT_MEMBER' };

/** Starts auth with these settings for one test. */
async function withSettings(
  settings: Record<string, string>,
  work: (auth: RunningAuth) => Promise<void>,
): Promise<void> {
  const auth = await startAuth(settings);
  try {
    await work(auth);
  } finally {
    await auth.stop();
  }
}

const register = (auth: RunningAuth, more: object = {}) =>
  auth
    .browser()
    .post<Tokens & { code: string }>('/v1/auth/register', { email: newEmail(), password: PASSWORD, ...more });

describe('an operator decides who may have an account', () => {
  it('nobody but who is invited', () =>
    withSettings({}, async open => {
      const owner = open.browser();
      await owner.enter('/v1/auth/register', { email: newEmail('owner'), password: PASSWORD });
      const path = `/v1/families/${owner.familyId}/invitations`;
      const { body } = await owner.post<{ token: string }>(path, INVITED);
      const database = { AUTH_DATABASE_URL: open.database.authUrl };
      const closed = await startAuth({ ...database, AUTH_DISABLE_SIGNUP: 'true' });
      expect(await register(closed)).toMatchObject({ status: 403, body: { code: 'SIGNUP_DISABLED' } });
      const nhost = { email: newEmail(), password: PASSWORD };
      expect(await closed.browser().post('/v1/signup/email-password', nhost)).toMatchObject({
        status: 403,
        body: { error: 'signup-disabled' },
      });
      expect((await register(closed, { invitation: body.token })).status).toBe(201);
      await closed.stop();
    }));

  it('only addresses and domains on a list, and none on the other', () =>
    withSettings(
      {
        AUTH_ACCESS_CONTROL_ALLOWED_EMAILS: 'aunt@elsewhere.example',
        AUTH_ACCESS_CONTROL_ALLOWED_EMAIL_DOMAINS: 'family.example',
        AUTH_ACCESS_CONTROL_BLOCKED_EMAILS: 'troll@family.example',
      },
      async auth => {
        const statusOf = async (email: string): Promise<number> => (await register(auth, { email })).status;
        const refused = await statusOf('stranger@elsewhere.example');
        expect(refused).toBeGreaterThanOrEqual(400);
        expect([
          await statusOf('uncle@family.example'),
          await statusOf('aunt@elsewhere.example'),
          await statusOf('troll@family.example'),
          await statusOf('uncle@family.example.evil.example'),
        ]).toEqual([201, 201, refused, refused]);
      },
    ));

  it('however the lists spell them, and blocked means from signing in as well', () =>
    withSettings({}, async open => {
      const [troll, uncle] = ['troll@family.example', 'uncle@spam.example'];
      for (const email of [troll, uncle]) expect((await register(open, { email })).status).toBe(201);
      const shut = await startAuth({
        AUTH_DATABASE_URL: open.database.authUrl,
        AUTH_ACCESS_CONTROL_BLOCKED_EMAILS: 'Troll@Family.example',
        AUTH_ACCESS_CONTROL_BLOCKED_EMAIL_DOMAINS: 'SPAM.example',
      });
      const refused = { status: 401, body: { error: 'invalid-email-password' } };
      for (const email of [troll, uncle]) {
        const body = { email, password: PASSWORD };
        expect(await shut.browser().post('/v1/signin/email-password', body)).toMatchObject(refused);
        expect(await shut.browser().post('/v1/signup/email-password', body)).toMatchObject(refused);
      }
      await shut.stop();
    }));

  it('but not in before somebody has looked at them', () =>
    withSettings({ AUTH_DISABLE_NEW_USERS: 'true' }, async auth => {
      const email = newEmail();
      expect(await register(auth, { email })).not.toMatchObject({ body: { accessToken: expect.anything() } });
      expect(await auth.browser().post('/v1/auth/login', { email, password: PASSWORD })).toMatchObject({
        status: 403,
        body: { code: 'ACCOUNT_DISABLED' },
      });
    }));

  it('without visitors, with roles and languages of their own, and without a family at first', () =>
    withSettings(
      {
        AUTH_ANONYMOUS_USERS_ENABLED: 'false',
        AUTH_USER_DEFAULT_ROLE: 'me',
        AUTH_USER_DEFAULT_ALLOWED_ROLES: 'me,user',
        AUTH_LOCALE_DEFAULT: 'de',
        AUTH_LOCALE_ALLOWED_LOCALES: 'de',
        SIGNUP_CREATES_FAMILY: 'false',
      },
      async auth => {
        expect((await auth.browser().post('/v1/signin/anonymous')).status).toBe(409);
        const { body } = await register(auth);
        expect(body).toMatchObject({ user: { locale: 'de', defaultRole: 'me' }, family: null });
        const { body: english } = await auth.browser().post('/v1/signup/email-password', {
          email: newEmail(),
          password: PASSWORD,
          options: { locale: 'en' },
        });
        expect(english).toMatchObject({ error: 'locale-not-allowed' });
      },
    ));
});
