import { Client } from 'pg';
import { downAndUpAgain } from '../../migrations/borders.fixture';
import { loadDemo } from '../../seeds';
import { testStack, type TestStack } from '../support';

// Three services and every migration, on a machine that may be busy with something else.
jest.setTimeout(900_000);

const services = ['auth', 'api', 'graphql'];

/** Tables in which the demo world leaves nothing, and why. */
const empty: Record<string, string> = {
  'public.calendar_feeds': 'the secret link is made by the service that answers behind it',
  'public.family_data_keys': 'made by the service that encrypts what lies in vaults',
  'public.vault_items': 'encrypted by the same service',
  'public.media_variants': 'made by the scheduler, a moment later',
  'public.quota_limits': 'set by whoever runs the installation',
  'public.stream_sessions': 'are there while somebody watches',
  'storage.pending_objects': 'are there while an upload is under way',
};

describe('the demo world', () => {
  let stack: TestStack;
  let client: Client;
  const tell = () => undefined;

  beforeAll(async () => {
    stack = await testStack(services);
    await loadDemo(stack, tell);
    client = new Client({ connectionString: stack.database.ownerUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await stack.stop();
  });

  it('has something in every table, but for those that are named with a reason', async () => {
    const { rows } = await client.query<{ name: string }>(`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'storage') and c.relkind = 'r'
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by 1`);
    const bare: string[] = [];
    for (const { name } of rows) {
      const { rowCount } = await client.query(`select from ${name} limit 1`);
      if (rowCount === 0) bare.push(name);
    }
    expect(bare.sort()).toEqual(Object.keys(empty).sort());
  });

  it('signs people in, writes its trail, and lets none of its chains break', async () => {
    for (const table of ['auth.users', 'auth.sessions', 'ops.audit_events', 'ops.jobs']) {
      expect((await client.query(`select from ${table} limit 1`)).rowCount).toBe(1);
    }
    expect((await client.query('select * from ops.audit_faults()')).rows).toEqual([]);
  });

  it('is told once: what is there already stays as it is', async () => {
    const { counts } = await loadDemo(stack, tell);
    expect(counts).toEqual({});
  });

  it('goes down and up again with every migration, to the very same schema', async () => {
    for (const service of services) await stack.end(service);
    await downAndUpAgain(stack.database.ownerUrl);
  });
});
