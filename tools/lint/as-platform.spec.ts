import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PLATFORM_FILES } from './as-platform';
import { ROOT } from './house';
import { complaints } from './try-rule.fixture';

describe('as-platform', () => {
  it.each([
    `this.platform.asPlatform('reason', work);`,
    `platform['asPlatform']('reason', work);`,
    'const { asPlatform } = platform;',
    'const go = platform.asPlatform.bind(platform);',
  ])('refuses %s in a file that is not listed', code =>
    expect(complaints('as-platform', 'apps/api/src/posts/a.ts', code)).toEqual(['unlisted']),
  );

  it.each(Object.keys(PLATFORM_FILES))('allows %s', path =>
    expect(complaints('as-platform', path, `platform.asPlatform('reason', work);`)).toEqual([]),
  );

  it.each(Object.entries(PLATFORM_FILES))('%s exists and has a reason', (path, reason) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
    expect(reason.length).toBeGreaterThan(20);
  });
});
