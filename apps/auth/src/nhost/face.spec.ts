import { startAuth, type RunningAuth } from '../../testing/harness';

describe('errors that no controller sees', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth({ HTTP_BODY_LIMIT: '2000' });
  });
  afterAll(() => auth.stop());

  const post = async (path: string, body: string) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(auth.url + path, { method: 'POST', headers, body });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };

  it.each(['/v1/signin/email-password', '/v1/token', '/v1/user/mfa', '/v1/signin/provider/house/callback'])(
    'are worded as Nhost words them on %s',
    async path => {
      const refused = { message: expect.any(String), error: 'invalid-request' };
      expect(await post(path, '{"email":')).toEqual({ status: 400, body: { status: 400, ...refused } });
      const long = JSON.stringify({ email: 'x'.repeat(3000) });
      expect(await post(path, long)).toEqual({ status: 413, body: { status: 413, ...refused } });
    },
  );

  it.each(['/v1/auth/login', '/v1/token/device', '/v1/nowhere'])(
    'are problem documents on %s',
    async path => {
      expect(await post(path, '{"email":')).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
    },
  );
});
