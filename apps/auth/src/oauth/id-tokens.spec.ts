import { createHash } from 'node:crypto';
import { exportPKCS8, generateKeyPair } from 'jose';
import { newEmail, PASSWORD } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';
import { buttonOf, linkIn } from '../../testing/mailbox';
import { TokenIssuer } from '../../testing/token-issuer';
import { cookieHeader, keep, type Cookies } from '../../testing/wanderer';

interface Answer {
  session: { accessToken: string; refreshToken: string; user: { id: string; email: string } };
}

describe('id tokens and Apple', () => {
  const [google, apple] = [new TokenIssuer(), new TokenIssuer()];
  let auth: RunningAuth;

  beforeAll(async () => {
    const appleKeys = await generateKeyPair('ES256', { extractable: true });
    auth = await startAuth({
      AUTH_CLIENT_URL: 'https://app.test',
      AUTH_PROVIDER_GOOGLE_ENABLED: 'true',
      AUTH_PROVIDER_GOOGLE_CLIENT_ID: 'our-app',
      AUTH_PROVIDER_GOOGLE_CLIENT_SECRET: 'unused here',
      AUTH_PROVIDER_GOOGLE_ISSUER: await google.start(),
      AUTH_PROVIDER_APPLE_ENABLED: 'true',
      AUTH_PROVIDER_APPLE_CLIENT_ID: 'org.example.web',
      AUTH_PROVIDER_APPLE_TEAM_ID: 'TEAM',
      AUTH_PROVIDER_APPLE_KEY_ID: 'KEY',
      AUTH_PROVIDER_APPLE_PRIVATE_KEY: await exportPKCS8(appleKeys.privateKey),
      AUTH_PROVIDER_APPLE_ISSUER: await apple.start(appleKeys.publicKey),
    });
  });
  afterAll(async () => {
    await auth.stop();
    google.stop();
    apple.stop();
  });

  const claims = (email: string, verified = true) => ({
    sub: `sub of ${email}`,
    email,
    email_verified: verified,
    name: 'Nadia',
  });
  const signIn = (idToken: string, nonce?: string, way = 'signin') =>
    auth.browser().post<Answer>(`/v1/${way}/idtoken`, { provider: 'google', idToken, nonce });

  it('signs in by an id token, with a nonce as it is or as its digest', async () => {
    const email = newEmail('idtoken');
    const plain = await signIn(
      await google.idToken({ ...claims(email), nonce: 'n-0S6_WzA2Mj' }, 'our-app'),
      'n-0S6_WzA2Mj',
    );
    expect(plain).toMatchObject({
      status: 200,
      body: { session: { user: { email, displayName: 'Nadia', emailVerified: true } } },
    });
    const digest = createHash('sha256').update('n-0S6_WzA2Mj').digest('hex');
    const again = await signIn(
      await google.idToken({ ...claims(email), nonce: digest }, 'our-app'),
      'n-0S6_WzA2Mj',
    );
    expect(again.body.session.user.id).toBe(plain.body.session.user.id);
    expect(await signIn(await google.idToken(claims(email), 'our-app'), undefined, 'signup')).toMatchObject({
      status: 409,
      body: { error: 'user-already-exists' },
    });
  });

  it('refuses a token for another app, of another key, with another nonce, and nonsense', async () => {
    const email = newEmail('forged');
    const { privateKey } = await generateKeyPair('RS256');
    const tokens = [
      [await google.idToken(claims(email), 'another-app'), undefined],
      [await google.idToken(claims(email), 'our-app', privateKey), undefined],
      [await google.idToken({ ...claims(email), nonce: 'one' }, 'our-app'), 'two'],
      [await google.idToken({ ...claims(email), nonce: 'one' }, 'our-app'), undefined],
      ['nonsense', undefined],
    ] as const;
    for (const [token, nonce] of tokens)
      expect(await signIn(token, nonce)).toMatchObject({
        status: 400,
        body: { error: 'oauth-token-echange-failed' },
      });
  });

  it('joins an id token to whoever is signed in', async () => {
    const browser = await auth
      .browser()
      .enter('/v1/auth/register', { email: newEmail('joins'), password: PASSWORD });
    const idToken = await google.idToken(claims(newEmail('foreign'), false), 'our-app');
    expect(await browser.post('/v1/link/idtoken', { provider: 'google', idToken })).toMatchObject({
      status: 200,
      body: 'OK',
    });
    expect((await signIn(idToken)).body.session.user.id).toBe(browser.userId);
    const other = await auth
      .browser()
      .enter('/v1/auth/register', { email: newEmail('other'), password: PASSWORD });
    expect(await other.post('/v1/link/idtoken', { provider: 'google', idToken })).toMatchObject({
      status: 409,
      body: { error: 'provider-account-already-linked' },
    });
  });

  it('speaks with Apple: signed client secret, form post, the name from the form', async () => {
    const away = await fetch(`${auth.url}/v1/signin/provider/apple`, { redirect: 'manual' });
    const cookies: Cookies = new Map();
    keep(away, cookies);
    const there = new URL(away.headers.get('location') ?? '').searchParams;
    expect(there.get('response_mode')).toBe('form_post');
    const email = newEmail('apple');
    apple.claims = { sub: 'apple-1', email, email_verified: 'true', nonce: there.get('nonce') };
    const back = await fetch(`${auth.url}/v1/signin/provider/apple/callback`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookieHeader(cookies) },
      body: new URLSearchParams({
        code: 'a-code',
        state: there.get('state') ?? '',
        user: JSON.stringify({ name: { firstName: 'Johnny', lastName: 'A.' } }),
      }),
    });
    const home = new URL(back.headers.get('location') ?? '');
    const browser = await auth
      .browser()
      .enter('/v1/auth/refresh', { refreshToken: home.searchParams.get('refreshToken') });
    expect(browser.tokens?.user).toMatchObject({ email, emailVerified: true, displayName: 'Johnny A.' });
    expect(apple.secrets.at(-1)).toMatchObject({ iss: 'TEAM', sub: 'org.example.web', aud: apple.issuer });
  });

  it('joins an Apple account by address only when both sides have proven it', async () => {
    const email = newEmail('relay');
    await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    const idToken = await google.idToken(claims(email), 'our-app');
    expect(await signIn(idToken)).toMatchObject({ status: 409, body: { error: 'email-already-in-use' } });
    await auth.browser().post('/v1/user/email/send-verification-email', { email });
    await fetch(buttonOf(linkIn(await auth.mailbox.next(email))), { redirect: 'manual' });
    expect((await signIn(idToken)).status).toBe(200);
  });
});
