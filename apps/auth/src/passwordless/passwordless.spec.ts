import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { Client } from 'pg';
import { Browser, newEmail, PASSWORD, type Tokens } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';
import { buttonOf, codeIn, linkIn } from '../../testing/mailbox';
import { codeOf, newPhoneNumber, SmsService } from '../../testing/sms-service';
import { TicketOffice } from '../tickets';

describe('signing in without a password', () => {
  const sms = new SmsService();
  let auth: RunningAuth;
  let database: Client;

  beforeAll(async () => {
    auth = await startAuth({
      AUTH_SMS_URL: await sms.start(),
      AUTH_SMS_TOKEN: SmsService.TOKEN,
      AUTH_LOCKOUT_ATTEMPTS: '0',
    });
    database = new Client({ connectionString: auth.database.ownerUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await auth.stop();
    sms.stop();
  });

  const follow = async (link: URL): Promise<URLSearchParams> => {
    const { headers } = await fetch(buttonOf(link), { redirect: 'manual' });
    return new URL(headers.get('location') ?? '').searchParams;
  };

  describe('by a link', () => {
    it('makes an account on the way and signs it in, once', async () => {
      const email = newEmail('magic');
      const asked = await auth
        .browser()
        .post('/v1/signin/passwordless/email', { email, options: { displayName: 'Mira', locale: 'de' } });
      expect(asked).toMatchObject({ status: 200, body: 'OK' });
      const mail = await auth.mailbox.next(email);
      expect(mail.subject).toBe('Dein Link zum Anmelden');
      const landed = await follow(linkIn(mail));
      const browser = await auth
        .browser()
        .enter('/v1/auth/refresh', { refreshToken: landed.get('refreshToken') });
      expect(browser.tokens).toMatchObject({
        user: { email, emailVerified: true, displayName: 'Mira' },
        family: { role: 'OWNER' },
      });
      expect((await follow(linkIn(mail))).get('error')).toBe('invalid-ticket');
    });

    it('of which several may be alive: each is good once and for nothing else, and only a digest is kept', async () => {
      const email = newEmail('several');
      const links: URL[] = [];
      for (const count of [1, 2]) {
        await auth.browser().post('/v1/signin/passwordless/email', { email });
        links.push(linkIn(await auth.mailbox.next(email, count)));
      }
      const tickets = links.map(link => link.searchParams.get('ticket') ?? '');
      expect(new Set(tickets).size).toBe(2);
      const kept = JSON.stringify(await database.query('select * from auth.tickets'));
      for (const ticket of tickets) {
        expect(kept).not.toContain(ticket.split(':')[1]);
        const asReset = ticket.replace(/^\w+:/, 'passwordReset:');
        expect(
          await auth.browser().post('/v1/user/password', { newPassword: PASSWORD, ticket: asReset }),
        ).toMatchObject({ status: 401, body: { error: 'invalid-ticket' } });
      }
      for (const link of links.reverse())
        expect((await follow(link)).get('refreshToken')).toEqual(expect.any(String));
      for (const link of links) expect((await follow(link)).get('error')).toBe('invalid-ticket');
    });

    it('takes back keys and tokens that somebody made before the mailbox was proven', async () => {
      const email = newEmail('keys');
      const squatter = await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
      const key = await squatter.post<{ key: string }>('/v1/api-keys', {
        name: 'left behind',
        scopes: ['read'],
      });
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      const token = await squatter.post<{ personalAccessToken: string }>('/v1/pat', { expiresAt });
      const { personalAccessToken } = token.body;
      const statuses = async (): Promise<number[]> => [
        (await auth.browser().post('/v1/token/api-key', { key: key.body.key })).status,
        (await auth.browser().post('/v1/signin/pat', { personalAccessToken })).status,
      ];
      expect(await statuses()).toEqual([200, 200]);
      await auth.browser().post('/v1/signin/passwordless/email', { email });
      await follow(linkIn(await auth.mailbox.next(email)));
      expect(await statuses()).toEqual([401, 401]);
    });

    it('voids a password that somebody set before the mailbox was proven', async () => {
      const email = newEmail('hijack');
      const squatter = await auth.browser().enter('/v1/auth/register', { email, password: PASSWORD });
      await auth.browser().post('/v1/signin/passwordless/email', { email });
      await follow(linkIn(await auth.mailbox.next(email)));
      expect((await squatter.get('/v1/auth/me')).status).toBe(401);
      expect((await auth.browser().post('/v1/auth/login', { email, password: PASSWORD })).status).toBe(401);
    });
  });

  describe('by a code from a mail', () => {
    /** For an address that has had no mail yet. */
    const ask = async (email: string): Promise<string> => {
      await auth.browser().post('/v1/signin/otp/email', { email });
      return codeIn(await auth.mailbox.next(email));
    };
    const verify = (email: string, otp: string) =>
      auth.browser().post('/v1/signin/otp/email/verify', { email, otp });

    it('signs in, once', async () => {
      const email = newEmail('otp');
      const otp = await ask(email);
      expect(await verify(email, otp)).toMatchObject({
        status: 200,
        body: { session: { user: { email, emailVerified: true } } },
      });
      expect(await verify(email, otp)).toMatchObject({ status: 401, body: { error: 'invalid-otp' } });
    });

    it('is good for ten minutes', async () => {
      const email = newEmail('late');
      const otp = await ask(email);
      const { rows } = await database.query<{ minutes: number }>(
        `select extract(epoch from expires_at - created_at)::float8 / 60 as minutes from auth.tickets where address = $1`,
        [email],
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]?.minutes).toBeLessThanOrEqual(10);
      await database.query('update auth.tickets set expires_at = now() where address = $1', [email]);
      expect((await verify(email, otp)).status).toBe(401);
    });

    it('is good for its own purpose only', async () => {
      const [office, tenants, address] = [
        auth.part(TicketOffice),
        auth.part(TenantTransaction),
        newEmail('purpose'),
      ];
      const found = await tenants.run(anonymousContext(), async manager => {
        const code = await office.issueCode(manager, { purpose: 'otpSms', address, lifeSeconds: 600 });
        const elsewhere = await office.redeemCode(manager, 'otpEmail', address, code);
        return [elsewhere, await office.redeemCode(manager, 'otpSms', address, code)];
      });
      expect(found).toEqual([undefined, expect.objectContaining({ purpose: 'otpSms', address })]);
    });

    it('is bound to its mailbox, and dies after five wrong tries', async () => {
      const [mine, other] = [newEmail('mine'), newEmail('other')];
      const otp = await ask(mine);
      expect((await verify(other, otp)).status).toBe(401);
      const wrong = otp === '000000' ? '000001' : '000000';
      for (let tries = 0; tries < 5; tries++) expect((await verify(mine, wrong)).status).toBe(401);
      expect((await verify(mine, otp)).status).toBe(401);
    });
  });

  describe('by a code from a text message', () => {
    it('signs in, whatever the spelling of the number', async () => {
      const phoneNumber = newPhoneNumber();
      const spelled = phoneNumber.replace(/^(\+49)(\d{3})(\d{4})/, '$1 $2 $3-');
      const asked = await auth.browser().post('/v1/signin/passwordless/sms', { phoneNumber: spelled });
      expect(asked).toMatchObject({ status: 200, body: 'OK' });
      const text = await sms.next(phoneNumber);
      expect(text).toMatch(/^\d{6} is your/);
      const entered = await auth
        .browser()
        .post('/v1/signin/passwordless/sms/otp', { phoneNumber, otp: codeOf(text) });
      expect(entered).toMatchObject({
        status: 200,
        body: { session: { user: { phoneNumber, phoneNumberVerified: true } } },
      });
    });

    it('comes once the service takes messages again', async () => {
      const phoneNumber = newPhoneNumber();
      sms.works = false;
      const asked = await auth.browser().post('/v1/signin/passwordless/sms', { phoneNumber });
      expect(asked).toMatchObject({ status: 200, body: 'OK' });
      await sms.refused();
      sms.works = true;
      expect(codeOf(await sms.next(phoneNumber))).toMatch(/^\d{6}$/);
    });
  });

  it('tells sign-up from sign-in on the routes of 4.7', async () => {
    const email = newEmail('signup');
    expect((await auth.browser().post('/v1/signup/passwordless/email', { email })).status).toBe(200);
    expect(await auth.browser().post('/v1/signup/otp/email', { email })).toMatchObject({
      status: 409,
      body: { error: 'email-already-in-use' },
    });
  });
});

describe('visitors', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.stop());

  it('come in without a word, belong to no family, and may become somebody', async () => {
    const entered = await auth
      .browser()
      .post<{ session: { accessToken: string; refreshToken: string; user: { id: string } } }>(
        '/v1/signin/anonymous',
        {},
      );
    expect(entered).toMatchObject({
      status: 200,
      body: { session: { user: { isAnonymous: true, defaultRole: 'anonymous', roles: ['anonymous'] } } },
    });
    const visitor = auth.browser();
    Object.assign(visitor.headers, { authorization: `Bearer ${entered.body.session.accessToken}` });
    expect(await visitor.post('/v1/families', { name: 'No' })).toMatchObject({ status: 403 });
    expect(await visitor.post('/v1/user/email/change', { newEmail: newEmail() })).toMatchObject({
      status: 403,
      body: { error: 'forbidden-anonymous' },
    });
    const email = newEmail('visitor');
    const become = { signInMethod: 'email-password', email, password: PASSWORD };
    expect(await visitor.post('/v1/user/deanonymize', become)).toMatchObject({ status: 200, body: 'OK' });
    expect(await visitor.post('/v1/user/deanonymize', become)).toMatchObject({
      status: 400,
      body: { error: 'user-not-anonymous' },
    });
    const login = await auth.browser().post<Tokens>('/v1/auth/login', { email, password: PASSWORD });
    expect(login.body).toMatchObject({
      user: { id: entered.body.session.user.id, isAnonymous: false, roles: ['me', 'user'] },
      family: { role: 'OWNER' },
    });
  });
});

describe('visitors who become somebody', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.stop());

  const visitor = async (): Promise<Browser> => {
    const { body } = await auth.browser().post<{ session: { accessToken: string } }>('/v1/signin/anonymous');
    return new Browser(auth.url, { authorization: `Bearer ${body.session.accessToken}` });
  };
  const become = (who: Browser, email: string, options = {}) =>
    who.post('/v1/user/deanonymize', { signInMethod: 'email-password', email, password: PASSWORD, options });

  it('have no first factor, so no second one, and no tokens that outlive their visit', async () => {
    const who = await visitor();
    const refused = { status: 403, body: { error: 'forbidden-anonymous' } };
    expect(await who.get('/v1/mfa/totp/generate')).toMatchObject(refused);
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    expect(await who.post('/v1/pat', { expiresAt })).toMatchObject(refused);
  });

  it('stay what they were when something is refused', async () => {
    const [who, email] = [await visitor(), newEmail('elsewhere')];
    expect(await become(who, email, { redirectTo: 'https://evil.test/' })).toMatchObject({
      status: 400,
      body: { error: 'redirectTo-not-allowed' },
    });
    expect((await who.get('/v1/user')).body).toMatchObject({ isAnonymous: true });
    expect(await become(who, email)).toMatchObject({ status: 200, body: 'OK' });
  });

  it('are one of those who want the same address at once', async () => {
    const email = newEmail('wanted');
    const answers = await Promise.all([visitor(), visitor()].map(async each => become(await each, email)));
    expect(answers.map(each => each.status).sort()).toEqual([200, 409]);
  });

  it('become it once, however often they ask at once', async () => {
    const [who, email] = [await visitor(), newEmail('hasty')];
    const answers = await Promise.all(Array.from({ length: 4 }, () => become(who, email)));
    expect(answers.filter(each => each.status === 200)).toHaveLength(1);
    const entered = await auth.browser().enter('/v1/auth/login', { email, password: PASSWORD });
    expect((await entered.get<{ families: object[] }>('/v1/auth/me')).body.families).toHaveLength(1);
  });
});

describe('personal access tokens', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.stop());

  it('open sessions until they are taken back, but may not change factors', async () => {
    const owner = await auth
      .browser()
      .enter('/v1/auth/register', { email: newEmail('pat'), password: PASSWORD });
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const made = await owner.post<{ id: string; personalAccessToken: string }>('/v1/pat', {
      expiresAt,
      metadata: { name: 'script' },
    });
    expect(made.status).toBe(200);
    const { id, personalAccessToken } = made.body;
    const entered = await auth
      .browser()
      .post<{ session: { accessToken: string; refreshToken: string } }>('/v1/signin/pat', {
        personalAccessToken,
      });
    expect(entered).toMatchObject({ status: 200, body: { session: { user: { id: owner.userId } } } });
    const script = auth.browser();
    Object.assign(script.headers, { authorization: `Bearer ${entered.body.session.accessToken}` });
    expect((await script.post('/v1/pat', { expiresAt })).status).toBe(403);
    expect(
      (await script.post('/v1/user/password', { newPassword: 'a stolen garden of figs 3' })).status,
    ).toBe(403);
    expect(await auth.browser().post('/v1/token', { refreshToken: personalAccessToken })).toMatchObject({
      status: 401,
    });
    expect((await owner.delete(`/v1/pat/${id}`)).status).toBe(204);
    expect(await auth.browser().post('/v1/signin/pat', { personalAccessToken })).toMatchObject({
      status: 401,
      body: { error: 'invalid-pat' },
    });
  });
});
