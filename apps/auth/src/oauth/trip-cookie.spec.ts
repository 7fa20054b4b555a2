import { exportPKCS8, generateKeyPair } from 'jose';
import { startAuth, type RunningAuth } from '../../testing/harness';
import { TokenIssuer } from '../../testing/token-issuer';

describe.each([
  [
    'https://auth.test/v1',
    /^__Host-nself_trip=[\w-]{43}; Max-Age=900; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    /^__Host-nself_trip_form=[\w-]{43}; Max-Age=900; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=None$/,
  ],
  [
    'http://127.0.0.1:4000/v1',
    /^nself_trip=[\w-]{43}; Max-Age=900; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    /^nself_trip_form=[\w-]{43}; Max-Age=900; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
  ],
])('the cookie of a trip that ends at %s', (serverUrl, byLink, byForm) => {
  const apple = new TokenIssuer();
  let auth: RunningAuth;

  beforeAll(async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    auth = await startAuth({
      AUTH_SERVER_URL: serverUrl,
      AUTH_CLIENT_URL: 'https://app.test',
      AUTH_PROVIDER_GITHUB_ENABLED: 'true',
      AUTH_PROVIDER_GITHUB_CLIENT_ID: 'nself',
      AUTH_PROVIDER_GITHUB_CLIENT_SECRET: 'a secret',
      AUTH_PROVIDER_APPLE_ENABLED: 'true',
      AUTH_PROVIDER_APPLE_CLIENT_ID: 'org.example.web',
      AUTH_PROVIDER_APPLE_TEAM_ID: 'TEAM',
      AUTH_PROVIDER_APPLE_KEY_ID: 'KEY',
      AUTH_PROVIDER_APPLE_PRIVATE_KEY: await exportPKCS8(privateKey),
      AUTH_PROVIDER_APPLE_ISSUER: await apple.start(),
    });
  });
  afterAll(async () => {
    await auth.stop();
    apple.stop();
  });

  const cookiesOf = async (provider: string, cookie = ''): Promise<string[]> => {
    const address = `${auth.url}/v1/signin/provider/${provider}`;
    const answer = await fetch(address, { redirect: 'manual', headers: { cookie } });
    expect(answer.status).toBe(302);
    return answer.headers.getSetCookie();
  };

  it('is as strict as the way back allows', async () => {
    expect(await cookiesOf('github')).toEqual([expect.stringMatching(byLink)]);
    expect(await cookiesOf('apple')).toEqual([expect.stringMatching(byForm)]);
  });

  it('stays the same while a browser has one, and is no word of somebody else’s choice', async () => {
    const [name = '', word = ''] = ((await cookiesOf('github'))[0] ?? '').split(';')[0]?.split('=') ?? [];
    const wordFor = async (held: string): Promise<string | undefined> =>
      (await cookiesOf('github', `${name}=${held}`))[0]?.split(';')[0]?.slice(name.length + 1);
    expect(await wordFor(word)).toBe(word);
    expect(await wordFor('short')).toMatch(/^[\w-]{43}$/);
  });
});
