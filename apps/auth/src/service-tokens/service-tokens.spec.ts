import { createHash } from 'node:crypto';
import { startAuth, type RunningAuth } from '../../testing/harness';

const SECRET = 'what only the importer knows';
const digest = createHash('sha256').update(SECRET).digest('hex');

describe('tokens for services', () => {
  let auth: RunningAuth;

  beforeAll(async () => {
    auth = await startAuth({ AUTH_SERVICE_CLIENTS: `importer:${digest}`, AUTH_LOCKOUT_ATTEMPTS: '3' });
  });
  afterAll(() => auth.stop());

  const ask = (service: string, secret: string) =>
    auth.browser().post<{ accessToken: string; expiresIn: number }>('/v1/token/service', { service, secret });

  it('are short, name the service, and belong to no family', async () => {
    const { status, body } = await ask('importer', SECRET);
    expect({ status, expiresIn: body.expiresIn }).toEqual({ status: 200, expiresIn: 300 });
    const claims = JSON.parse(atob(body.accessToken.split('.')[1] ?? '')) as Record<
      string,
      Record<string, string>
    >;
    expect(claims).toMatchObject({
      kind: 'machine',
      'https://hasura.io/jwt/claims': { 'x-hasura-service': 'importer', 'x-hasura-default-role': 'user' },
    });
    expect(claims['https://hasura.io/jwt/claims']).not.toHaveProperty('x-hasura-family-id');
    expect(await auth.browser().post('/v1/token/verify', { token: body.accessToken })).toMatchObject({
      status: 200,
      body: 'OK',
    });
  });

  it('are refused alike to strangers and wrong secrets, and guesses are limited', async () => {
    const [stranger, wrong] = [await ask('stranger', SECRET), await ask('importer', 'a guess')];
    expect([stranger.status, wrong.status]).toEqual([401, 401]);
    expect({ ...stranger.body, traceId: '' }).toEqual({ ...wrong.body, traceId: '' });
    await ask('importer', 'a guess');
    await ask('importer', 'a guess');
    expect((await ask('importer', SECRET)).status).toBe(429);
  });
});
