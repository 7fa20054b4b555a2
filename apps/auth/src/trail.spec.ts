import { Client } from 'pg';
import { Authenticator } from '../testing/authenticator';
import { AuthenticatorApp } from '../testing/authenticator-app';
import { newEmail, PASSWORD, type Browser } from '../testing/browser';
import { startAuth, type RunningAuth } from '../testing/harness';
import { buttonOf, linkIn } from '../testing/mailbox';

const ORIGIN = 'https://app.test';
const soon = (): string => new Date(Date.now() + 3_600_000).toISOString();

/** What somebody does to their account, and the words that the trail has for it afterwards. */
const DEEDS: Record<string, [did: (person: Browser, auth: RunningAuth) => Promise<unknown>, told: string[]]> =
  {
    'makes and takes back a personal token': [
      async person => {
        const { body } = await person.post<{ id: string }>('/v1/pat', { expiresAt: soon() });
        return person.delete(`/v1/pat/${body.id}`);
      },
      ['api_key.created', 'api_key.revoked'],
    ],
    'changes the password': [
      person => person.post('/v1/user/password', { newPassword: 'a garden full of oranges 8' }),
      ['password.changed'],
    ],
    'resets the password': [
      async (person, auth) => {
        const { email } = person.tokens?.user ?? { email: '' };
        await auth.browser().post('/v1/user/password/reset', { email });
        const ticket = linkIn(await auth.mailbox.next(email)).searchParams.get('ticket');
        return auth.browser().post('/v1/user/password', { newPassword: 'a garden of oranges 9', ticket });
      },
      ['password.changed', 'session.ended'],
    ],
    'takes another address': [
      async (person, auth) => {
        const address = newEmail('other');
        await person.post('/v1/user/email/change', { newEmail: address });
        return fetch(buttonOf(linkIn(await auth.mailbox.next(address))), { redirect: 'manual' });
      },
      ['account.changed', 'sign_in.succeeded'],
    ],
    'switches an app for codes on and off, and asks for recovery codes': [
      async (person, auth) => {
        const { body } = await person.get<{ totpSecret: string }>('/v1/mfa/totp/generate');
        const app = new AuthenticatorApp(body.totpSecret);
        await person.post('/v1/user/mfa', { code: app.next(), activeMfaType: 'totp' });
        await person.post('/v1/auth/mfa/recovery-codes');
        await auth.forgetShownCodes();
        return person.post('/v1/user/mfa', { code: app.next(), activeMfaType: '' });
      },
      ['factor.added', 'factor.added', 'factor.removed'],
    ],
    'adds a security key': [
      async person => {
        const creation = await person.post('/v1/user/webauthn/add');
        const credential = new Authenticator(ORIGIN).create(creation.body as never);
        return person.post('/v1/user/webauthn/verify', { credential, nickname: 'blue key' });
      },
      ['factor.added'],
    ],
    'signs out everywhere': [person => person.post('/v1/auth/logout', { all: true }), ['session.ended']],
    'asks for everything that is kept': [person => person.get('/v1/account/export'), ['account.exported']],
    'deletes the account': [person => person.delete('/v1/account'), ['account.deleted', 'family.deleted']],
  };

describe('the trail', () => {
  let auth: RunningAuth;
  let database: Client;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_CLIENT_URL: ORIGIN });
    database = new Client({ connectionString: auth.database.ownerUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await auth.stop();
  });

  const events = async (): Promise<{ id: string; type: string }[]> =>
    (await database.query<{ id: string; type: string }>('select id, type from ops.audit_events')).rows;

  /** The words of all new events, whoever they are about: one thing happens here at a time. */
  async function toldOf(deed: () => Promise<unknown>): Promise<string[]> {
    const before = new Set((await events()).map(({ id }) => id));
    await deed();
    return (await events()).flatMap(({ id, type }) => (before.has(id) ? [] : [type])).sort();
  }

  it.each(Object.entries(DEEDS))('has it when somebody %s', async (_, [did, told]) => {
    const person = await auth
      .browser()
      .enter('/v1/auth/register', { email: newEmail('trail'), password: PASSWORD });
    expect(await toldOf(() => did(person, auth))).toEqual([...told].sort());
  });

  it('has it when a visitor becomes somebody', async () => {
    const visitor = auth.browser();
    const { body } = await visitor.post<{ session: { accessToken: string } }>('/v1/signin/anonymous');
    Object.assign(visitor.headers, { authorization: `Bearer ${body.session.accessToken}` });
    const wish = { signInMethod: 'email-password', email: newEmail('visitor'), password: PASSWORD };
    expect(await toldOf(() => visitor.post('/v1/user/deanonymize', wish))).toEqual([
      'account.changed',
      'family.created',
    ]);
  });
});
