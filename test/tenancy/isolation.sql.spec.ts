import { contextStatement } from '@nself/tenancy';
import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../support';
import {
  familyTables,
  fillFamily,
  insertText,
  sampleRow,
  type FamilyTable,
  type FilledFamily,
  type Reference,
} from './isolation-world';

// Thousands of statements on a machine that may be busy with something else.
jest.setTimeout(900_000);

const roles = [
  'owner',
  'admin_member',
  'adult',
  'youth',
  'child',
  'device',
  'user',
  'anonymous',
  'service',
] as const;
type Role = (typeof roles)[number];
type Attempt = { readonly text: string; readonly values: readonly unknown[] };

/** How far a statement came: to a row, to a constraint behind the wall, or to the wall. */
type Outcome = 'reached' | 'constrained' | 'walled';

/**
 * T2 and T6 with row level security alone: statements as nself_app in the context of one family that are aimed at
 * another's rows. Each of them is first made by somebody of the family that the row belongs to, and has to arrive:
 * what could not arrive at all would prove nothing by being refused.
 */
describe('isolation by row level security alone', () => {
  let database: TestDatabase;
  let app: Client;
  let owner: Client;
  let tables: FamilyTable[];
  let ours: FilledFamily;
  let theirs: FilledFamily;
  let attempts = 0;

  beforeAll(async () => {
    database = await testDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    app = new Client({ connectionString: database.appUrl });
    await Promise.all([owner.connect(), app.connect()]);
    tables = await familyTables(owner);
    ours = await fillFamily(owner, tables);
    theirs = await fillFamily(owner, tables);
  });
  afterAll(async () => {
    console.info(`${attempts} attempts on ${tables.length} tables, none arrived`);
    await Promise.all([app.end(), owner.end()]);
    await database.drop();
  });

  const verbs = ['select', 'update', 'delete', 'insert'] as const;
  const aimedAt: Record<(typeof verbs)[number], (table: FamilyTable) => Attempt> = {
    select: ({ name }) => ({ text: `select 1 from ${name} where id = $1`, values: [idOf(theirs, name)] }),
    update: ({ name, updatable }) => ({
      text: `update ${name} set ${updatable[0]} = ${updatable[0]} where id = $1 returning 1`,
      values: [idOf(theirs, name)],
    }),
    delete: ({ name }) => ({
      text: `delete from ${name} where id = $1 returning 1`,
      values: [idOf(theirs, name)],
    }),
    insert: table => insertOf(table, sampleRow(table, theirs)),
  };

  it.each(verbs)('%s of a row of another family arrives for its owner and for nobody else', async verb => {
    for (const table of tables.filter(({ grants }) => grants.includes(verb))) {
      const attempt = aimedAt[verb](table);
      expect({ table: table.name, arrives: await arrivesForOwner(attempt) }).toEqual({
        table: table.name,
        arrives: true,
      });
      for (const role of roles) {
        const outcome = await make(attempt, ours, role);
        expect({ table: table.name, role, outcome }).toEqual({ table: table.name, role, outcome: 'walled' });
      }
    }
  });

  it('neither lists nor counts rows of another family', async () => {
    for (const { name } of tables.filter(({ grants }) => grants.includes('select'))) {
      for (const role of roles) {
        const text = `select count(*) filter (where family_id is distinct from $1) as strange from ${name}`;
        const [row] = await rowsOf({ text, values: [ours.id] }, ours, role);
        expect({ name, role, strange: row?.['strange'] }).toEqual({ name, role, strange: '0' });
      }
    }
  });

  it('does not let a row move to another family', async () => {
    for (const { name } of tables.filter(
      ({ grants, updatable }) => grants.includes('update') && updatable.length > 3,
    )) {
      for (const role of roles) {
        const text = `update ${name} set family_id = $1 where id = $2 returning 1`;
        expect(await make({ text, values: [theirs.id, idOf(ours, name)] }, ours, role)).not.toBe('reached');
      }
    }
  });

  it('does not let a row point into another family, whoever writes it', async () => {
    for (const table of tables) {
      for (const reference of table.references) {
        const error = await pointAcross(table, reference).finally(() => owner.query('rollback'));
        // A trigger may see that something is wrong before the foreign key does.
        const expected = expect.stringMatching(/^(23503|23514)$/) as string;
        expect({ table: table.name, ...reference, error }).toEqual({
          table: table.name,
          ...reference,
          error: expected,
        });
      }
    }
  });

  /** Writes a row of ours that points to theirs, past row security; our own row makes room for it. */
  async function pointAcross(table: FamilyTable, { columns, target, targetColumns }: Reference) {
    attempts++;
    const row = sampleRow(table, ours);
    const own = columns.filter(column => column !== 'family_id');
    for (const [index, column] of columns.entries()) {
      if (column === 'family_id') continue;
      row[column] = target.endsWith('.family_members')
        ? theirs.me
        : theirs.rows.get(target)?.[targetColumns[index]!];
    }
    await owner.query('begin; set local session_replication_role = replica');
    await owner.query(`delete from ${table.name} where id = $1`, [idOf(ours, table.name)]);
    await owner.query('set local session_replication_role = default');
    return owner.query(insertText(table.name, row), Object.values(row)).then(
      // A trigger may have put something else in its place.
      ({ rows: [written] }) =>
        own.every(column => written?.[column] === row[column]) ? 'it was written' : '23514',
      (problem: Error & { code?: string }) => problem.code,
    );
  }

  const contexts: [what: string, family: string | null][] = [
    ['no family', null],
    ['an empty family', ''],
    ['a malformed family', `' or true --`],
    ['a family that does not exist', '00000000-0000-7000-8000-000000000000'],
  ];
  it.each(contexts)('shows and takes nothing with %s in the context', async (_, id) => {
    for (const table of tables) {
      const nowhere = { ...ours, id: id as string };
      for (const verb of verbs.filter(granted => table.grants.includes(granted))) {
        const outcome = await make(aimedAt[verb](table), nowhere, 'owner');
        expect({ table: table.name, verb, outcome }).toEqual({ table: table.name, verb, outcome: 'walled' });
      }
    }
  });

  const idOf = (family: FilledFamily, table: string) => family.rows.get(table)?.['id'];

  function insertOf(table: FamilyTable, row: Record<string, unknown>): Attempt {
    const text = table.grants.includes('select')
      ? insertText(table.name, row)
      : insertText(table.name, row).replace(/ returning \*$/, '');
    return { text, values: Object.values(row) };
  }

  /** Somebody of the other family, in some role that it knows, can do it: in one state of its vault or another. */
  async function arrivesForOwner(attempt: Attempt): Promise<boolean> {
    for (const state of ['active', 'sealed']) {
      await owner.query('set session_replication_role = replica');
      await owner.query('update legacy_vaults set state = $1 where family_id = $2', [state, theirs.id]);
      await owner.query('set session_replication_role = default');
      for (const role of ['owner', 'service', 'device'] as const) {
        if ((await make(attempt, theirs, role)) !== 'walled') return true;
      }
    }
    return false;
  }

  async function make(attempt: Attempt, as: FilledFamily, role: Role): Promise<Outcome> {
    attempts++;
    try {
      return (await rowsOf(attempt, as, role)).length > 0 || attempt.text.startsWith('insert')
        ? 'reached'
        : 'walled';
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (code === '42501') return 'walled';
      if (code.startsWith('23')) return 'constrained';
      throw error;
    }
  }

  /** Runs it in a transaction that leaves nothing behind. */
  async function rowsOf(
    { text, values }: Attempt,
    as: FilledFamily,
    role: Role,
  ): Promise<Record<string, unknown>[]> {
    const person = role === 'anonymous' || role === 'service' || role === 'device' ? null : as.me;
    const context = contextStatement({ familyId: as.id, userId: person, role, traceId: 'test', session: {} });
    await app.query('begin');
    try {
      await app.query(context.text, [...context.values]);
      return (await app.query<Record<string, unknown>>(text, [...values])).rows;
    } finally {
      await app.query('rollback');
    }
  }
});
