import { createHash, randomBytes } from 'node:crypto';
import type { HasuraAuthClient as LegacyClient } from '../../../node_modules/@nhost/hasura-auth-js/dist';
import { Authenticator } from '../../../apps/auth/testing/authenticator';
import { newEmail, PASSWORD } from '../../../apps/auth/testing/browser';
import { codeOf, newPhoneNumber } from '../../../apps/auth/testing/sms-service';
import { wander } from '../../../apps/auth/testing/wanderer';
import { BrowserWindow } from './browser-window';
import { HOME, NhostWorld } from './nhost-world';

describe('@nhost/hasura-auth-js 2.12 in a browser, unmodified', () => {
  const window = new BrowserWindow(`${HOME}/`);
  const open: LegacyClient[] = [];
  let world: NhostWorld;
  let url: string;
  let uninstall: () => void;
  let HasuraAuthClient: typeof LegacyClient;

  beforeAll(async () => {
    world = await NhostWorld.open();
    ({ url } = world);
    uninstall = window.install();
    // The package looks for a window when it is loaded, so it is loaded only now.
    ({ HasuraAuthClient } = jest.requireActual('@nhost/hasura-auth-js'));
  });
  afterAll(async () => {
    uninstall();
    await world.close();
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.client.interpreter?.stop();
    window.forget();
    window.location.href = `${HOME}/`;
  });

  /** A page that has just been loaded: the SDK reads address and store. */
  async function load(): Promise<LegacyClient> {
    const made = new HasuraAuthClient({ url, autoRefreshToken: false });
    open.push(made);
    await made.isAuthenticatedAsync();
    return made;
  }

  async function signedUp(email = newEmail('browser')): Promise<LegacyClient> {
    const page = await load();
    const { error, session } = await page.signUp({ email, password: PASSWORD });
    expect([error, session?.user?.email]).toEqual([null, email]);
    return page;
  }

  /** Follows the address bar to wherever it leads, and loads the page there. */
  async function follow(): Promise<LegacyClient> {
    window.location.href = (await wander(window.location.href, HOME)).href;
    return load();
  }

  it('goes to a provider, comes home signed in, cleans the address bar, and stays signed in over a reload', async () => {
    const email = world.sit('layla');
    await (await load()).signIn({ provider: 'google', options: { redirectTo: '/welcome' } });
    expect(window.location.href).toContain(`${url}/signin/provider/google?`);
    const home = await follow();
    expect(home.getUser()).toMatchObject({ email, displayName: 'Layla', emailVerified: true });
    expect(window.location.href).toBe(`${HOME}/welcome`);
    const reloaded = await load();
    expect(reloaded.getUser()?.email).toBe(email);
    expect((await reloaded.signOut()).error).toBeNull();
    expect((await load()).isAuthenticated()).toBe(false);
  });

  it('comes home with a code for its verifier when the app asks with PKCE', async () => {
    const email = world.sit('pkce');
    const codeVerifier = randomBytes(32).toString('base64url');
    const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
    // 2.12 has no word for PKCE, but hands every option on.
    await (await load()).signIn({ provider: 'google', options: { codeChallenge } as object });
    const home = await wander(window.location.href, HOME);
    expect(home.searchParams.get('refreshToken')).toBeNull();
    const exchanged = await fetch(`${url}/token/exchange`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: home.searchParams.get('code'), codeVerifier }),
    });
    const { session } = (await exchanged.json()) as Parameters<LegacyClient['initWithSession']>[0];
    const page = new HasuraAuthClient({ url, autoRefreshToken: false, start: false });
    open.push(page);
    await page.initWithSession({ session });
    expect(page.getUser()?.email).toBe(email);
  });

  it('hears why it was not let in: an address that the provider does not vouch for is joined to nothing', async () => {
    const email = world.sit('unvouched', false);
    await (await signedUp(email)).signOut();
    await (await load()).signIn({ provider: 'google' });
    const home = await follow();
    expect(home.isAuthenticated()).toBe(false);
    expect(window.location.searchParams.get('error')).toBe('email-already-in-use');
  });

  it('connects a provider to whoever is signed in', async () => {
    const page = await signedUp();
    const id = page.getUser()?.id;
    world.sit('connected', false);
    await page.connectProvider({ provider: 'google' });
    expect((await follow()).getUser()?.id).toBe(id);
  });

  it('signs in by an id token, and joins one to an account', async () => {
    const claims = { sub: 'phone', email: newEmail('phone'), email_verified: true, nonce: 'once' };
    const idToken = await world.appleToken(claims);
    const page = await load();
    const entered = await page.signInIdToken({ provider: 'apple', idToken, nonce: 'once' });
    expect(entered.error).toBeNull();
    expect(page.getUser()?.email).toBe(claims.email);
    const other = await world.appleToken({ sub: 'second', nonce: 'twice' });
    expect((await page.linkIdToken({ provider: 'apple', idToken: other, nonce: 'twice' })).error).toBeNull();
  });

  it('signs in by a code from a text message', async () => {
    const page = await load();
    const phoneNumber = newPhoneNumber();
    expect((await page.signIn({ phoneNumber })).error).toBeNull();
    const otp = codeOf(await world.sms.next(phoneNumber));
    const { error } = await page.signIn({ phoneNumber, otp });
    expect([error, page.getUser()?.phoneNumber]).toEqual([null, phoneNumber]);
  });

  it('signs up and in with a security key, adds one, and is lifted by it', async () => {
    const [key, spare, email] = [new Authenticator(HOME), new Authenticator(HOME), newEmail('key')];
    window.plugIn(key);
    const page = await load();
    const options = { displayName: 'Sami', locale: 'de', nickname: 'blue key' };
    const made = await page.signUp({ email, securityKey: true, options });
    expect(made.error).toBeNull();
    expect(page.getUser()).toMatchObject({ email, displayName: 'Sami', locale: 'de' });
    await page.signOut();
    expect((await page.signIn({ email, securityKey: true })).error).toBeNull();
    await page.signOut();
    expect((await page.signInSecurityKey()).session?.user?.email).toBe(email);
    expect((await page.addSecurityKey('spare')).error).toMatchObject({ status: 403 });
    expect(await page.elevateEmailSecurityKey(email)).toMatchObject({ elevated: true, error: null });
    expect(page.getHasuraClaim('x-hasura-auth-elevated')).toBe(page.getUser()?.id);
    window.plugIn(spare);
    expect((await page.addSecurityKey('spare')).key).toMatchObject({ nickname: 'spare' });
    await page.signOut();
    expect((await page.signInSecurityKey()).session?.user?.email).toBe(email);
  });

  it('was never answered outside the contract', () => {
    expect(world.witness.breaches).toEqual([]);
  });
});
