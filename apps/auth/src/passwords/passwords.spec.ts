import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OutboundClient } from '@nself/kernel';
import * as bcrypt from 'bcrypt';
import { BreachedPasswords } from './breached-passwords';
import { commonReason } from './common-passwords';
import { PasswordHasher } from './password-hasher';
import { PasswordPolicy, type PasswordOwner } from './password-policy';
import type { PasswordSettings } from './password.settings';
import { Turnstile } from './turnstile';

const settings: PasswordSettings = {
  minLength: 15,
  minLengthWithSecondFactor: 8,
  breachCheck: false,
  breachUrl: 'http://127.0.0.1:1/',
  argonMemory: 1024,
  argonPasses: 2,
};

const outbound = new OutboundClient({ allowed: ['127.0.0.1'], timeout: 10_000, maxBytes: 1_048_576 });
afterAll(() => outbound.onApplicationShutdown());

function policyWith(change: Partial<PasswordSettings> = {}): PasswordPolicy {
  const own = { ...settings, ...change };
  return new PasswordPolicy(own, new BreachedPasswords(own, outbound));
}

describe('the list of common passwords', () => {
  it.each([
    ['password'],
    ['PASSWORD'],
    ['iloveyou123!!!'],
    ['123456789012345'],
    ['passwordpassword'],
    ['aaaaaaaaaaaaaaaaaaaa'],
    ['qwertyuiopasdfg'],
    ['mnbvcxzlkjhgfdsa'],
    ['abcabcabcabcabcabc'],
  ])('refuses %s', password => {
    expect(commonReason(password)).toEqual(expect.any(String));
  });

  it.each([
    ['correct horse battery staple'],
    ['كلمة سر طويلة جدا هنا'],
    ['Grüße aus dem Garten 7'],
    ['x9$kQ2!vLw8#Zr5'],
  ])('accepts %s', password => {
    expect(commonReason(password)).toBeUndefined();
  });

  it('refuses a password that is the address or the name', () => {
    expect(commonReason('amina.khaled@example.org', ['amina.khaled@example.org'])).toBeDefined();
    expect(commonReason('Bartholomew12', ['Bartholomew'])).toBeDefined();
  });
});

describe('the policy', () => {
  const check = (password: string, owner: PasswordOwner = {}): Promise<void> =>
    policyWith().check(password, owner);

  it('wants fifteen characters alone and eight with a second factor', async () => {
    await expect(check('g7!Kd92-xQ')).rejects.toMatchObject({ extensions: { reason: 'too_short' } });
    await expect(check('g7!Kd92-xQ', { hasSecondFactor: true })).resolves.toBeUndefined();
    await expect(check('g7!Kd92', { hasSecondFactor: true })).rejects.toMatchObject({
      extensions: { reason: 'too_short' },
    });
  });

  it('counts characters, not code units, and takes up to 128 of them', async () => {
    await expect(check('🌻🐝🌙🦔🍋🎻🧵')).rejects.toMatchObject({ extensions: { reason: 'too_short' } });
    await expect(check('🌻🐝🌙🦔🍋🎻🧵🛶🎈🪁🧭🍇🦉🌊🎲')).resolves.toBeUndefined();
    const long = Array.from({ length: 64 }, (_, i) => String.fromCharCode(33 + ((i * 37) % 90))).join('');
    await expect(check(long + long.split('').reverse().join(''))).resolves.toBeUndefined();
    await expect(check(`${long}${long}x`)).rejects.toMatchObject({ extensions: { reason: 'too_long' } });
  });

  it('asks the range service for five characters of the hash and refuses what it knows', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(
        '5B8D1C8A9F4E4B1D0F0F0F0F0F0F0F0F0F0:0\r\n61A0DB44A0BC68C1EBF76C6F3C2D7CB23B3:4\r\n' + known,
      );
    }).listen(0, '127.0.0.1');
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha1').update('a breached long password').digest('hex').toUpperCase();
    const known = `${hash.slice(5)}:12`;
    await new Promise(resolve => server.once('listening', resolve));
    const breachUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/range`;
    const policy = policyWith({ breachCheck: true, breachUrl });
    await expect(policy.check('a breached long password', {})).rejects.toMatchObject({
      code: 'PASSWORD_REFUSED',
      nhostCode: 'password-in-hibp-database',
    });
    await expect(policy.check('a quite unknown password', {})).resolves.toBeUndefined();
    expect(asked[0]).toBe(`/range/${hash.slice(0, 5)}`);
    server.close();
  });
});

describe('the hasher', () => {
  const hasher = new PasswordHasher(settings);

  it('matches what it hashed, never cuts, and normalises what keyboards spell in two ways', async () => {
    const stored = await hasher.hash(`${'x'.repeat(100)}é`);
    expect(stored).toMatch(/^\$argon2id\$/);
    expect(await hasher.compare(stored, `${'x'.repeat(100)}e\u0301`)).toEqual({
      matches: true,
      outdated: false,
    });
    expect((await hasher.compare(stored, 'x'.repeat(100))).matches).toBe(false);
  });

  it('accepts a bcrypt hash of an imported person and calls it outdated', async () => {
    const stored = await bcrypt.hash('an imported password', 4);
    expect(await hasher.compare(stored, 'an imported password')).toEqual({ matches: true, outdated: true });
    expect(await hasher.compare(stored, 'another password')).toEqual({ matches: false, outdated: false });
  });

  it('calls a hash with older parameters outdated', async () => {
    const stored = await new PasswordHasher({ ...settings, argonPasses: 3 }).hash('a password to age');
    expect(await hasher.compare(stored, 'a password to age')).toEqual({ matches: true, outdated: true });
  });

  it('says no when there is no hash', async () => {
    expect(await hasher.compare(null, 'nobody has this password')).toEqual({
      matches: false,
      outdated: false,
    });
  });
});

describe('the turnstile', () => {
  it('lets as many in as it has seats, and the next when one leaves, by a fault too', async () => {
    const turnstile = new Turnstile(2);
    const inside: number[] = [];
    const leave: ((fault?: Error) => void)[] = [];
    const visits = [0, 1, 2, 3].map(each =>
      turnstile.pass(() => {
        inside.push(each);
        return new Promise<void>((resolve, reject) => {
          leave[each] = fault => (fault ? reject(fault) : resolve());
        });
      }),
    );
    await settled();
    expect(inside).toEqual([0, 1]);
    leave[1]?.(new Error('hashing failed'));
    await expect(visits[1]).rejects.toThrow('hashing failed');
    await settled();
    expect(inside).toEqual([0, 1, 2]);
    leave[0]?.();
    leave[2]?.();
    await settled();
    expect(inside).toEqual([0, 1, 2, 3]);
    leave[3]?.();
    await Promise.all([visits[0], visits[2], visits[3]]);
  });
});

const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
