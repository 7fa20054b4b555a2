import { complaints } from './try-rule.fixture';

describe('environment', () => {
  it.each([
    'libs/kernel/src/a.ts',
    'apps/cli/src/a.ts',
    'libs/dev-stack/src/a.ts',
    'apps/auth/src/a.spec.ts',
  ])('%s may read it', path => expect(complaints('environment', path, 'process.env.HOME')).toEqual([]));

  it.each([
    'process.env.HOME',
    `process.env['HOME']`,
    'const { HOME } = process.env;',
    `import { env } from 'node:process';`,
  ])('a service may not: %s', code =>
    expect(complaints('environment', 'apps/auth/src/a.ts', code)).toEqual(['environment']),
  );
});
