import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeLeftovers } from './leftovers';

it('removes what nobody writes to any more, and leaves what is arriving and what is kept', async () => {
  const root = await mkdtemp(join(tmpdir(), 'nself-leftovers-'));
  for (const folder of ['.spool', '.incoming', 'kept']) {
    await mkdir(join(root, folder));
    await writeFile(join(root, folder, 'old'), 'x');
    await writeFile(join(root, folder, 'fresh'), 'x');
    const yesterday = new Date(Date.now() - 86_400_000);
    await utimes(join(root, folder, 'old'), yesterday, yesterday);
  }
  expect(await removeLeftovers(root, 60_000)).toBe(2);
  expect(await readdir(join(root, '.spool'))).toEqual(['fresh']);
  expect(await readdir(join(root, '.incoming'))).toEqual(['fresh']);
  expect((await readdir(join(root, 'kept'))).sort()).toEqual(['fresh', 'old']);
  await rm(root, { recursive: true });
});

it('minds no folder that is not there', async () => {
  expect(await removeLeftovers(join(tmpdir(), 'nself-nowhere'), 0)).toBe(0);
});
