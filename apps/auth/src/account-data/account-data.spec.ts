import { Client } from 'pg';
import { Authenticator } from '../../testing/authenticator';
import { newEmail, PASSWORD, type Browser } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';

const ORIGIN = 'https://app.test';

describe('the data of a person', () => {
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

  const newcomer = (invitation?: string): Promise<Browser> =>
    auth.browser().enter('/v1/auth/register', { email: newEmail('data'), password: PASSWORD, invitation });

  async function invitation(owner: Browser): Promise<string> {
    const invited = await owner.post<{ token: string }>(`/v1/families/${owner.familyId}/invitations`, {
      role: 'ADULT_MEMBER',
    });
    return invited.body.token;
  }

  const member = async (owner: Browser): Promise<Browser> => newcomer(await invitation(owner));

  const count = async (from: string, id: string): Promise<number> =>
    Number((await database.query<{ count: string }>(`select count(*) from ${from}`, [id])).rows[0]?.count);

  it('is taken along whole: account, roles, families, keys, tokens and sessions, and no secret of them', async () => {
    const [person, key] = [await newcomer(), new Authenticator(ORIGIN)];
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    await person.post('/v1/pat', { expiresAt, metadata: { name: 'script' } });
    const creation = await person.post('/v1/user/webauthn/add');
    await person.post('/v1/user/webauthn/verify', {
      credential: key.create(creation.body as never),
      nickname: 'blue key',
    });
    const { status, headers, body } = await person.get('/v1/account/export');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(body).toMatchObject({
      format: 'nself account export',
      account: [{ id: person.userId, email: person.tokens?.user.email }],
      roles: expect.arrayContaining([expect.objectContaining({ role: 'user' })]),
      families: [{ id: person.familyId, role: 'OWNER' }],
      securityKeys: [{ nickname: 'blue key' }],
      personalTokens: [{ metadata: { name: 'script' } }],
      sessions: [{ agent: expect.any(String) }],
    });
    expect(JSON.stringify(body)).not.toMatch(/argon2|password|hash|secret|public_key/i);
    expect(
      await count(
        `ops.audit_events where type = 'account.exported' and actor_id is not null and $1 <> ''`,
        'x',
      ),
    ).toBe(1);
  });

  it('is deleted with the family of one, by mail and trail known, and nothing of it opens a door', async () => {
    const person = await newcomer();
    const { email } = person.tokens?.user ?? { email: '' };
    const refreshToken = person.tokens?.refreshToken;
    expect((await person.delete('/v1/account')).status).toBe(204);
    expect((await person.get('/v1/auth/me')).status).toBe(401);
    expect((await auth.browser().post('/v1/auth/refresh', { refreshToken })).status).toBe(401);
    expect((await auth.browser().post('/v1/auth/login', { email, password: PASSWORD })).status).toBe(401);
    expect(await count('auth.users where id = $1', person.userId)).toBe(0);
    expect(await count('families where id = $1', person.familyId)).toBe(0);
    expect(await count('auth.sessions where user_id = $1', person.userId)).toBe(0);
    expect((await auth.mailbox.next(email)).subject).toEqual(expect.any(String));
    await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
  });

  it('leaves a family of others without its former member, and with what is the family’s', async () => {
    const owner = await newcomer();
    const adult = await member(owner);
    expect((await adult.delete('/v1/account')).status).toBe(204);
    expect(await count('families where id = $1', owner.familyId)).toBe(1);
    expect(await count(`family_members where user_id = $1 and state = 'active'`, adult.userId)).toBe(0);
    expect((await owner.get('/v1/auth/me')).status).toBe(200);
  });

  it('is not deleted while others need it as their only owner', async () => {
    const owner = await newcomer();
    const [heir, elsewhere] = [await member(owner), await newcomer()];
    await owner.enter('/v1/invitations/accept', { token: await invitation(elsewhere) });
    await owner.enter(`/v1/families/${heir.familyId}/switch`);
    expect(await owner.delete('/v1/account')).toMatchObject({ status: 409, body: { code: 'LAST_OWNER' } });
    expect((await owner.get('/v1/auth/me')).status).toBe(200);
    const { body: me } = await owner.get<{ families: { id: string }[] }>('/v1/auth/me');
    expect(me.families.map(family => family.id)).toContain(elsewhere.familyId);
    await owner.post(`/v1/families/${owner.familyId}/transfer`, { userId: heir.userId });
    await owner.enter('/v1/auth/refresh', { refreshToken: owner.tokens?.refreshToken });
    expect((await owner.delete('/v1/account')).status).toBe(204);
  });
});
