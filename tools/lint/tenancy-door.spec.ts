import { complaints } from './try-rule.fixture';

const at = (path: string, code: string): string[] => complaints('tenancy-door', path, code);

describe('tenancy-door', () => {
  it.each<[string, string, string]>([
    ['a query runner', 'source.createQueryRunner();', 'runner'],
    ['a query builder', 'repository.createQueryBuilder();', 'runner'],
    ['a global repository', 'source.getRepository(Post);', 'runner'],
    ['an injected repository', 'class A { constructor(@InjectRepository(Post) posts) {} }', 'runner'],
    ['an injected data source', 'class A { constructor(@InjectDataSource() source) {} }', 'runner'],
    ['a pool', `import { Pool } from 'pg'; new Pool();`, 'pool'],
    ['a pool by the name of its package', `import pg from 'pg'; new pg.Pool();`, 'pool'],
    ['a safe pool', `import { SafePool } from '@nself/kernel'; new SafePool();`, 'pool'],
    ['a data source', `import { DataSource } from 'typeorm'; new DataSource({});`, 'pool'],
    ['a context of its own', `m.query("select set_config('app.family_id', $1, true)");`, 'context'],
    ['a context in a template', 'm.query(`set local app.role = ${role}`);', 'context'],
    ['a context for the session', `m.query("set app.family_id = 'x'");`, 'context'],
  ])('refuses %s', (_, code, message) => expect(at('apps/api/src/posts/a.ts', code)).toEqual([message]));

  it.each<[string, string, string]>([
    ['the door itself', 'libs/tenancy/src/door/a.ts', 'source.createQueryRunner();'],
    [
      'a client that is not of Postgres',
      'libs/media/src/a.ts',
      `import { Client } from 'minio'; new Client();`,
    ],
    ['the one statement', 'libs/tenancy/src/context/a.ts', `"select set_config('app.role', $1, true)"`],
    ['another setting', 'apps/api/src/a.ts', `"select set_config('statement_timeout', $1, true)"`],
    ['a spec', 'apps/api/src/a.spec.ts', `import { Pool } from 'pg'; new Pool();`],
  ])('allows %s', (_, path, code) => expect(at(path, code)).toEqual([]));
});
