import { Client } from 'pg';
import { tenancyFaults } from '../../migrations';
import { testDatabase, type TestDatabase } from '../support';

describe('T1: the catalogue', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await testDatabase()));
  afterAll(() => database.drop());

  it('holds every table with family_id to every rule', async () => {
    expect(await tenancyFaults(database.ownerUrl)).toEqual([]);
  });

  /** Each breaks one rule; the check has to name the object. What it cannot see to be broken, it does not guard. */
  const damage: [change: string, named: string][] = [
    ['drop policy tenant_wall on posts', 'public.posts'],
    ['alter policy tenant_wall on posts using (true)', 'public.posts'],
    ['alter policy tenant_wall on posts with check (true)', 'public.posts'],
    ['alter policy tenant_wall on posts to nself_app', 'public.posts'],
    ['alter policy tenant_wall on families using (true)', 'public.families'],
    ['alter table posts disable row level security', 'public.posts'],
    ['alter table posts no force row level security', 'public.posts'],
    ['alter table posts alter family_id drop not null', 'public.posts'],
    ['alter table posts drop constraint posts_family_id_fkey', 'public.posts'],
    [
      'alter table media_favorites drop constraint media_favorites_family_id_id_key',
      'public.media_favorites',
    ],
    ['drop trigger stay_in_family on posts', 'public.posts'],
    ['alter table posts disable trigger stay_in_family', 'public.posts'],
    [
      `alter table post_assets drop constraint post_assets_family_id_post_id_fkey,
         add constraint one_column foreign key (post_id) references posts (id)`,
      'public.post_assets.one_column',
    ],
    ['grant truncate on posts to nself_app', 'public.posts'],
    ['grant select on auth.refresh_tokens to nself_app', 'auth.refresh_tokens'],
    ['create table strays (id uuid)', 'public.strays'],
    ['create view everything as select * from posts', 'public.everything'],
    ['alter view hidden_people set (security_invoker = false)', 'public.hidden_people'],
    [
      `create function app.peek() returns bigint language sql security definer as 'select count(*) from posts'`,
      'app.peek()',
    ],
    ['grant execute on function app.my_families() to public', 'app.my_families()'],
    ['alter function app.my_families() reset search_path', 'app.my_families()'],
    ['alter function app.my_families() owner to postgres', 'app.my_families()'],
    ['drop function app.my_families() cascade', 'app.my_families()'],
    ['alter table posts owner to nself_app', 'nself_app'],
  ];

  it.each(damage)('notices: %s', async (change, named) => {
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      const broken = await faultsWithin(client, change);
      expect(broken).toContain(named);
    } finally {
      await client.end();
    }
  });

  /** Damages a clone, because the check opens a connection of its own and could not see into a transaction. */
  async function faultsWithin(client: Client, change: string): Promise<string[]> {
    const name = `${database.name}_damaged`;
    const url = new URL(database.ownerUrl);
    url.pathname = `/${name}`;
    const server = new Client({ connectionString: database.ownerUrl.replace(database.name, 'postgres') });
    await client.end();
    await server.connect();
    try {
      await server.query(`create database ${name} template ${database.name}`);
      const damaged = new Client({ connectionString: url.href });
      await damaged.connect();
      await damaged.query(change);
      await damaged.end();
      return (await tenancyFaults(url.href)).map(fault => fault.object);
    } finally {
      await server.query(`drop database if exists ${name} with (force)`);
      await server.end();
    }
  }
});
