import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { anyFreePort } from '../../../../test/support';
import { AuthenticatorApp } from '../../testing/authenticator-app';
import { Browser, newEmail, PASSWORD } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';
import { linkIn, buttonOf } from '../../testing/mailbox';
import { OpenIdProvider } from '../../testing/openid-provider';
import { cookieHeader, keep, wander, type Cookies } from '../../testing/wanderer';

const HOME = 'https://app.test/welcome';

/** GitHub as far as it matters here. */
class Github {
  user = { id: 1, login: 'octo', name: 'Octavia', avatar_url: 'https://avatars.test/1' };
  emails = [{ email: 'octo@example.org', primary: true, verified: true }];
  challenges: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://github.test');
    const json = (body: unknown): void =>
      void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (url.pathname === '/login/oauth/authorize') {
      this.challenges.push(url.searchParams.get('code_challenge') ?? '');
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({
        code: 'a-code',
        state: url.searchParams.get('state') ?? '',
      }).toString();
      response.writeHead(302, { location: back.href }).end();
    } else if (url.pathname === '/login/oauth/access_token')
      json({ access_token: 'gho_test', token_type: 'bearer', scope: 'read:user' });
    else if (url.pathname === '/user') json(this.user);
    else if (url.pathname === '/user/emails') json(this.emails);
    else response.writeHead(404).end();
  });

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

describe('signing in by the word of another house', () => {
  const house = new OpenIdProvider();
  const github = new Github();
  let auth: RunningAuth;

  beforeAll(async () => {
    const port = await anyFreePort();
    const url = `http://127.0.0.1:${port}`;
    const issuer = await house.start(`${url}/v1/signin/provider/house/callback`);
    const githubUrl = await github.start();
    auth = await startAuth({
      AUTH_PORT: String(port),
      AUTH_CLIENT_URL: 'https://app.test',
      AUTH_PROVIDERS_OIDC: JSON.stringify([
        { id: 'house', issuer, clientId: 'nself', clientSecret: 'a secret between houses' },
      ]),
      AUTH_PROVIDER_GITHUB_ENABLED: 'true',
      AUTH_PROVIDER_GITHUB_CLIENT_ID: 'nself',
      AUTH_PROVIDER_GITHUB_CLIENT_SECRET: 'another secret',
      AUTH_PROVIDER_GITHUB_URL: githubUrl,
      AUTH_PROVIDER_GITHUB_API_URL: githubUrl,
    });
  });
  afterAll(async () => {
    await auth.stop();
    house.stop();
    github.stop();
  });

  const entrance = (provider: string, query: Record<string, string> = {}, way = 'signin'): string =>
    `${auth.url}/v1/${way}/provider/${provider}?${new URLSearchParams({ redirectTo: HOME, ...query })}`;
  const visit = (provider: string, query: Record<string, string> = {}, way = 'signin'): Promise<URL> =>
    wander(entrance(provider, query, way), 'https://app.test');

  /** Somebody sits down at the provider's desk. */
  function sit(id: string, email: string, verified = true): void {
    house.atTheDesk = id;
    house.people.set(id, { email, email_verified: verified, name: 'Layla' });
  }

  const enter = (landed: URL): Promise<Browser> =>
    auth.browser().enter('/v1/auth/refresh', { refreshToken: landed.searchParams.get('refreshToken') });

  /** How often the trail says that a provider was joined to an account; whose stands there under a pseudonym. */
  async function linksTold(): Promise<number> {
    const database = new Client({ connectionString: auth.database.ownerUrl });
    await database.connect();
    const { rowCount } = await database.query(`select from ops.audit_events where type = 'account.linked'`);
    await database.end();
    return rowCount ?? 0;
  }

  /** An account whose address was proven by a link. */
  async function proven(email: string): Promise<Browser> {
    const browser = await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    await browser.post('/v1/user/email/send-verification-email', { email });
    await fetch(buttonOf(linkIn(await auth.mailbox.next(email))), { redirect: 'manual' });
    return browser;
  }

  it('makes an account of a verified address the first time, and finds it the second', async () => {
    const email = newEmail('layla');
    sit('layla', email);
    const first = await enter(await visit('house', { state: 'of the app' }));
    expect(first.tokens).toMatchObject({
      user: { email, emailVerified: true, displayName: 'Layla' },
      family: { role: 'OWNER' },
    });
    const again = await visit('house', { state: 'of the app' });
    expect(again.searchParams.get('state')).toBe('of the app');
    expect((await enter(again)).userId).toBe(first.userId);
  });

  it('joins an account by address only when both sides have proven it', async () => {
    const email = newEmail('both');
    const local = await proven(email);
    sit('both', email);
    const told = await linksTold();
    expect((await enter(await visit('house'))).userId).toBe(local.userId);
    expect(await linksTold()).toBe(told + 1);
  });

  it('joins nothing when the provider does not vouch for the address', async () => {
    const email = newEmail('unvouched');
    await proven(email);
    sit('unvouched', email, false);
    const landed = await visit('house');
    expect(landed.searchParams.get('error')).toBe('email-already-in-use');
    expect(landed.searchParams.get('refreshToken')).toBeNull();
  });

  it('joins nothing when our side has not proven the address', async () => {
    const email = newEmail('squatted');
    await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    sit('squatted', email);
    expect((await visit('house')).searchParams.get('error')).toBe('email-already-in-use');
  });

  it('hands the app its state back when it could not let anybody in, too', async () => {
    const email = newEmail('state');
    await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
    sit('state', email);
    const landed = await visit('house', { state: 'of the app' });
    expect(Object.fromEntries(landed.searchParams)).toMatchObject({
      error: 'email-already-in-use',
      state: 'of the app',
    });
  });

  it('finds one account for somebody new who arrives several times at once, with an address and without', async () => {
    for (const email of [undefined, newEmail('twins')]) {
      github.user = { ...github.user, id: github.user.id + 100 };
      github.emails = email ? [{ email, primary: true, verified: true }] : [];
      const landed = await Promise.all([1, 2, 3].map(() => visit('github')));
      const browsers = await Promise.all(landed.map(enter));
      expect(new Set(browsers.map(each => each.userId)).size).toBe(1);
    }
  });

  it('joins nothing to an address that GitHub has not verified', async () => {
    const email = newEmail('unverified');
    await proven(email);
    github.user = { ...github.user, id: 2 };
    github.emails = [{ email, primary: true, verified: false }];
    expect((await visit('github')).searchParams.get('error')).toBe('email-already-in-use');
    github.emails = [{ email: newEmail('fresh'), primary: true, verified: false }];
    expect((await enter(await visit('github'))).tokens?.user).toMatchObject({ emailVerified: false });
  });

  it('lets somebody in whose address there is none that we can keep, without it', async () => {
    sit('smtputf8', 'jürgen@example.org');
    const { user } = (await enter(await visit('house'))).tokens ?? {};
    expect(user).toMatchObject({ emailVerified: false });
    expect(user?.email).toBeUndefined();
  });

  it('tells the owner by mail of one more way to sign in, once', async () => {
    const email = newEmail('told');
    const mine = await proven(email);
    sit('told', newEmail('elsewhere'), false);
    for (let turn = 0; turn < 2; turn++) await visit('house', { connect: mine.tokens?.accessToken ?? '' });
    const notice = await auth.mailbox.next(email, 2);
    expect([notice.subject, notice.text]).toEqual([
      'Your sign-in was changed',
      expect.stringContaining('house +'),
    ]);
    await auth.browser().post('/v1/user/password/reset', { email });
    expect((await auth.mailbox.next(email, 3)).subject).not.toBe(notice.subject);
  });

  it('joins nothing to a visitor, who has no address to be told at', async () => {
    const { body } = await auth.browser().post<{ session: { accessToken: string } }>('/v1/signin/anonymous');
    sit('visitor', newEmail('visitor'));
    const landed = await visit('house', { connect: body.session.accessToken });
    expect(landed.searchParams.get('error')).toBe('forbidden-anonymous');
  });

  it('asks for the second factor of whoever has one, with PKCE and without', async () => {
    const email = newEmail('factor');
    const browser = await proven(email);
    const { body } = await browser.get<{ totpSecret: string }>('/v1/mfa/totp/generate');
    const code = new AuthenticatorApp(body.totpSecret).next();
    await browser.post('/v1/user/mfa', { code, activeMfaType: 'totp' });
    sit('factor', email);
    const codeChallenge = createHash('sha256').update('x'.repeat(43)).digest('base64url');
    for (const query of [undefined, { codeChallenge }]) {
      const landed = await visit('house', query);
      expect([landed.searchParams.get('refreshToken'), landed.searchParams.get('code')]).toEqual([
        null,
        null,
      ]);
      expect(landed.searchParams.get('mfaTicket')).toMatch(/^mfaTotp:/);
    }
  });

  it('joins a provider to whoever is signed in, but never one that is another’s', async () => {
    const [mine, other] = [await proven(newEmail('mine')), await proven(newEmail('other'))];
    sit('joined', newEmail('elsewhere'), false);
    const landed = await visit('house', { connect: mine.tokens?.accessToken ?? '' });
    expect((await enter(landed)).userId).toBe(mine.userId);
    const stolen = await visit('house', { connect: other.tokens?.accessToken ?? '' });
    expect(stolen.searchParams.get('error')).toBe('provider-account-already-linked');
  });

  it('hands the app a code for its verifier when it asked with PKCE', async () => {
    sit('pkce', newEmail('pkce'));
    const codeVerifier = randomBytes(32).toString('base64url');
    const landed = await visit('house', {
      codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    });
    expect(landed.searchParams.get('refreshToken')).toBeNull();
    const code = landed.searchParams.get('code');
    expect(await auth.browser().post('/v1/token/exchange', { code, codeVerifier })).toMatchObject({
      status: 200,
      body: { session: { user: { displayName: 'Layla' } } },
    });
  });

  it('gives one session for a code that twenty bring at once, and ends it, for it leaked', async () => {
    sit('raced', newEmail('raced'));
    const codeVerifier = randomBytes(32).toString('base64url');
    const landed = await visit('house', {
      codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    });
    const code = landed.searchParams.get('code');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        auth
          .browser()
          .post<{ session: { accessToken: string } }>('/v1/token/exchange', { code, codeVerifier }),
      ),
    );
    const won = answers.filter(each => each.status === 200);
    expect([won.length, answers.filter(each => each.status === 401).length]).toEqual([1, 19]);
    const holder = auth.browser();
    Object.assign(holder.headers, { authorization: `Bearer ${won[0]?.body.session.accessToken}` });
    expect((await holder.get('/v1/user')).status).toBe(401);
  });

  it('tells sign-up from sign-in', async () => {
    sit('newer', newEmail('newer'));
    expect((await visit('house', {}, 'signup')).searchParams.get('refreshToken')).toEqual(expect.any(String));
    expect((await visit('house', {}, 'signup')).searchParams.get('error')).toBe('user-already-exists');
  });

  it('asks GitHub in its own way', async () => {
    github.user = { ...github.user, id: 3 };
    github.emails = [{ email: newEmail('octo'), primary: true, verified: true }];
    const browser = await enter(await visit('github'));
    expect(browser.tokens?.user).toMatchObject({
      displayName: 'Octavia',
      emailVerified: true,
      avatarUrl: 'https://avatars.test/1',
    });
    expect(github.challenges.at(-1)).toMatch(/^[\w-]{43}$/);
  });

  it('refuses a state that was not given out, was used, or belongs to another provider', async () => {
    const callback = (provider: string, state: string) =>
      auth.browser().get(`/v1/signin/provider/${provider}/callback?code=a-code&state=${state}`);
    expect(await callback('github', 'made-up')).toMatchObject({
      status: 400,
      body: { error: 'invalid-state' },
    });
    const away = await fetch(`${auth.url}/v1/signin/provider/github?redirectTo=${HOME}`, {
      redirect: 'manual',
    });
    const state = new URL(away.headers.get('location') ?? '').searchParams.get('state') ?? '';
    expect((await callback('house', state)).status).toBe(400);
    expect((await callback('github', state)).status).toBe(400);
  });

  describe('a trip', () => {
    /** Goes to the provider and stops at the door on the way back. */
    const untilCallback = (cookies: Cookies, query: Record<string, string> = {}): Promise<URL> =>
      wander(entrance('house', query), `${auth.url}/v1/signin/provider/house/callback`, cookies);
    const finish = (callback: URL, cookies: Cookies): Promise<URL> =>
      wander(callback.href, 'https://app.test', cookies);

    it.each(['has begun none', 'has begun one of their own'])(
      'that an attacker began does not end in the browser of somebody who %s',
      async own => {
        sit('attacker', newEmail('attacker'));
        const theirs: Cookies = new Map();
        const lure = await untilCallback(theirs);
        const victims: Cookies = new Map();
        if (own === 'has begun one of their own') await untilCallback(victims);
        const landed = await finish(lure, victims);
        expect(Object.fromEntries(landed.searchParams)).toEqual({
          error: 'invalid-state',
          errorDescription: expect.any(String),
        });
        const control = await finish(await untilCallback(theirs), theirs);
        expect(control.searchParams.get('refreshToken')).toEqual(expect.any(String));
      },
    );

    it('that an attacker began joins nobody’s provider to the attacker’s account', async () => {
      const attacker = await proven(newEmail('joiner'));
      sit('lured', newEmail('lured'));
      const lure = await untilCallback(new Map(), { connect: attacker.tokens?.accessToken ?? '' });
      expect((await finish(lure, new Map())).searchParams.get('error')).toBe('invalid-state');
      expect((await enter(await visit('house'))).userId).not.toBe(attacker.userId);
    });

    it('is not disturbed by another one in the same browser', async () => {
      sit('tabs', newEmail('tabs'));
      const cookies: Cookies = new Map();
      const tabs = [await untilCallback(cookies), await untilCallback(cookies)];
      for (const tab of tabs)
        expect((await finish(tab, cookies)).searchParams.get('refreshToken')).toEqual(expect.any(String));
    });
  });

  it('comes home with an error when the person refuses, and goes nowhere that is not listed', async () => {
    const cookies: Cookies = new Map();
    const away = await fetch(entrance('github'), { redirect: 'manual' });
    keep(away, cookies);
    const state = new URL(away.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const back = await new Browser(auth.url, { cookie: cookieHeader(cookies) }).get(
      `/v1/signin/provider/github/callback?error=access_denied&state=${state}`,
    );
    expect(back.headers.get('location')).toMatch(/^https:\/\/app\.test\/welcome\?error=oauth-provider-error/);
    expect(await auth.browser().get('/v1/signin/provider/github?redirectTo=https://evil.test')).toMatchObject(
      { status: 400, body: { error: 'redirectTo-not-allowed' } },
    );
    expect(await auth.browser().get('/v1/signin/provider/facebook')).toMatchObject({
      status: 409,
      body: { error: 'disabled-endpoint' },
    });
  });
});
