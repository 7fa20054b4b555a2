import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { authenticationOf, type AuthenticationSettings, type Credentials } from '.';

const SECRET = 'a-secret-of-the-tests-0123456789';
const settings: AuthenticationSettings = { adminSecrets: [SECRET], jwt: [] };
const ask = async (more: Partial<AuthenticationSettings>, headers: Credentials['headers'] = {}) =>
  authenticationOf({ ...settings, ...more }).authenticate({ headers });
const admin = { 'x-hasura-admin-secret': SECRET };

describe('the admin secret', () => {
  it('makes anybody of whoever sends it, and does not become a variable', async () => {
    const session = await ask({}, { ...admin, 'x-hasura-role': 'editor', 'x-hasura-user-id': '5' });
    expect(session).toMatchObject({ role: 'editor', backend: false });
    expect(session?.variables).toEqual({ 'x-hasura-role': 'editor', 'x-hasura-user-id': '5' });
  });

  it.each(['true', 'T', 'Yes', 'y'])('opens what is for the backend only with %s', async word => {
    const session = await ask({}, { ...admin, 'x-hasura-use-backend-only-permissions': word });
    expect(session).toMatchObject({ role: 'admin', backend: true });
  });

  it('must be right, whatever else is sent', async () => {
    const wrong = { 'x-hasura-admin-secret': 'wrong', 'x-hasura-role': 'admin' };
    await expect(ask({ unauthorizedRole: 'anonymous' }, wrong)).rejects.toMatchObject({
      code: 'access-denied',
      status: 401,
    });
  });

  it('is asked for where nothing else is', async () => {
    await expect(ask({})).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('required, but not found'),
    });
  });
});

describe('a server without any proof', () => {
  it('trusts everybody', async () => {
    const session = await authenticationOf({ adminSecrets: [], jwt: [] }).authenticate({
      headers: { 'x-hasura-role': 'user' },
    });
    expect(session).toMatchObject({ role: 'user' });
  });

  it('does not when there is another way to prove who one is', async () => {
    const own = { authenticate: () => undefined };
    await expect(async () =>
      authenticationOf({ adminSecrets: [], jwt: [], own }).authenticate({ headers: {} }),
    ).rejects.toThrow();
  });
});

it('gives the role of those who prove nothing no variable that they send', async () => {
  const session = await ask(
    { unauthorizedRole: 'anonymous' },
    { 'x-hasura-user-id': '1', 'x-hasura-role': 'admin' },
  );
  expect(session?.variables).toEqual({ 'x-hasura-role': 'anonymous' });
});

describe('a hook', () => {
  let server: Server;
  let url: string;
  let asked: { method?: string; headers: IncomingMessage['headers']; body: string }[] = [];
  let answer = {
    status: 200,
    body: JSON.stringify({ 'X-Hasura-Role': 'user', 'X-Hasura-User-Id': 9 }),
    control: '',
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', part => (body += String(part)));
      request.on('end', () => {
        asked.push({ method: request.method, headers: request.headers, body });
        if (answer.control !== '') response.setHeader('cache-control', answer.control);
        response.setHeader('set-cookie', ['a=1; HttpOnly', 'b=2']);
        response.writeHead(answer.status).end(answer.body);
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise(resolve => server.close(resolve)));
  beforeEach(() => {
    asked = [];
  });

  const hook = (mode: 'GET' | 'POST', headers: Credentials['headers'] = {}) =>
    authenticationOf({ ...settings, webhook: { url, mode, sendsRequest: true } }).authenticate({
      headers: { authorization: 'something', 'content-length': '5', ...headers },
      request: { query: '{ a }' },
    });

  it('is shown the headers of the client and says who it is', async () => {
    await expect(hook('GET')).resolves.toMatchObject({
      role: 'user',
      variables: { 'x-hasura-user-id': '9' },
    });
    expect(asked).toMatchObject([{ method: 'GET', headers: { authorization: 'something' } }]);
    expect(asked[0]?.headers).not.toHaveProperty('content-length');
  });

  it('is sent headers and request in POST mode', async () => {
    await hook('POST');
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      headers: { authorization: 'something' },
      request: { query: '{ a }' },
    });
  });

  it('is not asked when the admin secret is sent', () => {
    expect(hook('GET', admin)).toMatchObject({ role: 'admin' });
    expect(asked).toEqual([]);
  });

  it('says how long an open socket may rely on it', async () => {
    answer = { ...answer, control: 'max-age=60' };
    const session = await hook('GET');
    answer = { ...answer, control: '' };
    expect(session?.expiresAt).toBeGreaterThan(Date.now() + 30_000);
  });

  it('may say so among the variables too, as the documentation of Hasura has it', async () => {
    const before = answer;
    const body = JSON.stringify({ 'X-Hasura-Role': 'user', 'Cache-Control': 'max-age=60' });
    answer = { ...answer, body };
    expect((await hook('GET'))?.expiresAt).toBeGreaterThan(Date.now() + 30_000);
    const expires = new Date(Date.now() + 90_000).toUTCString();
    answer = { ...answer, body: JSON.stringify({ 'X-Hasura-Role': 'user', Expires: expires }) };
    const session = await hook('GET');
    answer = before;
    expect(session?.expiresAt).toBeGreaterThan(Date.now() + 30_000);
    expect(session?.variables).toEqual({ 'x-hasura-role': 'user' });
  });

  it('hands its cookies on to the client', async () => {
    expect(await hook('GET')).toMatchObject({ setCookies: ['a=1; HttpOnly', 'b=2'] });
  });

  it.each([
    [401, '{}', 'access-denied'],
    [500, '{}', 'unexpected'],
    [200, 'not json', 'unexpected'],
    [200, '{"X-Hasura-User-Id":"1"}', 'unexpected'],
  ])('that answers %i %s lets nobody in', async (status, body, code) => {
    const before = answer;
    answer = { status, body, control: '' };
    await expect(hook('GET')).rejects.toMatchObject({ code });
    answer = before;
  });

  it('that cannot be reached lets nobody in', async () => {
    const nowhere = { url: 'http://127.0.0.1:1', mode: 'GET' as const, sendsRequest: false };
    await expect(ask({ webhook: nowhere })).rejects.toMatchObject({ code: 'unexpected' });
  });
});
