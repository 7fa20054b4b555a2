import { createRequire } from 'node:module';
import type * as Legacy from '../../../node_modules/@nhost/hasura-auth-js/dist';
import { AuthenticatorApp } from '../../../apps/auth/testing/authenticator-app';
import { newEmail, PASSWORD } from '../../../apps/auth/testing/browser';
import { buttonOf, codeIn, linkIn } from '../../../apps/auth/testing/mailbox';
import { NhostWorld } from './nhost-world';

// The package keeps its types from Node's way of finding them; they are there all the same.
const SDK = '@nhost/hasura-auth-js';
const {
  HasuraAuthClient,
  createEnableMfaMachine,
  generateQrCodePromise,
  activateMfaPromise,
  disableMfaPromise,
} = jest.requireActual<typeof Legacy>(SDK);
/** Runs the machines that the SDK gives to apps, as its own bindings for React and Vue do. */
const { interpret } = createRequire(require.resolve(SDK))('xstate') as typeof import('xstate');

type LegacyClient = Legacy.HasuraAuthClient;

describe('@nhost/hasura-auth-js 2.12, unmodified', () => {
  let world: NhostWorld;

  beforeAll(async () => {
    world = await NhostWorld.open();
  });
  afterAll(() => world.close());

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
      url: world.url,
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
    const answer = await fetch(buttonOf(linkIn(await world.auth.mailbox.next(email))), {
      redirect: 'manual',
    });
    const refreshToken = new URL(answer.headers.get('location') ?? '').searchParams.get('refreshToken') ?? '';
    expect((await made.refreshSession(refreshToken)).session?.user?.email).toBe(email);
    const coded = client();
    await coded.signInEmailOTP(email);
    const otp = codeIn(await world.auth.mailbox.next(email, 2));
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

  it('switches a second factor on, signs in with it, switches it off, and makes a personal token', async () => {
    const email = newEmail('factors');
    const made = await signedUp(email);
    const machine = interpret(createEnableMfaMachine(made.client)).start();
    const { totpSecret } = await generateQrCodePromise(machine);
    const app = new AuthenticatorApp(totpSecret ?? '');
    expect(await activateMfaPromise(machine, app.next())).toMatchObject({ isActivated: true, error: null });
    const asking = client();
    const asked = await asking.signIn({ email, password: PASSWORD });
    expect(asked.mfa?.ticket).toMatch(/^mfaTotp:/);
    const entered = await asking.signIn({ otp: app.next(), ticket: asked.mfa?.ticket });
    expect(entered.session?.user?.email).toBe(email);
    await world.auth.forgetShownCodes();
    const code = new AuthenticatorApp(totpSecret ?? '').next();
    const another = interpret(createEnableMfaMachine(made.client)).start();
    expect(await disableMfaPromise(another, code)).toMatchObject({ isDisabled: true, error: null });
    expect((await client().signIn({ email, password: PASSWORD })).session?.user?.email).toBe(email);
    const { data, error } = await made.createPAT(new Date(Date.now() + 86_400_000), { name: 'robot' });
    expect(error).toBeNull();
    expect((await client().signInPAT(data?.personalAccessToken ?? '')).session?.user?.email).toBe(email);
  });

  it('resets a password, changes one, and changes an address', async () => {
    const [email, newAddress] = [newEmail('reset'), newEmail('moved')];
    const made = await signedUp(email);
    expect((await made.resetPassword({ email })).error).toBeNull();
    const ticket = linkIn(await world.auth.mailbox.next(email)).searchParams.get('ticket') ?? '';
    expect(
      (await client().changePassword({ newPassword: 'a second garden of pears 8', ticket })).error,
    ).toBeNull();
    const again = client();
    await again.signIn({ email, password: 'a second garden of pears 8' });
    expect((await again.changeEmail({ newEmail: newAddress })).error).toBeNull();
    await fetch(buttonOf(linkIn(await world.auth.mailbox.next(newAddress))), { redirect: 'manual' });
    expect((await again.refreshSession()).session?.user?.email).toBe(newAddress);
    expect((await again.sendVerificationEmail({ email: newAddress })).error).toBeNull();
    expect((await again.changePassword({ newPassword: 'a third garden of quinces 9' })).error).toBeNull();
  });

  it('was never answered outside the contract', () => {
    expect(world.witness.breaches).toEqual([]);
  });
});
