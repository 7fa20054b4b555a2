import { randomBytes } from 'node:crypto';
import { constantTimeEqual, open, randomToken, seal, SealBroken, sha256 } from './crypto';

describe('sealed bytes', () => {
  const key = randomBytes(32);

  it('open under the same key in the same place', () =>
    expect(open(seal('naïve ✓', key, 'vault 7'), key, 'vault 7').toString()).toBe('naïve ✓'));

  it('are different each time', () => expect(seal('x', key).equals(seal('x', key))).toBe(false));

  it.each<[string, () => Buffer]>([
    ['under another key', () => open(seal('x', key, 'a'), randomBytes(32), 'a')],
    ['in another place', () => open(seal('x', key, 'a'), key, 'b')],
    ['cut off', () => open(seal('x', key).subarray(0, 20), key)],
    ['empty', () => open(Buffer.alloc(0), key)],
    ['when a bit is changed', () => open(flipped(seal('xyz', key)), key)],
  ])('do not open %s', (_, attempt) => expect(attempt).toThrow(SealBroken));
});

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
  return changed;
}

describe('tokens and digests', () => {
  it('a token has as many random bytes as asked', () => {
    expect(Buffer.from(randomToken(32), 'base64url')).toHaveLength(32);
    expect(new Set(Array.from({ length: 1000 }, () => randomToken(16))).size).toBe(1000);
  });

  it('a digest is SHA-256', () =>
    expect(sha256('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    ));

  it.each([
    ['same', 'same', true],
    ['same', 'some', false],
    ['short', 'longer', false],
    ['', '', true],
  ])('%p and %p are equal: %p', (a, b, equal) => expect(constantTimeEqual(a, b)).toBe(equal));
});
