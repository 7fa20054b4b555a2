import { createHmac, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { Person, send, testStack, type TestStack } from '../../support';
import { DOORS, Doors, SERVICES } from './doors';

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const SECRET = randomBytes(32).toString('hex');

const MODES: Record<'ES256' | 'HS256', Record<string, string>> = {
  ES256: { AUTH_JWT_PRIVATE_KEY: pem(curve.privateKey), AUTH_JWT_PREVIOUS_KEYS: pem(rsa.privateKey) },
  HS256: { AUTH_JWT_SECRET: SECRET },
};

const partsOf = (token: string): string[] => token.split('.');
const decoded = (part: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>;
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A whole house whose tokens are signed in another way than usual: every service follows, and takes no other. */
describe.each(Object.entries(MODES))('a house whose tokens are %s', (algorithm, env) => {
  let stack: TestStack;
  let doors: Doors;
  let person: Person;

  beforeAll(async () => {
    stack = await testStack(SERVICES, { env: { ...env, AUTH_JWT_ALGORITHM: algorithm } });
    doors = new Doors(stack);
    person = await Person.register(stack, 'Amina');
  }, 300_000);
  afterAll(() => stack?.stop());

  const published = async (): Promise<{ kid: string; alg: string }[]> => {
    const { body } = await send<{ keys: { kid: string; alg: string }[] }>(
      stack.url('auth', '/.well-known/jwks.json'),
    );
    return body.keys;
  };

  it('takes them at every door', async () => {
    expect(decoded(partsOf(person.token)[0])['alg']).toBe(algorithm);
    expect(await doors.opening(person.token)).toEqual(DOORS);
  });

  it('publishes public keys and no secret', async () => {
    const keys = await published();
    expect(keys.map(({ alg }) => alg)).toEqual(algorithm === 'ES256' ? ['ES256', 'RS256'] : []);
    expect(JSON.stringify(keys)).not.toMatch(/"(d|k)":/);
  });

  it('takes at no door what is signed in any other way', async () => {
    const [head, payload] = partsOf(person.token);
    const header = decoded(head);
    const kid = String(header['kid']);
    const claims = decoded(payload);
    const hmac = (secret: string): string => {
      const body = `${encoded({ ...header, alg: 'HS256' })}.${payload}`;
      return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
    };
    const signed = (alg: string, key: KeyObject): Promise<string> =>
      new SignJWT(claims).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(key);
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const forgeries = {
      'no algorithm': `${encoded({ ...header, alg: 'none' })}.${payload}.`,
      'HMAC under another secret': hmac(randomBytes(32).toString('hex')),
      'HMAC under the kid': hmac(kid),
      'HMAC under the public key': hmac(curve.publicKey.export({ type: 'spki', format: 'pem' }).toString()),
      'a stranger on a curve under our kid': await signed('ES256', stranger.privateKey),
      'RSA under our kid': await signed('RS256', rsa.privateKey),
      'another curve of the same family': `${encoded({ ...header, alg: 'ES384' })}.${partsOf(person.token).slice(1).join('.')}`,
    };
    const taken: Record<string, string[]> = {};
    for (const [fault, token] of Object.entries(forgeries)) {
      const open = await doors.open(token);
      if (open.length > 0) taken[fault] = open;
    }
    expect(taken).toEqual({});
  });

  it('goes on where a refresh token leads', async () => {
    const address = stack.url('auth', '/v1/auth/refresh');
    const { body } = await send<{ accessToken: string }>(address, {
      json: { refreshToken: person.refreshToken },
    });
    expect(await doors.opening(body.accessToken)).toEqual(DOORS);
  });

  if (algorithm === 'ES256') {
    it('still takes tokens of the RSA key before', async () => {
      const old = (await published()).find(({ alg }) => alg === 'RS256')?.kid ?? '';
      const claims = decoded(partsOf(person.token)[1]);
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: old, typ: 'JWT' })
        .sign(rsa.privateKey);
      expect(await doors.opening(token)).toEqual(DOORS);
    });
  }
});
