import { complaints } from './try-rule.fixture';

const at = (path: string, source: string): string[] =>
  complaints('directions', path, `import { x } from '${source}';`);

describe('directions', () => {
  it.each([
    ['libs/kernel/src/a.ts', '@nself/observability'],
    ['libs/tenancy/src/a.ts', '@nself/identity'],
    ['libs/graphql-engine/src/a.ts', '@nself/pg-sql'],
    ['apps/auth/src/a.ts', '@nself/tenancy'],
    ['apps/cli/src/a.ts', '@nself/dev-stack'],
    ['apps/cli/src/a.ts', '../../../migrations'],
    ['libs/kernel/src/a.ts', './b'],
    ['libs/kernel/src/a.ts', 'pg'],
    ['libs/kernel/src/a.spec.ts', '../../../test/support'],
    ['test/e2e/a.spec.ts', '../../apps/auth/src/auth.module'],
  ])('%s may import %s', (path, source) => expect(at(path, source)).toEqual([]));

  it.each([
    ['libs/observability/src/a.ts', '@nself/kernel', 'upwards'],
    ['libs/pg-sql/src/a.ts', '@nself/observability', 'upwards'],
    ['libs/kernel/src/a.ts', '@nself/identity', 'upwards'],
    ['libs/identity/src/a.ts', '@nself/tenancy', 'upwards'],
    ['libs/graphql-engine/src/a.ts', '@nself/tenancy', 'upwards'],
    ['libs/hasura-metadata/src/a.ts', '@nself/pg-sql', 'upwards'],
    ['apps/auth/src/a.ts', '@nself/dev-stack', 'upwards'],
    ['apps/admin/src/a.ts', '@nself/kernel', 'upwards'],
    ['migrations/a.ts', '@nself/kernel', 'upwards'],
    ['apps/auth/src/a.ts', '@nself/kernel/src/crypto', 'deep'],
    ['apps/auth/src/a.ts', '../../api/src/b', 'app'],
    ['libs/kernel/src/a.ts', '../../../apps/api/src/b', 'app'],
    ['libs/identity/src/a.ts', '../../kernel/src/crypto', 'sideways'],
    ['apps/auth/src/a.ts', '../../../migrations', 'sideways'],
    ['libs/kernel/src/a.ts', '../../../test/support', 'sideways'],
  ])('%s may not import %s', (path, source, message) => expect(at(path, source)).toEqual([message]));

  it.each([
    `export * from '@nself/tenancy';`,
    `await import('@nself/tenancy');`,
    `require('@nself/tenancy');`,
  ])('sees %s', code => expect(complaints('directions', 'libs/kernel/src/a.ts', code)).toEqual(['upwards']));
});
