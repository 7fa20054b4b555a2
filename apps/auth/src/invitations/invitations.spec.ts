import { newEmail, PASSWORD, type Browser, type Tokens } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';
import { linkIn } from '../../testing/mailbox';

describe('a family, by invitation,', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(async () => {
    await auth.stop();
  });

  it('invites by a link that is good once, and keeps it out of other hands', async () => {
    const [owner, guest, late] = [await auth.newcomer(), await auth.newcomer('guest'), await auth.newcomer()];
    const invited = await owner.post<{ id: string; token: string; url: string }>(
      `/v1/families/${owner.familyId}/invitations`,
      {
        email: guest.tokens?.user.email,
        role: 'ADULT_MEMBER',
      },
    );
    expect(invited.status).toBe(201);
    expect(invited.body.url).toContain(invited.body.token);
    expect(await late.post('/v1/invitations/accept', { token: invited.body.token })).toMatchObject({
      status: 404,
      body: { code: 'INVITATION_INVALID' },
    });
    const accepted = await guest.post<Tokens>('/v1/invitations/accept', { token: invited.body.token });
    expect(accepted).toMatchObject({
      status: 200,
      body: { family: { id: owner.familyId, role: 'ADULT_MEMBER' } },
    });
    expect((await guest.post('/v1/invitations/accept', { token: invited.body.token })).status).toBe(404);
    const list = await owner.get(`/v1/families/${owner.familyId}/invitations`);
    expect(list.body).toMatchObject({ items: [{ id: invited.body.id, state: 'used' }], nextCursor: null });
    expect(JSON.stringify(list.body)).not.toContain(invited.body.token);
  });

  it('invites no address that could end a line of a mail', async () => {
    const owner = await auth.newcomer();
    const path = `/v1/families/${owner.familyId}/invitations`;
    for (const email of ['"a\r\nBcc: b@c.example"@d.example', '"\t"@d.example', 'nobody']) {
      expect((await owner.post(path, { email, role: 'ADULT_MEMBER' })).status).toBe(400);
    }
  });

  it('invites by mail, in the language of the family, by a link that a newcomer signs up with', async () => {
    const owner = await auth.newcomer('inviter');
    await owner.patch(`/v1/families/${owner.familyId}`, { locale: 'de', name: 'Haus am See' });
    const email = newEmail('invited');
    await owner.post(`/v1/families/${owner.familyId}/invitations`, { email, role: 'ADULT_MEMBER' });
    const mail = await auth.mailbox.next(email);
    expect(mail.subject).toContain('Haus am See');
    expect(mail.html).toContain('<html lang="de"');
    const invitation = new URLSearchParams(linkIn(mail).hash.slice(1)).get('token');
    const guest = await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD, invitation });
    expect(guest.tokens?.family).toMatchObject({ id: owner.familyId, role: 'ADULT_MEMBER' });
  });

  it('withdraws an invitation', async () => {
    const [owner, guest] = [await auth.newcomer(), await auth.newcomer()];
    const path = `/v1/families/${owner.familyId}/invitations`;
    const { body } = await owner.post<{ id: string; token: string }>(path, { role: 'YOUTH_MEMBER' });
    expect((await owner.get(`${path}/${body.id}`)).body).toMatchObject({
      state: 'open',
      role: 'YOUTH_MEMBER',
    });
    expect((await owner.delete(`${path}/${body.id}`)).status).toBe(204);
    expect((await owner.get(`${path}/${body.id}`)).body).toMatchObject({ state: 'withdrawn' });
    expect((await guest.get(`${path}/${body.id}`)).status).toBe(404);
    expect((await owner.delete(`${path}/${body.id}`)).status).toBe(404);
    expect((await guest.post('/v1/invitations/accept', { token: body.token })).status).toBe(404);
  });

  it('lets nobody grant more than they hold', async () => {
    const owner = await auth.newcomer();
    const [admin, adult] = [await auth.member(owner, 'ADMIN'), await auth.member(owner, 'ADULT_MEMBER')];
    const path = `/v1/families/${owner.familyId}/invitations`;
    expect((await admin.post(path, { role: 'ADMIN' })).status).toBe(201);
    expect((await admin.post(path, { role: 'OWNER' })).status).toBe(400);
    expect((await adult.post(path, { role: 'CHILD_MEMBER' })).status).toBe(403);
    expect((await adult.get(path)).status).toBe(403);
  });

  it('keeps no door open for whoever was removed: neither their own invitations nor older ones', async () => {
    const owner = await auth.newcomer();
    const [admin, adult] = [await auth.member(owner, 'ADMIN'), await auth.member(owner, 'ADULT_MEMBER')];
    const family = `/v1/families/${owner.familyId}`;
    const invite = async (by: Browser, role: string): Promise<object> => ({
      token: (await by.post<{ token: string }>(`${family}/invitations`, { role })).body.token,
    });
    const [own, older] = [await invite(admin, 'ADMIN'), await invite(owner, 'ADULT_MEMBER')];
    for (const { userId } of [admin, adult]) await owner.delete(`${family}/members/${userId}`);
    for (const person of [admin, adult])
      await person.enter('/v1/auth/refresh', { refreshToken: person.tokens?.refreshToken });
    expect((await admin.post('/v1/invitations/accept', own)).status).toBe(404);
    expect((await (await auth.newcomer()).post('/v1/invitations/accept', own)).status).toBe(404);
    expect((await adult.post('/v1/invitations/accept', older)).status).toBe(404);
    expect((await (await auth.newcomer()).post('/v1/invitations/accept', older)).status).toBe(200);
    expect((await adult.post('/v1/invitations/accept', await invite(owner, 'CHILD_MEMBER'))).status).toBe(
      200,
    );
  });

  it('takes no role from an invitation that whoever invited could no longer give', async () => {
    const owner = await auth.newcomer();
    const admin = await auth.member(owner, 'ADMIN');
    const family = `/v1/families/${owner.familyId}`;
    const { body } = await admin.post<{ token: string }>(`${family}/invitations`, { role: 'CHILD_MEMBER' });
    await owner.patch(`${family}/members/${admin.userId}`, { role: 'ADULT_MEMBER' });
    const guest = await auth.newcomer();
    expect(await guest.post('/v1/invitations/accept', { token: body.token })).toMatchObject({
      status: 404,
      body: { code: 'INVITATION_INVALID' },
    });
  });
});
