import { Client } from 'pg';
import type { Browser } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';

describe('families', () => {
  let auth: RunningAuth;
  let database: Client;

  beforeAll(async () => {
    auth = await startAuth();
    database = new Client({ connectionString: auth.database.ownerUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await auth.stop();
  });

  const auditTypes = async (familyId: string): Promise<string[]> => {
    const { rows } = await database.query<{ type: string }>(
      'select type from ops.audit_events where family_id = $1 order by sequence',
      [familyId],
    );
    return rows.map(row => row.type);
  };

  it('founds a second family and switches to it', async () => {
    const browser = await auth.newcomer();
    const home = browser.familyId;
    const made = await browser.post<{ id: string }>('/v1/families', {
      name: 'Summer house',
      timeZone: 'Europe/Berlin',
    });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Summer house', role: 'OWNER', timeZone: 'Europe/Berlin' },
    });
    expect((await browser.get(`/v1/families/${made.body.id}`)).status).toBe(404);
    await browser.enter(`/v1/families/${made.body.id}/switch`);
    expect((await browser.get(`/v1/families/${made.body.id}`)).body).toMatchObject({ name: 'Summer house' });
    expect((await browser.get(`/v1/families/${home}`)).status).toBe(404);
    const { body } = await browser.get<{ items: { id: string }[] }>('/v1/families');
    expect(body.items.map(each => each.id)).toEqual([home, made.body.id]);
    expect(await auditTypes(made.body.id)).toEqual(['family.created', 'family.switched']);
  });

  it('refuses a switch to a family of others', async () => {
    const [amina, bilal] = [await auth.newcomer(), await auth.newcomer()];
    expect(await bilal.post(`/v1/families/${amina.familyId}/switch`)).toMatchObject({
      status: 403,
      body: { code: 'NOT_A_MEMBER' },
    });
  });

  it('changes name and settings, by its stewards only', async () => {
    const owner = await auth.newcomer();
    const adult = await auth.member(owner, 'ADULT_MEMBER');
    expect((await adult.patch(`/v1/families/${owner.familyId}`, { name: 'Mine now' })).status).toBe(403);
    const changed = await owner.patch(`/v1/families/${owner.familyId}`, {
      name: 'The Khaleds',
      settings: { theme: 'olive' },
    });
    expect(changed).toMatchObject({
      status: 200,
      body: { name: 'The Khaleds', settings: { theme: 'olive' } },
    });
  });

  it('protects owners: an admin cannot touch one, and the last one can neither leave nor be demoted', async () => {
    const owner = await auth.newcomer();
    const admin = await auth.member(owner, 'ADMIN');
    const members = `/v1/families/${owner.familyId}/members`;
    expect((await admin.delete(`${members}/${owner.userId}`)).status).toBe(403);
    expect((await admin.patch(`${members}/${owner.userId}`, { state: 'suspended' })).status).toBe(403);
    expect((await admin.patch(`${members}/${admin.userId}`, { role: 'OWNER' })).status).toBe(403);
    expect(await owner.post(`/v1/families/${owner.familyId}/leave`)).toMatchObject({
      status: 409,
      body: { code: 'LAST_OWNER' },
    });
    expect(await owner.patch(`${members}/${owner.userId}`, { role: 'ADMIN' })).toMatchObject({
      status: 409,
      body: { code: 'LAST_OWNER' },
    });
  });

  it('hands the family over', async () => {
    const owner = await auth.newcomer();
    const heir = await auth.member(owner, 'ADULT_MEMBER');
    expect((await heir.post(`/v1/families/${owner.familyId}/transfer`, { userId: heir.userId })).status).toBe(
      403,
    );
    expect(
      (await owner.post(`/v1/families/${owner.familyId}/transfer`, { userId: heir.userId })).status,
    ).toBe(204);
    expect((await heir.get('/v1/auth/me')).status).toBe(401);
    await heir.enter('/v1/auth/refresh', { refreshToken: heir.tokens?.refreshToken });
    expect(heir.tokens?.family?.role).toBe('OWNER');
    expect((await owner.get('/v1/auth/me')).status).toBe(401);
    await owner.enter('/v1/auth/refresh', { refreshToken: owner.tokens?.refreshToken });
    expect(owner.tokens?.family?.role).toBe('ADMIN');
  });

  it('hands the family over to one heir only, also when two are named at once', async () => {
    const owner = await auth.newcomer();
    const heirs = [
      await auth.member(owner, 'ADULT_MEMBER'),
      await auth.member(owner, 'ADULT_MEMBER'),
      await auth.member(owner, 'ADMIN'),
    ];
    const answers = await Promise.all(
      heirs.map(({ userId }) => owner.post(`/v1/families/${owner.familyId}/transfer`, { userId })),
    );
    expect(answers.filter(each => each.status === 204)).toHaveLength(1);
    const { rows } = await database.query(
      `select from family_members where family_id = $1 and role = 'OWNER'`,
      [owner.familyId],
    );
    expect(rows).toHaveLength(1);
  });

  it('is left by whoever wants to, whose tokens are refused at once', async () => {
    const owner = await auth.newcomer();
    const adult = await auth.member(owner, 'ADULT_MEMBER');
    expect((await adult.post(`/v1/families/${owner.familyId}/leave`)).status).toBe(204);
    expect((await adult.get(`/v1/families/${owner.familyId}`)).status).toBe(401);
    await adult.enter('/v1/auth/refresh', { refreshToken: adult.tokens?.refreshToken });
    expect(adult.tokens?.family).toBeNull();
    expect((await adult.post(`/v1/families/${owner.familyId}/switch`)).status).toBe(403);
    const { body } = await owner.get<{ items: { userId: string; state: string }[] }>(
      `/v1/families/${owner.familyId}/members`,
    );
    expect(body.items.filter(each => each.userId === adult.userId && each.state === 'active')).toEqual([]);
  });

  it('writes every change into its trail', async () => {
    const owner = await auth.newcomer();
    const path = `/v1/families/${owner.familyId}`;
    const [adult, heir, gone] = [
      await auth.member(owner, 'ADULT_MEMBER'),
      await auth.member(owner, 'ADULT_MEMBER'),
      await auth.member(owner, 'CHILD_MEMBER'),
    ];
    const invited = await owner.post<{ id: string }>(`${path}/invitations`, { role: 'CHILD_MEMBER' });
    await owner.delete(`${path}/invitations/${invited.body.id}`);
    await owner.patch(path, { name: 'Another name' });
    await owner.patch(`${path}/members/${heir.userId}`, { role: 'ADMIN' });
    await owner.patch(`${path}/members/${heir.userId}`, { state: 'suspended' });
    await owner.patch(`${path}/members/${heir.userId}`, { state: 'active' });
    await owner.delete(`${path}/members/${gone.userId}`);
    await adult.post(`${path}/leave`);
    await owner.post(`${path}/transfer`, { userId: heir.userId });
    expect(new Set(await auditTypes(owner.familyId))).toEqual(
      new Set([
        'account.created',
        'sign_in.succeeded',
        'family.created',
        'invitation.created',
        'invitation.accepted',
        'member.joined',
        'invitation.revoked',
        'family.changed',
        'member.role_changed',
        'member.state_changed',
        'member.removed',
        'member.left',
        'family.transferred',
      ]),
    );
  });

  it('refuses the old token when a role changes, and the new one holds the new role', async () => {
    const owner = await auth.newcomer();
    const adult = await auth.member(owner, 'ADULT_MEMBER');
    const path = `/v1/families/${owner.familyId}/members/${adult.userId}`;
    expect(await owner.patch(path, { role: 'YOUTH_MEMBER' })).toMatchObject({
      status: 200,
      body: { role: 'YOUTH_MEMBER' },
    });
    expect((await adult.get('/v1/auth/me')).status).toBe(401);
    await adult.enter('/v1/auth/refresh', { refreshToken: adult.tokens?.refreshToken });
    expect(adult.tokens?.family).toMatchObject({ id: owner.familyId, role: 'YOUTH_MEMBER' });
  });

  it('refuses a removed member at once, keeps the account, and tells the trail', async () => {
    const owner = await auth.newcomer();
    const adult = await auth.member(owner, 'ADULT_MEMBER');
    expect((await owner.delete(`/v1/families/${owner.familyId}/members/${adult.userId}`)).status).toBe(204);
    expect((await adult.get(`/v1/families/${owner.familyId}`)).status).toBe(401);
    await adult.enter('/v1/auth/refresh', { refreshToken: adult.tokens?.refreshToken });
    expect(adult.tokens?.family).toBeNull();
    expect((await adult.post(`/v1/families/${owner.familyId}/switch`)).status).toBe(403);
    expect(await auditTypes(owner.familyId)).toEqual(
      expect.arrayContaining(['family.created', 'invitation.created', 'member.joined', 'member.removed']),
    );
  });

  it('suspends a member and takes them back', async () => {
    const owner = await auth.newcomer();
    const youth = await auth.member(owner, 'YOUTH_MEMBER');
    const path = `/v1/families/${owner.familyId}/members/${youth.userId}`;
    await owner.patch(path, { state: 'suspended' });
    expect((await youth.get('/v1/auth/me')).status).toBe(401);
    await youth.enter('/v1/auth/refresh', { refreshToken: youth.tokens?.refreshToken });
    expect(youth.tokens?.family).toBeNull();
    await owner.patch(path, { state: 'active' });
    await youth.enter(`/v1/families/${owner.familyId}/switch`);
    expect(youth.tokens?.family?.role).toBe('YOUTH_MEMBER');
  });

  it('shows its stewards the sessions that speak for it, and lets them end those of others', async () => {
    const owner = await auth.newcomer();
    const [admin, adult] = [await auth.member(owner, 'ADMIN'), await auth.member(owner, 'ADULT_MEMBER')];
    const path = `/v1/families/${owner.familyId}/sessions`;
    expect((await adult.get(path)).status).toBe(403);
    const { body } = await admin.get<{ items: { id: string; userId: string }[] }>(path);
    const idOf = (person: Browser): string =>
      body.items.find(each => each.userId === person.userId)?.id ?? '';
    expect(body.items).toHaveLength(3);
    expect((await admin.delete(`${path}/${idOf(owner)}`)).status).toBe(403);
    expect((await admin.delete(`${path}/${idOf(adult)}`)).status).toBe(204);
    expect((await adult.get('/v1/auth/me')).status).toBe(401);
    expect((await (await auth.newcomer()).delete(`${path}/${idOf(owner)}`)).status).toBe(404);
  });

  it('tells its trail which steward ended the session of whom', async () => {
    const owner = await auth.newcomer();
    const adult = await auth.member(owner, 'ADULT_MEMBER');
    const path = `/v1/families/${owner.familyId}/sessions`;
    const { body } = await owner.get<{ items: { id: string; userId: string }[] }>(path);
    const { id } = body.items.find(each => each.userId === adult.userId) ?? { id: '' };
    await owner.delete(`${path}/${id}`);
    const { rows } = await database.query(
      `select e.subject_id, e.new_state, e.actor_id = f.actor_id as by_owner
       from   ops.audit_events e
       join   ops.audit_events f on f.family_id = e.family_id and f.type = 'family.created'
       where  e.family_id = $1 and e.type = 'session.ended'`,
      [owner.familyId],
    );
    expect(rows).toEqual([{ subject_id: id, new_state: { reason: 'ended_by_admin' }, by_owner: true }]);
  });

  it('pages through members', async () => {
    const owner = await auth.newcomer();
    for (const role of ['ADMIN', 'CHILD_MEMBER']) await auth.member(owner, role);
    const path = `/v1/families/${owner.familyId}/members`;
    const first = await owner.get<{ items: { role: string }[]; nextCursor: string }>(`${path}?limit=2`);
    const second = await owner.get<{ items: { role: string }[]; nextCursor: null }>(
      `${path}?limit=2&cursor=${first.body.nextCursor}`,
    );
    expect([...first.body.items, ...second.body.items].map(each => each.role)).toEqual([
      'OWNER',
      'ADMIN',
      'CHILD_MEMBER',
    ]);
    expect(second.body.nextCursor).toBeNull();
    for (const [list, position] of [
      ['members', ['never', 'nobody']],
      ['invitations', ['nothing']],
    ] as const) {
      const cursor = Buffer.from(JSON.stringify(position)).toString('base64url');
      expect((await owner.get(`/v1/families/${owner.familyId}/${list}?cursor=${cursor}`)).status).toBe(400);
    }
    expect((await owner.get(`${path}?cursor=nonsense`)).status).toBe(400);
  });

  it('answers 404 for a family of others on every route', async () => {
    const [amina, bilal] = [await auth.newcomer(), await auth.newcomer()];
    const path = `/v1/families/${amina.familyId}`;
    const answers = await Promise.all([
      bilal.get(path),
      bilal.patch(path, { name: 'x' }),
      bilal.get(`${path}/members`),
      bilal.patch(`${path}/members/${amina.userId}`, { role: 'ADMIN' }),
      bilal.delete(`${path}/members/${amina.userId}`),
      bilal.post(`${path}/invitations`, { role: 'ADMIN' }),
      bilal.get(`${path}/invitations`),
      bilal.post(`${path}/leave`),
      bilal.post(`${path}/transfer`, { userId: bilal.userId }),
    ]);
    expect(answers.map(each => each.status)).toEqual(Array(answers.length).fill(404));
  });
});
