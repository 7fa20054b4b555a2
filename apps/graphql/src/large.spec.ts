import { createService } from '@nself/kernel';
import { Client } from 'pg';
import { emptyDatabase, type EmptyDatabase } from '../../../test/support';
import { SECRET } from './alone.fixture';
import { graphqlService } from './service';

const ROLES = Array.from({ length: 8 }, (_, n) => `role_${n}`);

/** Each table points to the one before it. */
const schemaOf = (tables: number): string => `
  do $$ begin
    create table t0 (id int primary key, title text not null, at timestamptz, parent_id int);
    for n in 1 .. ${tables - 1} loop
      execute format(
        'create table t%s (id int primary key, title text not null, at timestamptz, parent_id int references t%s)',
        n, n - 1);
    end loop;
  end $$;`;

const nameOf = (n: number): object => ({ schema: 'public', name: `t${n}` });

/** Relationships both ways, and what each role may do with every table. */
function tableOf(n: number, tables: number): object {
  const own = { title: { _neq: 'X-Hasura-User-Id' } };
  return {
    table: nameOf(n),
    ...(n > 0 && {
      object_relationships: [{ name: 'parent', using: { foreign_key_constraint_on: 'parent_id' } }],
    }),
    ...(n < tables - 1 && {
      array_relationships: [
        {
          name: 'children',
          using: { foreign_key_constraint_on: { table: nameOf(n + 1), column: 'parent_id' } },
        },
      ],
    }),
    select_permissions: ROLES.map(role => ({
      role,
      permission: { columns: '*', filter: own, allow_aggregations: true },
    })),
    insert_permissions: ROLES.map(role => ({ role, permission: { columns: '*', check: own } })),
    update_permissions: ROLES.map(role => ({ role, permission: { columns: ['title'], filter: own } })),
    delete_permissions: ROLES.map(role => ({ role, permission: { filter: own } })),
  };
}

const metadataOf = (tables: number): object => ({
  version: 3,
  sources: [
    {
      name: 'default',
      kind: 'postgres',
      configuration: { connection_info: { database_url: { from_env: 'HASURA_GRAPHQL_DATABASE_URL' } } },
      tables: Array.from({ length: tables }, (_, n) => tableOf(n, tables)),
    },
  ],
});

interface Loading {
  /** From nothing to an answer for every role. */
  readonly seconds: number;
  /** Processor time of this process meanwhile. */
  readonly cpuSeconds: number;
}

/** An engine on a database of this size, asked for the first time. */
class Large {
  private constructor(
    private readonly database: EmptyDatabase,
    private readonly tables: number,
  ) {}

  static async make(tables: number): Promise<Large> {
    const large = new Large(await emptyDatabase(), tables);
    const client = new Client(large.database.ownerUrl);
    await client.connect();
    await client.query(schemaOf(tables)).finally(() => client.end());
    await large.serve(url => large.post(url, '/v1/metadata', replacing(tables)));
    return large;
  }

  async load(): Promise<Loading> {
    const [begun, cpu] = [performance.now(), process.cpuUsage()];
    await this.serve(url => Promise.all(ROLES.map(role => this.ask(url, role))));
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - begun) / 1000, cpuSeconds: (user + system) / 1e6 };
  }

  drop(): Promise<void> {
    return this.database.drop();
  }

  private async serve(work: (url: string) => Promise<unknown>): Promise<void> {
    const env = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      HASURA_GRAPHQL_DATABASE_URL: this.database.ownerUrl,
      HASURA_GRAPHQL_ADMIN_SECRET: SECRET,
    };
    const { app } = await createService(graphqlService(env), env);
    await app.listen(0, '127.0.0.1');
    await work(await app.getUrl()).finally(() => app.close());
  }

  private async ask(url: string, role: string): Promise<void> {
    const query = `{ t${this.tables - 1} { id parent { title } } t0_aggregate { aggregate { count } } }`;
    const answer = await this.post(url, '/v1/graphql', { query }, { 'x-hasura-role': role });
    expect(answer).toEqual({
      data: { [`t${this.tables - 1}`]: [], t0_aggregate: { aggregate: { count: 0 } } },
    });
  }

  private async post(
    url: string,
    path: string,
    body: object,
    more: Record<string, string> = {},
  ): Promise<unknown> {
    const headers = { 'x-hasura-admin-secret': SECRET, 'x-hasura-user-id': 'nobody', ...more };
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    throw new Error(JSON.stringify(answer).slice(0, 500));
  }
}

const replacing = (tables: number): object => ({
  type: 'replace_metadata',
  version: 2,
  args: { metadata: metadataOf(tables) },
});

/** Ten times the tables may take this many times the work; work that grows with the square would take a hundred. */
const MOST = 25;

describe('a schema of a thousand tables and eight roles', () => {
  let small: Large;
  let large: Large;
  beforeAll(async () => {
    small = await Large.make(100);
    large = await Large.make(1_000);
  }, 300_000);
  afterAll(async () => {
    await small.drop();
    await large.drop();
  });

  it('is loaded in proportion to its size', async () => {
    await small.load(); // The first time pays for what is compiled and read once.
    const few = await small.load();
    const many = await large.load();
    const [cpu, wall] = [many.cpuSeconds.toFixed(2), many.seconds.toFixed(2)];
    console.info(
      `1,000 tables and ${ROLES.length} roles: ${wall} s from nothing to answers, ${cpu} s of processor`,
    );
    expect(many.cpuSeconds / few.cpuSeconds).toBeLessThan(MOST);
  }, 300_000);
});
