import { randomUUID } from 'node:crypto';
import { Pipeline, underClaim } from '@nself/kernel';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../../test/support';
import { anonymousContext, serviceContext } from '../context';
import { openDataSource } from './data-source';
import { TenantGroup } from './tenant-group';
import { TenantTransaction } from './tenant-transaction';

const JOB = `insert into ops.jobs (family_id, name, priority) values ($1, $2, $3)`;
const SEEN = `
  select jsonb_build_object('family', app.family_id(), 'role', app.role(), 'trace', app.trace_id()) as row`;
const JOBS = `select to_jsonb(j) as row from (select name, priority from ops.jobs order by priority) j`;

describe('the door for groups', () => {
  let database: TestDatabase;
  let source: DataSource;
  let group: TenantGroup;
  let owner: Client;

  beforeAll(async () => {
    database = await testDatabase();
    const limits = { connections: 2, statementTimeout: 30_000, connectTimeout: 30_000, name: 'group spec' };
    source = await openDataSource({ url: database.appUrl, ...limits });
    const pipeline = new Pipeline({ connection: { connectionString: database.appUrl }, connections: 1 });
    group = new TenantGroup(pipeline, new TenantTransaction(source));
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });

  afterAll(async () => {
    await owner?.end();
    await group?.close();
    await source?.destroy();
    await database?.drop();
  });

  /** What is in the family's list of jobs, past the walls. */
  const jobsOf = async (familyId: string): Promise<string[]> => {
    const { rows } = await owner.query<{ name: string }>('select name from ops.jobs where family_id = $1', [
      familyId,
    ]);
    return rows.map(row => row.name);
  };

  const ways: [string, <T>(work: () => Promise<T>) => Promise<T>][] = [
    ['in one write', work => work()],
    ['step by step, because the request must not be done twice', work => inClaim(work)],
  ];

  async function inClaim<T>(work: () => Promise<T>): Promise<T> {
    const [scope, key, id] = [randomUUID(), randomUUID(), randomUUID()];
    await owner.query(
      `insert into ops.idempotency_keys (scope, key, request_hash, claim) values ($1, $2, '', $3)`,
      [scope, key, id],
    );
    return underClaim({ scope, key, id, secret: Buffer.alloc(32) }, work);
  }

  describe.each(ways)('%s', (_, way) => {
    it('tells Postgres for whom it works, and answers the rows of each statement', async () => {
      const familyId = randomUUID();
      const context = serviceContext(familyId);
      const [seen, written, listed] = await way(() =>
        group.run(context, [
          { text: SEEN, values: [] },
          { text: JOB, values: [familyId, 'spec.ä "quoted"', 7] },
          { text: JOBS, values: [] },
        ]),
      );
      expect(seen).toEqual([{ family: familyId, role: 'service', trace: context.traceId }]);
      expect(written).toEqual([]);
      expect(listed).toEqual([{ name: 'spec.ä "quoted"', priority: 7 }]);
    });

    it('does all of it or nothing', async () => {
      const familyId = randomUUID();
      const failing = way(() =>
        group.run(serviceContext(familyId), [
          { text: JOB, values: [familyId, 'spec.first', 1] },
          { text: 'select 1/0 as row', values: [] },
        ]),
      );
      await expect(failing).rejects.toThrow('division by zero');
      expect(await jobsOf(familyId)).toEqual([]);
    });

    it('shows nothing of another family, and takes nothing for one', async () => {
      const [mine, theirs] = [randomUUID(), randomUUID()];
      await group.run(serviceContext(theirs), [{ text: JOB, values: [theirs, 'spec.theirs', 1] }]);
      const [listed] = await way(() => group.run(serviceContext(mine), [{ text: JOBS, values: [] }]));
      expect(listed).toEqual([]);
      await expect(
        way(() => group.run(serviceContext(mine), [{ text: JOB, values: [theirs, 'spec.mine', 1] }])),
      ).rejects.toThrow('row-level security');
      expect(await jobsOf(theirs)).toEqual(['spec.theirs']);
    });
  });

  it('leaves nothing of one context to the next', async () => {
    await group.run(serviceContext(randomUUID()), [{ text: SEEN, values: [] }]);
    const [seen] = await group.run(anonymousContext(), [{ text: SEEN, values: [] }]);
    expect(seen).toMatchObject([{ family: null, role: 'anonymous' }]);
  });

  it('writes nothing when the work beside it fails', async () => {
    const familyId = randomUUID();
    const failing = group.run(
      serviceContext(familyId),
      [{ text: JOB, values: [familyId, 'spec.beside', 1] }],
      () => Promise.reject(new Error('second thoughts')),
    );
    await expect(failing).rejects.toThrow('second thoughts');
    expect(await jobsOf(familyId)).toEqual([]);
  });
});
