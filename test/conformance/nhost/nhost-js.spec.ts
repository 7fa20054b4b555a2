import { createHash, randomBytes } from 'node:crypto';
import * as sdk43 from 'nhost-js-4.3';
import * as sdk47 from 'nhost-js-4.7';
import { TOTP } from 'otpauth';
import { Authenticator } from '../../../apps/auth/testing/authenticator';
import { newEmail, PASSWORD } from '../../../apps/auth/testing/browser';
import { freePort, startAuth, type RunningAuth } from '../../../apps/auth/testing/harness';
import { buttonOf, codeIn, linkIn } from '../../../apps/auth/testing/mailbox';
import { OpenIdProvider } from '../../../apps/auth/testing/openid-provider';
import { wander } from '../../../apps/auth/testing/wanderer';
import { contractIsThere } from './contract';
import { Witness } from './witness';

const HOME = 'https://app.test';
const SDKS = [
  ['4.3.0', sdk43],
  ['4.7.0', sdk47],
] as const;

describe.each(SDKS)('@nhost/nhost-js %s, unmodified', (version, sdk) => {
  const house = new OpenIdProvider();
  let auth: RunningAuth;
  let witness: Witness;
  let authUrl: string;

  beforeAll(async () => {
    const port = await freePort();
    const issuer = await house.start(`http://127.0.0.1:${port}/v1/signin/provider/google/callback`);
    auth = await startAuth({
      AUTH_PORT: String(port),
      AUTH_CLIENT_URL: HOME,
      AUTH_JWT_CUSTOM_CLAIMS: '{"name": "displayName"}',
      AUTH_PROVIDER_GOOGLE_ENABLED: 'true',
      AUTH_PROVIDER_GOOGLE_CLIENT_ID: 'nself',
      AUTH_PROVIDER_GOOGLE_CLIENT_SECRET: 'a secret between houses',
      AUTH_PROVIDER_GOOGLE_ISSUER: issuer,
    });
    witness = new Witness(auth.url);
    authUrl = `${await witness.start()}/v1`;
  });
  afterAll(async () => {
    witness.stop();
    await auth.stop();
    house.stop();
  });

  const client = () => (sdk as typeof sdk47).createClient({ authUrl });
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
    const answer = await fetch(buttonOf(linkIn(await auth.mailbox.next(email, count))), {
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

  it('switches a second factor on and signs in with it', async () => {
    const email = newEmail('mfa');
    const nhost = await signedUp(email);
    const { totpSecret: secret } = (await nhost.auth.changeUserMfa()).body;
    const codeAt = (step: number): string =>
      new TOTP({ secret }).generate({ timestamp: Date.now() + step * 30_000 });
    await nhost.auth.verifyChangeUserMfa({ code: codeAt(-1), activeMfaType: 'totp' });
    const asked = await client().auth.signInEmailPassword({ email, password: PASSWORD });
    expect(asked.body.session ?? null).toBeNull();
    const ticket = asked.body.mfa?.ticket ?? '';
    const { body } = await client().auth.verifySignInMfaTotp({ ticket, otp: codeAt(0) });
    expect(body.session?.user?.email).toBe(email);
    await nhost.auth.verifyChangeUserMfa({ code: codeAt(1), activeMfaType: '' });
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
    const otp = codeIn(await auth.mailbox.next(email, 2));
    expect((await client().auth.verifySignInOTPEmail({ email, otp })).body.session?.user?.email).toBe(email);
  });

  it('resets and changes a password, confirms an address and changes it', async () => {
    const [email, newAddress] = [newEmail('reset'), newEmail('moved')];
    const nhost = await signedUp(email);
    await nhost.auth.sendPasswordResetEmail({ email, options: { redirectTo: `${HOME}/reset` } });
    const ticket = linkIn(await auth.mailbox.next(email)).searchParams.get('ticket') ?? '';
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
    house.atTheDesk = `layla-${version}`;
    house.people.set(house.atTheDesk, { email: newEmail('layla'), email_verified: true, name: 'Layla' });
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
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const home = await wander(
      nhost.auth.signInProviderURL('google', { redirectTo: HOME, codeChallenge: challenge }),
      HOME,
    );
    expect(home.searchParams.get('refreshToken')).toBeNull();
    const { body } = await nhost.auth.tokenExchange({
      code: home.searchParams.get('code') ?? '',
      codeVerifier: verifier,
    });
    expect(body.session?.user?.displayName).toBe('Layla');
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

  it('was never answered outside the contract', () => {
    expect(witness.breaches).toEqual([]);
    expect(witness.seen.size).toBeGreaterThanOrEqual(contractIsThere ? 30 : 0);
  });
});

describe('the sign-up routes that only 4.7 has', () => {
  let auth: RunningAuth;
  let witness: Witness;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_DISABLE_AUTO_SIGNUP: 'true' });
    witness = new Witness(auth.url);
  });
  afterAll(async () => {
    witness.stop();
    await auth.stop();
  });

  it('make accounts where sign-in makes none', async () => {
    const nhost = sdk47.createClient({ authUrl: `${await witness.start()}/v1` });
    const [stranger, newcomer, coded] = [newEmail('stranger'), newEmail('newcomer'), newEmail('coded')];
    await nhost.auth.signInPasswordlessEmail({ email: stranger });
    await nhost.auth.signUpPasswordlessEmail({ email: newcomer });
    await nhost.auth.signUpOTPEmail({ email: coded });
    await auth.mailbox.next(newcomer);
    await auth.mailbox.next(coded);
    expect(auth.mailbox.of(stranger)).toHaveLength(0);
    await expect(nhost.auth.signUpOTPEmail({ email: coded })).rejects.toMatchObject({ status: 409 });
    expect(witness.breaches).toEqual([]);
  });
});
