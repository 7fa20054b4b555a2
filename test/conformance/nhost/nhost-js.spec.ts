import { createHash, randomBytes } from 'node:crypto';
import * as sdk43 from 'nhost-js-4.3';
import * as sdk47 from 'nhost-js-4.7';
import { Authenticator } from '../../../apps/auth/testing/authenticator';
import { AuthenticatorApp } from '../../../apps/auth/testing/authenticator-app';
import { newEmail, PASSWORD } from '../../../apps/auth/testing/browser';
import { buttonOf, codeIn, linkIn } from '../../../apps/auth/testing/mailbox';
import { codeOf, newPhoneNumber } from '../../../apps/auth/testing/sms-service';
import { cookieHeader, keep, wander, type Cookies } from '../../../apps/auth/testing/wanderer';
import { HOME, NhostWorld } from './nhost-world';

const SDKS = [
  ['4.3.0', sdk43],
  ['4.7.0', sdk47],
] as const;

/** Operations that only the newer SDK asks for. */
const ONLY_NEWER = [
  'signUpPasswordlessEmail',
  'signUpOTPEmail',
  'signUpPasswordlessSms',
  'signUpIdToken',
  'signUpProvider',
  'tokenExchange',
];

describe.each(SDKS)('@nhost/nhost-js %s, unmodified', (version, sdk) => {
  let world: NhostWorld;

  beforeAll(async () => {
    world = await NhostWorld.open({ AUTH_JWT_CUSTOM_CLAIMS: '{"name": "displayName"}' });
  });
  afterAll(() => world.close());

  const client = () => (sdk as typeof sdk47).createClient({ authUrl: world.url });
  type Client = ReturnType<typeof client>;

  const signedUp = async (email = newEmail('sdk')): Promise<Client> => {
    const nhost = client();
    await nhost.auth.signUpEmailPassword({
      email,
      password: PASSWORD,
      options: { displayName: 'Zoë 🌻 ~>' },
    });
    return nhost;
  };

  const landed = async (email: string, count = 1): Promise<URLSearchParams> => {
    const answer = await fetch(buttonOf(linkIn(await world.auth.mailbox.next(email, count))), {
      redirect: 'manual',
    });
    return new URL(answer.headers.get('location') ?? '').searchParams;
  };

  it('signs up, keeps a session whose token it can read, refreshes and signs out', async () => {
    const nhost = await signedUp();
    const session = nhost.getUserSession();
    expect(session?.user?.displayName).toBe('Zoë 🌻 ~>');
    const claims = session?.decodedToken['https://hasura.io/jwt/claims'] as Record<string, unknown>;
    expect(claims['x-hasura-user-id']).toBe(session?.user?.id);
    expect(claims['x-hasura-default-role']).toBe('owner');
    expect(claims['x-hasura-name']).toBe('Zoë 🌻 ~>');
    const renewed = await nhost.refreshSession(0);
    expect(renewed?.refreshToken).not.toBe(session?.refreshToken);
    expect((await nhost.auth.getUser()).body.id).toBe(session?.user?.id);
    expect((await nhost.auth.verifyToken({})).body).toBe('OK');
    expect((await nhost.auth.signOut({ refreshToken: renewed?.refreshToken })).body).toBe('OK');
    await expect(nhost.auth.getUser()).rejects.toMatchObject({ status: 401 });
  });

  it('signs in, is refused with the words of the contract, and reads keys, health and version', async () => {
    const email = newEmail('signin');
    await signedUp(email);
    const nhost = client();
    const wrong = nhost.auth.signInEmailPassword({ email, password: 'not this one at all' });
    await expect(wrong).rejects.toMatchObject({ status: 401, body: { error: 'invalid-email-password' } });
    const { body } = await nhost.auth.signInEmailPassword({ email, password: PASSWORD });
    expect(body.session?.user?.email).toBe(email);
    expect((await nhost.auth.getJWKs()).body.keys).toHaveLength(1);
    expect((await nhost.auth.healthCheckGet()).body).toBe('OK');
    await nhost.auth.healthCheckHead();
    expect((await nhost.auth.getVersion()).body.version).toMatch(/^\d+\./);
  });

  it('switches a second factor on, signs in with it, and switches it off', async () => {
    const email = newEmail('mfa');
    const nhost = await signedUp(email);
    const { totpSecret } = (await nhost.auth.changeUserMfa()).body;
    const app = new AuthenticatorApp(totpSecret);
    await nhost.auth.verifyChangeUserMfa({ code: app.next(), activeMfaType: 'totp' });
    const asked = await client().auth.signInEmailPassword({ email, password: PASSWORD });
    expect(asked.body.session ?? null).toBeNull();
    const ticket = asked.body.mfa?.ticket ?? '';
    const { body } = await client().auth.verifySignInMfaTotp({ ticket, otp: app.next() });
    expect(body.session?.user?.email).toBe(email);
    await world.auth.forgetShownCodes();
    await nhost.auth.verifyChangeUserMfa({
      code: new AuthenticatorApp(totpSecret).next(),
      activeMfaType: '',
    });
    const without = await client().auth.signInEmailPassword({ email, password: PASSWORD });
    expect(without.body.session?.user?.email).toBe(email);
  });

  it('makes a personal access token and signs in with it', async () => {
    const nhost = await signedUp();
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const { personalAccessToken } = (await nhost.auth.createPAT({ expiresAt, metadata: { name: 'robot' } }))
      .body;
    const { body } = await client().auth.signInPAT({ personalAccessToken });
    expect(body.session?.user?.id).toBe(nhost.getUserSession()?.user?.id);
  });

  it('comes in without a name, and takes one', async () => {
    const nhost = client();
    const { body } = await nhost.auth.signInAnonymous();
    expect(body.session?.user?.isAnonymous).toBe(true);
    const email = newEmail('named');
    await nhost.auth.deanonymizeUser({ signInMethod: 'email-password', email, password: PASSWORD });
    const named = await client().auth.signInEmailPassword({ email, password: PASSWORD });
    expect(named.body.session?.user?.id).toBe(body.session?.user?.id);
  });

  it('signs in by a link from a mail, and by a code', async () => {
    const email = newEmail('magic');
    const nhost = client();
    await nhost.auth.signInPasswordlessEmail({ email, options: { displayName: 'Mo' } });
    const { body: session } = await nhost.auth.refreshToken({
      refreshToken: (await landed(email)).get('refreshToken') ?? '',
    });
    expect(session.user).toMatchObject({ email, displayName: 'Mo', emailVerified: true });
    await nhost.auth.signInOTPEmail({ email });
    const otp = codeIn(await world.auth.mailbox.next(email, 2));
    expect((await client().auth.verifySignInOTPEmail({ email, otp })).body.session?.user?.email).toBe(email);
  });

  it('resets and changes a password, confirms an address and changes it', async () => {
    const [email, newAddress] = [newEmail('reset'), newEmail('moved')];
    const nhost = await signedUp(email);
    await nhost.auth.sendPasswordResetEmail({ email, options: { redirectTo: `${HOME}/reset` } });
    const ticket = linkIn(await world.auth.mailbox.next(email)).searchParams.get('ticket') ?? '';
    await client().auth.changeUserPassword({ newPassword: 'a second garden of pears 8', ticket });
    const again = client();
    await again.auth.signInEmailPassword({ email, password: 'a second garden of pears 8' });
    await again.auth.changeUserPassword({ newPassword: 'a third garden of quinces 9' });
    await again.auth.signInEmailPassword({ email, password: 'a third garden of quinces 9' });
    await again.auth.changeUserEmail({ newEmail: newAddress });
    await landed(newAddress);
    expect((await again.auth.getUser()).body).toMatchObject({ email: newAddress, emailVerified: true });
    const other = newEmail('verify');
    await signedUp(other);
    await again.auth.sendVerificationEmail({ email: other });
    expect((await landed(other)).get('type')).toBe('emailVerify');
  });

  it('signs in by a provider, with PKCE where the SDK has it', async () => {
    world.sit('layla');
    const nhost = client();
    if (version === '4.3.0') {
      const home = await wander(nhost.auth.signInProviderURL('google', { redirectTo: HOME }), HOME);
      const { body } = await nhost.auth.refreshToken({
        refreshToken: home.searchParams.get('refreshToken') ?? '',
      });
      expect(body.user?.displayName).toBe('Layla');
      return;
    }
    const verifier = randomBytes(32).toString('base64url');
    const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
    const home = await wander(
      nhost.auth.signInProviderURL('google', { redirectTo: HOME, codeChallenge }),
      HOME,
    );
    expect(home.searchParams.get('refreshToken')).toBeNull();
    const code = home.searchParams.get('code') ?? '';
    const { body } = await nhost.auth.tokenExchange({ code, codeVerifier: verifier });
    expect(body.session?.user?.displayName).toBe('Layla');
    await expect(nhost.auth.tokenExchange({ code, codeVerifier: verifier })).rejects.toMatchObject({
      status: 401,
    });
  });

  it('is let in by Apple, which answers by a form', async () => {
    const away = await fetch(client().auth.signInProviderURL('apple', { redirectTo: HOME }), {
      redirect: 'manual',
    });
    const cookies: Cookies = new Map();
    keep(away, cookies);
    const there = new URL(away.headers.get('location') ?? '').searchParams;
    world.apple.claims = { sub: 'johnny', email: newEmail('johnny'), email_verified: 'true' };
    Object.assign(world.apple.claims, { nonce: there.get('nonce') });
    const back = await fetch(there.get('redirect_uri') ?? '', {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookieHeader(cookies) },
      body: new URLSearchParams({ code: 'a-code', state: there.get('state') ?? '' }),
    });
    const home = new URL(back.headers.get('location') ?? '');
    const refreshToken = home.searchParams.get('refreshToken') ?? '';
    const { body } = await client().auth.refreshToken({ refreshToken });
    expect(body.user?.email).toBe(world.apple.claims['email']);
  });

  it('signs in by an id token, and joins one to an account', async () => {
    const email = newEmail('phone');
    const idToken = await world.appleToken({ sub: 'phone', email, email_verified: true });
    const nhost = client();
    const { body } = await nhost.auth.signInIdToken({ provider: 'apple', idToken });
    expect(body.session?.user?.email).toBe(email);
    const second = await world.appleToken({ sub: 'second', email: newEmail(), email_verified: false });
    expect((await nhost.auth.linkIdToken({ provider: 'apple', idToken: second })).body).toBe('OK');
    const entered = await client().auth.signInIdToken({ provider: 'apple', idToken: second });
    expect(entered.body.session?.user?.email).toBe(email);
  });

  it('signs in by a code from a text message', async () => {
    const [nhost, phoneNumber] = [client(), newPhoneNumber()];
    await nhost.auth.signInPasswordlessSms({ phoneNumber });
    const otp = codeOf(await world.sms.next(phoneNumber));
    const { body } = await nhost.auth.verifySignInPasswordlessSms({ phoneNumber, otp });
    expect(body.session?.user?.phoneNumber).toBe(phoneNumber);
  });

  it('signs up and in with a security key, adds one, and is lifted by it', async () => {
    const [key, email] = [new Authenticator(HOME), newEmail('key')];
    const nhost = client();
    const creation = (await nhost.auth.signUpWebauthn({ email })).body;
    await nhost.auth.verifySignUpWebauthn({ credential: key.create(creation as never) as never });
    const second = client();
    const request = (await second.auth.signInWebauthn({ email })).body;
    await second.auth.verifySignInWebauthn({ credential: key.get(request) as never });
    const lift = (await second.auth.elevateWebauthn()).body;
    await second.auth.verifyElevateWebauthn({ credential: key.get(lift) as never });
    const another = new Authenticator(HOME);
    const addition = (await second.auth.addSecurityKey()).body;
    const { body } = await second.auth.verifyAddSecurityKey({
      credential: another.create(addition as never) as never,
      nickname: 'spare',
    });
    expect(body.nickname).toBe('spare');
  });

  it('signs up by the routes of its own, where it has them', async () => {
    if (version === '4.3.0') return;
    const { auth } = client() as ReturnType<typeof sdk47.createClient>;
    const [linked, coded, foreign] = [newEmail('linked'), newEmail('coded'), newEmail('foreign')];
    await auth.signUpPasswordlessEmail({ email: linked });
    expect((await landed(linked)).get('refreshToken')).toEqual(expect.any(String));
    await auth.signUpOTPEmail({ email: coded });
    const otp = codeIn(await world.auth.mailbox.next(coded));
    expect((await auth.verifySignInOTPEmail({ email: coded, otp })).body.session?.user?.email).toBe(coded);
    const phoneNumber = newPhoneNumber();
    await auth.signUpPasswordlessSms({ phoneNumber });
    expect(codeOf(await world.sms.next(phoneNumber))).toMatch(/^\d{6}$/);
    const idToken = await world.appleToken({ sub: 'foreign', email: foreign, email_verified: true });
    const { body } = await auth.signUpIdToken({ provider: 'apple', idToken });
    expect(body.session?.user?.email).toBe(foreign);
    world.sit('newcomer');
    const home = await wander(auth.signUpProviderURL('google', { redirectTo: HOME }), HOME);
    expect(home.searchParams.get('refreshToken')).toEqual(expect.any(String));
  });

  it('was answered with success on every operation of the contract, and never outside of it', () => {
    const { contract, seen, breaches } = world.witness;
    const asked = contract.operations.filter(id => version === '4.7.0' || !ONLY_NEWER.includes(id));
    expect(breaches).toEqual([]);
    expect(asked.filter(id => !seen.has(id))).toEqual([]);
  });
});

describe('the sign-up routes that only 4.7 has', () => {
  let world: NhostWorld;

  beforeAll(async () => {
    world = await NhostWorld.open({ AUTH_DISABLE_AUTO_SIGNUP: 'true' });
  });
  afterAll(() => world.close());

  it('make accounts where sign-in makes none', async () => {
    const nhost = sdk47.createClient({ authUrl: world.url });
    const { mailbox } = world.auth;
    const [stranger, newcomer, coded] = [newEmail('stranger'), newEmail('newcomer'), newEmail('coded')];
    await nhost.auth.signInPasswordlessEmail({ email: stranger });
    await nhost.auth.signUpPasswordlessEmail({ email: newcomer });
    await nhost.auth.signUpOTPEmail({ email: coded });
    await mailbox.next(newcomer);
    await mailbox.next(coded);
    expect(mailbox.of(stranger)).toHaveLength(0);
    await expect(nhost.auth.signUpOTPEmail({ email: coded })).rejects.toMatchObject({ status: 409 });
    world.sit('unknown');
    const refused = await wander(nhost.auth.signInProviderURL('google', { redirectTo: HOME }), HOME);
    expect(Object.keys(Object.fromEntries(refused.searchParams))).toEqual(['error', 'errorDescription']);
    const made = await wander(nhost.auth.signUpProviderURL('google', { redirectTo: HOME }), HOME);
    expect(made.searchParams.get('refreshToken')).toEqual(expect.any(String));
    expect(world.witness.breaches).toEqual([]);
  });
});
