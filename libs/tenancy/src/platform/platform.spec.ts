import { setLogLevel } from '@nself/observability';
import { SafePool } from '@nself/kernel';
import { testDatabase, type TestDatabase } from '../../../../test/support';
import { rowsOf, type DoorOptions } from '../door';
import { Platform } from './platform';

describe('work over all families', () => {
  let database: TestDatabase;
  let platform: Platform;
  let owner: SafePool;

  const optionsFor = (url: string): DoorOptions => ({
    url,
    connections: 2,
    statementTimeout: 10_000,
    connectTimeout: 10_000,
    name: 'platform spec',
  });

  const trail = async (): Promise<unknown[]> =>
    (await owner.query(`select family_id, type, new_state from ops.audit_events order by sequence`)).rows;

  beforeAll(async () => {
    setLogLevel('silent');
    database = await testDatabase();
    owner = new SafePool({ connectionString: database.ownerUrl, max: 1 });
    platform = new Platform(optionsFor(database.adminUrl));
    await owner.query(`insert into families (name) values ('oaks'), ('elms')`);
  });

  afterAll(async () => {
    setLogLevel('info');
    await platform?.onApplicationShutdown();
    await owner?.end();
    await database?.drop();
  });

  it('sees them all, and is on record', async () => {
    const families = await platform.asPlatform('count the trees', manager =>
      rowsOf<{ name: string }>(manager, 'select name from families order by name'),
    );
    expect(families.map(each => each.name)).toEqual(['elms', 'oaks']);
    expect(await trail()).toEqual([
      { family_id: null, type: 'platform.used', new_state: { reason: 'count the trees' } },
    ]);
  });

  it('is on record even when it fails', async () => {
    const failing = platform.asPlatform('fell a tree', () => Promise.reject(new Error('too hard')));
    await expect(failing).rejects.toThrow('too hard');
    expect(await trail()).toHaveLength(2);
  });

  it('does nothing when it cannot be recorded', async () => {
    await owner.query('revoke insert on ops.audit_events from nself_admin');
    let worked = false;
    const silent = platform.asPlatform('leave no trace', async () => {
      worked = true;
    });
    await expect(silent).rejects.toThrow();
    expect(worked).toBe(false);
  });

  it('needs its own login: the one of the services sees nothing', async () => {
    const pretender = new Platform(optionsFor(database.appUrl));
    const families = await pretender.asPlatform('pretend', manager =>
      rowsOf(manager, 'select from families'),
    );
    await pretender.onApplicationShutdown();
    expect(families).toEqual([]);
  });
});
