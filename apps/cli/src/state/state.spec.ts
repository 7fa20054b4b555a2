import { spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homeOf, prepareHome, type Home } from './home';
import { lockOwner, releaseLock, takeLock } from './lock';
import { completeSecrets, readSettings } from './settings-file';

let folder: string;
let home: Home;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nself-state-'));
  home = homeOf({ NSELF_DIR: folder });
  prepareHome(home);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the file of settings', () => {
  it('gets the secrets that are configured nowhere, for its owner alone, and keeps what a person wrote', () => {
    writeFileSync(home.envFile, '# mine\nAPI_PORT=4444\nMASTER_KEY=abc\n', { mode: 0o644 });
    const added = completeSecrets(home, { STORAGE_SIGNING_KEY: 'from outside' });
    expect(added).not.toContain('MASTER_KEY');
    expect(added).not.toContain('STORAGE_SIGNING_KEY');
    expect(readFileSync(home.envFile, 'utf8')).toMatch(/^# mine\nAPI_PORT=4444\nMASTER_KEY=abc\n/);
    expect(statSync(home.envFile).mode & 0o777).toBe(0o600);
    const settings = readSettings(home, { API_PORT: '5555' });
    expect(settings).toMatchObject({ API_PORT: '5555', MASTER_KEY: 'abc' });
    expect(createPrivateKey(settings.AUTH_JWT_PRIVATE_KEY ?? '').asymmetricKeyType).toBe('rsa');
    expect(completeSecrets(home, { STORAGE_SIGNING_KEY: 'from outside' })).toEqual([]);
  });
});

describe('the lock of a stack', () => {
  it('is one process’s, until it gives it back', () => {
    takeLock(home);
    expect(lockOwner(home)?.pid).toBe(process.pid);
    expect(() => takeLock(home)).toThrow(`already being run by process ${process.pid}`);
    releaseLock(home);
    expect(lockOwner(home)).toBeUndefined();
  });

  it('of a process that is gone is taken over', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(home.lockFile, JSON.stringify({ pid, startedAt: '1' }));
    takeLock(home);
    expect(lockOwner(home)?.pid).toBe(process.pid);
  });

  it('that a crash left half-written is taken over', () => {
    writeFileSync(home.lockFile, '{"pid":');
    takeLock(home);
    expect(lockOwner(home)?.pid).toBe(process.pid);
  });
});
