import type { HasuraAuthClient as LegacyClient } from '../../../node_modules/@nhost/hasura-auth-js/dist';
import { TOTP } from 'otpauth';
import { newEmail, PASSWORD } from '../../../apps/auth/testing/browser';
import { startAuth, type RunningAuth } from '../../../apps/auth/testing/harness';
import { buttonOf, codeIn, linkIn } from '../../../apps/auth/testing/mailbox';
import { Witness } from './witness';

// The package keeps its types from Node's way of finding them; they are there all the same.
const { HasuraAuthClient } = jest.requireActual<{ HasuraAuthClient: typeof LegacyClient }>(
  '@nhost/hasura-auth-js',
);

describe('@nhost/hasura-auth-js 2.12, unmodified', () => {
  let auth: RunningAuth;
  let witness: Witness;
  let url: string;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_CLIENT_URL: 'https://app.test' });
    witness = new Witness(auth.url);
    url = `${await witness.start()}/v1`;
  });
  afterAll(async () => {
    witness.stop();
    await auth.stop();
  });

  const clients: LegacyClient[] = [];
  const storage = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
  };
  const client = (): LegacyClient => {
    const made = new HasuraAuthClient({
      url,
      autoRefreshToken: false,
      autoSignIn: false,
      clientStorageType: 'custom',
      clientStorage: storage(),
    });
    clients.push(made);
    return made;
  };
  afterEach(() => {
    for (const each of clients.splice(0)) each.client.interpreter?.stop();
  });

  const signedUp = async (email: string): Promise<LegacyClient> => {
    const made = client();
    const { error, session } = await made.signUp({
      email,
      password: PASSWORD,
      options: { displayName: 'Ilse', metadata: { shoe: 38 } },
    });
    expect(error).toBeNull();
    expect(session?.user?.email).toBe(email);
    return made;
  };

  it('signs up, signs out, signs in, refreshes, and is told why not', async () => {
    const email = newEmail('legacy');
    const made = await signedUp(email);
    expect(made.isAuthenticated()).toBe(true);
    expect(made.getHasuraClaim('x-hasura-default-role') ?? made.getHasuraClaim('default-role')).toBe('owner');
    expect((await made.signOut()).error).toBeNull();
    const wrong = await made.signIn({ email, password: 'not this one at all' });
    expect(wrong.error).toMatchObject({ status: 401, error: 'invalid-email-password' });
    expect((await made.signIn({ email, password: PASSWORD })).session?.user?.metadata).toEqual({ shoe: 38 });
    const { session } = await made.refreshSession();
    expect(session?.accessToken).toEqual(expect.any(String));
    const taken = await client().signUp({ email, password: PASSWORD });
    expect(taken.error).toMatchObject({ status: 409, error: 'email-already-in-use' });
  });

  it('signs in by link and by code, and without a name', async () => {
    const email = newEmail('passwordless');
    const made = client();
    expect((await made.signIn({ email })).error).toBeNull();
    const answer = await fetch(buttonOf(linkIn(await auth.mailbox.next(email))), { redirect: 'manual' });
    const refreshToken = new URL(answer.headers.get('location') ?? '').searchParams.get('refreshToken') ?? '';
    expect((await made.refreshSession(refreshToken)).session?.user?.email).toBe(email);
    const coded = client();
    await coded.signInEmailOTP(email);
    const otp = codeIn(await auth.mailbox.next(email, 2));
    expect((await coded.verifyEmailOTP(email, otp)).session?.user?.email).toBe(email);
    const visitor = client();
    expect((await visitor.signIn()).session?.user?.isAnonymous).toBe(true);
    expect(
      (
        await visitor.deanonymize({
          signInMethod: 'email-password',
          email: newEmail('named'),
          password: PASSWORD,
        })
      ).error,
    ).toBeNull();
  });

  it('signs in with a second factor and with a personal token', async () => {
    const email = newEmail('factors');
    const made = await signedUp(email);
    const { accessToken } = made.getSession() ?? {};
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const generated = (await (await fetch(`${url}/mfa/totp/generate`, { headers })).json()) as {
      totpSecret: string;
    };
    const codeAt = (step: number): string =>
      new TOTP({ secret: generated.totpSecret }).generate({ timestamp: Date.now() + step * 30_000 });
    await fetch(`${url}/user/mfa`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ code: codeAt(-1), activeMfaType: 'totp' }),
    });
    const asking = client();
    const asked = await asking.signIn({ email, password: PASSWORD });
    expect(asked.mfa?.ticket).toMatch(/^mfaTotp:/);
    expect((await asking.signIn({ otp: codeAt(0), ticket: asked.mfa?.ticket })).session?.user?.email).toBe(
      email,
    );
    const { data, error } = await made.createPAT(new Date(Date.now() + 86_400_000), { name: 'robot' });
    expect(error).toBeNull();
    expect((await client().signInPAT(data?.personalAccessToken ?? '')).session?.user?.email).toBe(email);
  });

  it('resets a password, changes one, and changes an address', async () => {
    const [email, newAddress] = [newEmail('reset'), newEmail('moved')];
    const made = await signedUp(email);
    expect((await made.resetPassword({ email })).error).toBeNull();
    const ticket = linkIn(await auth.mailbox.next(email)).searchParams.get('ticket') ?? '';
    expect(
      (await client().changePassword({ newPassword: 'a second garden of pears 8', ticket })).error,
    ).toBeNull();
    const again = client();
    await again.signIn({ email, password: 'a second garden of pears 8' });
    expect((await again.changeEmail({ newEmail: newAddress })).error).toBeNull();
    await fetch(buttonOf(linkIn(await auth.mailbox.next(newAddress))), { redirect: 'manual' });
    expect((await again.refreshSession()).session?.user?.email).toBe(newAddress);
    expect((await again.sendVerificationEmail({ email: newAddress })).error).toBeNull();
    expect((await again.changePassword({ newPassword: 'a third garden of quinces 9' })).error).toBeNull();
  });

  it('was never answered outside the contract', () => {
    expect(witness.breaches).toEqual([]);
  });
});
