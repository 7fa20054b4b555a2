import { randomUUID } from 'node:crypto';
import { SafePool } from '@nself/kernel';
import {
  anonymousContext,
  contextStatement,
  openDataSource,
  rowsOf,
  TenantTransaction,
  type RequestContext,
} from '@nself/tenancy';
import type { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../support';
import { plantFamilies, type TestFamily } from './two-families';

/**
 * T4: what Postgres shows to a request whose context is empty, malformed, or names somebody else's family. Every
 * attempt is first shown to see something with the right context, so that a broken query cannot pass as a refusal.
 */
const NOBODY: [string, Partial<RequestContext>][] = [
  ['no family', { familyId: null }],
  ['an empty family', { familyId: '' }],
  ['a family that is no id', { familyId: 'not-a-uuid' }],
  ['a family that speaks SQL', { familyId: `' or true --` }],
  ['a family with blanks around', { familyId: ' 00000000-0000-0000-0000-000000000000 ' }],
  ['a family of braces', { familyId: '{}' }],
  ['the nil family', { familyId: '00000000-0000-0000-0000-000000000000' }],
  ['a family that does not exist', { familyId: randomUUID() }],
];

describe('T4: without the right context', () => {
  let database: TestDatabase;
  let source: DataSource;
  let door: TenantTransaction;
  let ours: TestFamily;
  let theirs: TestFamily;
  let tables: string[];

  const member = (family: TestFamily): RequestContext => ({
    familyId: family.id,
    userId: family.people.OWNER,
    role: 'owner',
    traceId: 'spec',
    session: {
      'x-hasura-role': 'owner',
      'x-hasura-family-id': family.id,
      'x-hasura-user-id': family.people.OWNER,
    },
  });

  /** A context with a hole; the session variables have it too, or the SQL side would fall back on them. */
  const holed = (changes: Partial<RequestContext>): RequestContext => ({
    ...member(ours),
    ...changes,
    session: { 'x-hasura-role': 'owner', 'x-hasura-family-id': changes.familyId ?? '' },
  });

  const counts = async (context: RequestContext): Promise<Record<string, number>> => {
    const query = tables
      .map(table => `select '${table}' as name, count(*)::integer as n from ${table}`)
      .join(' union all ');
    const rows = await door.run(context, manager => rowsOf<{ name: string; n: number }>(manager, query));
    return Object.fromEntries(rows.filter(row => row.n > 0).map(row => [row.name, row.n]));
  };

  const familyTables = (): Promise<string[]> =>
    door.run(anonymousContext(), async manager => {
      const rows = await rowsOf<{ name: string }>(
        manager,
        `select format('%I.%I', n.nspname, c.relname) as name
         from   pg_class c join pg_namespace n on n.oid = c.relnamespace
         join   pg_attribute a on a.attrelid = c.oid and a.attname = 'family_id' and not a.attisdropped
         where  c.relkind in ('r', 'p') and has_table_privilege(c.oid, 'select')
         order  by 1`,
      );
      return ['families', ...rows.map(row => row.name)];
    });

  beforeAll(async () => {
    database = await testDatabase();
    [ours, theirs] = (await plantFamilies(database.adminUrl, ['oaks', 'elms'])) as [TestFamily, TestFamily];
    const limits = { connections: 2, statementTimeout: 20_000, connectTimeout: 20_000, name: 'T4' };
    source = await openDataSource({ url: database.appUrl, ...limits });
    door = new TenantTransaction(source);
    tables = await familyTables();
  });

  afterAll(async () => {
    await source?.destroy();
    await database?.drop();
  });

  it('looks at every table of families that services can read', () =>
    expect(tables.length).toBeGreaterThan(20));

  it('shows a member her own family', async () =>
    expect(await counts(member(ours))).toMatchObject({
      families: 1,
      'public.family_members': 5,
      'public.posts': 3,
    }));

  it.each(NOBODY)('shows no row of any table to %s', async (_, changes) =>
    expect(await counts(holed(changes))).toEqual({}),
  );

  it('shows no row to somebody anonymous', async () => expect(await counts(anonymousContext())).toEqual({}));

  it('shows no row to a connection that was never told anything', async () => {
    const pool = new SafePool({ connectionString: database.appUrl, max: 1 });
    const results = await Promise.all(tables.map(table => pool.query(`select from ${table}`)));
    await pool.end();
    expect(results.map(each => each.rowCount)).toEqual(tables.map(() => 0));
  });

  it.each(NOBODY)('takes no row from %s, and names no table of another family', async (_, changes) => {
    const insert = (context: RequestContext, family: TestFamily): Promise<unknown> =>
      door.run(context, manager =>
        manager.query('insert into posts (family_id, author_id, body) values ($1, $2, $3)', [
          family.id,
          family.people.OWNER,
          'planted',
        ]),
      );
    await insert(member(ours), ours);
    await expect(insert(holed(changes), ours)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it.each(NOBODY)('lets %s change and delete nothing', async (_, changes) => {
    const touched = await door.run(holed(changes), async manager => {
      const updated = await rowsOf(manager, `update posts set body = 'changed' returning id`);
      const deleted = await rowsOf(manager, 'delete from posts returning id');
      return updated.length + deleted.length;
    });
    expect(touched).toBe(0);
  });

  /** Ids of the other family's posts that a statement brings up; whatever it changes is undone. */
  async function found(context: RequestContext, text: string): Promise<string[]> {
    const rows: { id: string }[] = [];
    const undone = door.run(context, async manager => {
      rows.push(...(await rowsOf<{ id: string }>(manager, text, [theirs.id, theirs.posts])));
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    return rows.map(row => row.id).filter(id => theirs.posts.includes(id));
  }

  it.each([
    ['where', 'select id from posts where family_id = $1 and id = any($2)'],
    ['an id alone', 'select id from posts where $1::uuid is not null and id = any($2)'],
    ['or', 'select id from posts where family_id = $1 or id = any($2) or true'],
    [
      'a join',
      'select p.id from families f join posts p on p.family_id = f.id where f.id = $1 and p.id = any($2)',
    ],
    ['a subquery', 'select id from posts where id in (select unnest($2::uuid[]) where $1::uuid is not null)'],
    ['update', `update posts set body = 'x' where family_id = $1 and id = any($2) returning id`],
    ['delete', 'delete from posts where family_id = $1 and id = any($2) returning id'],
    ['a lock', 'select id from posts where family_id = $1 and id = any($2) for update'],
  ])('shows nothing of another family by %s, which works for the family itself', async (_, text) => {
    expect(await found(member(theirs), text)).toHaveLength(3);
    expect(await found(member(ours), text)).toEqual([]);
  });

  it('leaves the other family as it was', async () => {
    const before = await counts(member(theirs));
    expect(before).toMatchObject({ 'public.posts': 3 });
  });

  it('writes every value of the context as a parameter, and no id that is none', () => {
    const attack = `'; drop table posts; --`;
    const { text, values } = contextStatement(holed({ familyId: attack, userId: attack, role: attack }));
    expect(text).not.toContain('drop');
    expect(values.slice(0, 3)).toEqual(['', '', attack]);
  });

  it('answers nothing at all when somebody else wrote an id that is none', async () => {
    const attempt = door.run(member(ours), async manager => {
      await manager.query(`select set_config('app.family_id', 'not-a-uuid', true)`);
      return manager.query('select id from posts');
    });
    await expect(attempt).rejects.toMatchObject({ driverError: { code: '22P02' } });
  });
});
