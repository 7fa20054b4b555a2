import { newEmail, PASSWORD, type Browser, type Tokens } from '../../testing/browser';
import { startAuth, type RunningAuth } from '../../testing/harness';

const NEW_PASSWORD = 'a cellar full of turnips 8';
const ROUNDS = 4;
const AT_ONCE = 6;

/** Whoever asks without pause while something is taken from them has a request under way at that very moment. */
describe('what is taken from somebody who asks for it without pause', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(async () => {
    await auth.stop();
  });

  const signIn = (email: string, password = PASSWORD): Promise<Browser> =>
    auth.browser().enter('/v1/auth/login', { email, password });

  /** Asks again and again, several at a time, until something has been done; answers all that was given. */
  async function during(
    work: () => Promise<{ status: number }>,
    ask: (turn: number) => Promise<Browser>,
  ): Promise<Browser[]> {
    const given: Browser[] = [];
    let over = false;
    const asking = Array.from({ length: AT_ONCE }, async (_, turn) => {
      while (!over) {
        const answer = await ask(turn).catch(() => undefined);
        if (answer) given.push(answer);
      }
    });
    while (given.length < 2 * AT_ONCE) await new Promise(resolve => setTimeout(resolve, 5));
    const { status } = await work();
    over = true;
    await Promise.all(asking);
    expect(status).toBeLessThan(300);
    return given;
  }

  const stillGood = async (given: readonly Browser[]): Promise<number> =>
    (await Promise.all(given.map(each => each.get('/v1/auth/me')))).filter(({ status }) => status === 200)
      .length;

  it('is gone: no token that speaks for a family outlives the membership', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const owner = await auth.newcomer('owner');
      const invited = await owner.post<{ token: string }>(`/v1/families/${owner.familyId}/invitations`, {
        role: 'ADULT_MEMBER',
      });
      const email = newEmail('clinger');
      const clinger = await auth
        .browser()
        .enter('/v1/auth/register', { email, password: PASSWORD, invitation: invited.body.token });
      const lines: Tokens[] = [];
      for (let line = 0; line < AT_ONCE; line++) lines.push((await signIn(email)).tokens as Tokens);
      const given = await during(
        () => owner.delete(`/v1/families/${owner.familyId}/members/${clinger.userId}`),
        async turn => {
          const { refreshToken } = lines[turn] as Tokens;
          const browser = await auth.browser().enter('/v1/auth/refresh', { refreshToken });
          lines[turn] = browser.tokens as Tokens;
          return browser;
        },
      );
      const ofFamily = given.filter(({ familyId }) => familyId === owner.familyId);
      expect(ofFamily.length).toBeGreaterThan(0);
      expect(await stillGood(ofFamily)).toBe(0);
    }
  });

  it('is gone: no session that the old password opened outlives it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const owner = await auth.newcomer('careful');
      const email = owner.tokens?.user.email ?? '';
      const given = await during(
        () => owner.post('/v1/user/password', { newPassword: NEW_PASSWORD }),
        () => signIn(email),
      );
      expect(await stillGood(given)).toBe(0);
      const refreshed = await Promise.all(
        given.map(({ tokens }) =>
          auth.browser().post('/v1/auth/refresh', { refreshToken: tokens?.refreshToken }),
        ),
      );
      expect(refreshed.filter(({ status }) => status === 200)).toHaveLength(0);
    }
  });
});
