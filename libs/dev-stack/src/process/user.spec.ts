import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accounts, barrier } from './user';

const stranger = { name: 'stranger', uid: 54_321, gid: 54_321 };

describe('the account of a server', () => {
  it('is read from passwd', () => {
    const known = accounts('root:x:0:0:root:/root:/bin/sh\nbroken\nnobody:x:65534:65533::/:/bin/false\n');
    expect(known.get('nobody')).toEqual({ name: 'nobody', uid: 65_534, gid: 65_533 });
    expect(known.size).toBe(2);
  });

  it('is stopped by the first folder that it may not pass through', () => {
    const root = mkdtempSync(join(tmpdir(), 'nself-barrier-'));
    const inner = join(root, 'a', 'b');
    mkdirSync(inner, { recursive: true });
    chmodSync(root, 0o755);
    expect(barrier(inner, stranger)).toBeUndefined();
    chmodSync(join(root, 'a'), 0o700);
    expect(barrier(inner, stranger)).toBe(join(root, 'a'));
    chmodSync(root, 0o700);
    expect(barrier(inner, stranger)).toBe(root);
    rmSync(root, { recursive: true });
  });
});
