import { tenancyFaults } from '../../migrations';
import { idOf, roles, Statements, verbs } from './isolation-statements';
import {
  droppedWalls,
  narrowedKeys,
  rulesOpened,
  whileDamaged,
  widenedWalls,
  type Damage,
  type NarrowedKey,
} from './walls';

// Thousands of statements on a machine that may be busy with something else.
jest.setTimeout(900_000);

/** Columns that something else keeps in the family as well, with what that is. */
const heldTwice: Readonly<Record<string, string>> = {
  'public.genealogy_citations.union_id': 'a citation is of one thing, and the row at hand has a profile',
  'public.read_states.conversation_id': 'the key of the message names the conversation too',
  'public.vault_release_requests.vault_id': 'the key of the trustee names the vault too',
};

/**
 * T2 and T6 with row level security alone: statements as nself_app in the context of one family that are aimed at
 * another's rows. Each of them is first made by somebody of the family that the row belongs to, and has to arrive:
 * what could not arrive at all would prove nothing by being refused.
 */
describe('isolation by row level security alone', () => {
  let statements: Statements;

  beforeAll(async () => {
    statements = await Statements.open();
  });
  afterAll(async () => {
    await statements?.end();
  });

  it.each(verbs)('%s of a row of another family arrives for its owner and for nobody else', async verb => {
    for (const table of statements.tables.filter(({ grants }) => grants.includes(verb))) {
      const statement = statements.aimedAt(table, verb);
      const arrives = await statements.arrivesForOwner(statement);
      expect({ table: table.name, arrives }).toEqual({ table: table.name, arrives: true });
      for (const role of roles) {
        const outcome = await statements.make(statement, statements.ours, role);
        expect({ table: table.name, role, outcome }).toEqual({ table: table.name, role, outcome: 'walled' });
      }
    }
  });

  it('neither lists nor counts rows of another family', async () => {
    for (const { name } of statements.tables.filter(({ grants }) => grants.includes('select'))) {
      for (const role of roles) {
        const text = `select count(*) filter (where family_id is distinct from $1) as strange from ${name}`;
        const { ours } = statements;
        const [row] = await statements.rowsOf({ text, values: [ours.id] }, ours, role);
        expect({ name, role, strange: row?.['strange'] }).toEqual({ name, role, strange: '0' });
      }
    }
  });

  it('does not let a row move to another family', async () => {
    const { tables, ours, theirs } = statements;
    const movable = tables.filter(
      ({ grants, updatable }) => grants.includes('update') && updatable.length > 3,
    );
    for (const { name } of movable) {
      for (const role of roles) {
        const text = `update ${name} set family_id = $1 where id = $2 returning 1`;
        const outcome = await statements.make({ text, values: [theirs.id, idOf(ours, name)] }, ours, role);
        expect({ name, role, outcome }).not.toEqual({ name, role, outcome: 'reached' });
      }
    }
  });

  it('does not let a row point into another family, whoever writes it', async () => {
    for (const table of statements.tables) {
      for (const reference of table.references) {
        const refusal = await statements.pointAcross(table, reference);
        // A trigger may see that something is wrong before the foreign key does.
        const expected: unknown = expect.stringMatching(/^(23503|23514)$/);
        expect({ table: table.name, ...reference, refusal }).toEqual({
          table: table.name,
          ...reference,
          refusal: expected,
        });
      }
    }
  });

  const contexts: [what: string, family: string | null][] = [
    ['no family', null],
    ['an empty family', ''],
    ['a malformed family', `' or true --`],
    ['a family that does not exist', '00000000-0000-7000-8000-000000000000'],
  ];
  it.each(contexts)('shows and takes nothing with %s in the context', async (_, id) => {
    const nowhere = { ...statements.ours, id: id as string };
    for (const table of statements.tables) {
      for (const verb of verbs.filter(granted => table.grants.includes(granted))) {
        const outcome = await statements.make(statements.aimedAt(table, verb), nowhere, 'owner');
        expect({ table: table.name, verb, outcome }).toEqual({ table: table.name, verb, outcome: 'walled' });
      }
    }
  });

  it('was made to show that', () => {
    console.info(
      `SQL: ${statements.count.toLocaleString('en')} attempts on ${statements.tables.length} tables, 0 succeeded`,
    );
    expect(statements.count).toBeGreaterThan(statements.tables.length * roles.length * verbs.length);
  });

  /** The tests of the tests: every table's wall is damaged once, and some statement must get through. */
  describe('is noticed to be damaged', () => {
    it.each([
      ['dropped', droppedWalls],
      ['widened', widenedWalls],
    ])('where the wall of a table is %s', async (_, damagesOf) => {
      const known = new Set(
        statements.tables.filter(({ grants }) => grants.length > 0).map(({ name }) => name),
      );
      const damages = (await damagesOf(statements.superuser)).filter(({ table }) => known.has(table));
      const unnoticed: string[] = [];
      for (const damage of damages) {
        const [whole, damaged] = await whileDamaged(statements.superuser, rulesOpened(damage), async () => [
          await arrivalsAt(damage),
          await whileDamaged(statements.superuser, damage, () => arrivalsAt(damage)),
        ]);
        expect(whole).toEqual([]);
        if (!damaged?.length) unnoticed.push(damage.wall);
      }
      expect(damages.length).toBe(known.size);
      expect(unnoticed).toEqual([]);
    });

    it('where a foreign key forgets the family', async () => {
      const keys = await narrowedKeys(statements.superuser);
      const unnoticed: string[] = [];
      for (const key of keys) {
        const crossed = await whileDamaged(statements.superuser, key, () => pointsAcross(key));
        const held = `${key.table}.${key.column}` in heldTwice;
        if (crossed === held) unnoticed.push(key.wall);
      }
      expect(keys.length).toBeGreaterThan(50);
      expect(unnoticed).toEqual([]);
    });

    it('and the catalogue names every one of them', async () => {
      const client = statements.superuser;
      for (const damages of [await droppedWalls(client), await widenedWalls(client)])
        expect(await namedWhileDamaged(damages)).toEqual(
          expect.arrayContaining(damages.map(({ table }) => table)),
        );
      const keys = await narrowedKeys(client);
      const named = await namedWhileDamaged(keys);
      expect(keys.filter(({ table }) => !named.some(object => object.startsWith(`${table}.`)))).toEqual([]);
      expect(await tenancyFaults(statements.database.ownerUrl)).toEqual([]);
    });
  });

  /** What gets through to a row of theirs, or to a constraint behind the wall. */
  async function arrivalsAt({ table: name }: Damage): Promise<string[]> {
    const arrivals: string[] = [];
    for (const table of statements.tables.filter(each => each.name === name)) {
      for (const verb of verbs.filter(granted => table.grants.includes(granted))) {
        for (const role of ['owner', 'service', 'device'] as const) {
          const outcome = await statements.make(statements.aimedAt(table, verb), statements.ours, role);
          if (outcome !== 'walled') arrivals.push(`${name}: ${verb} as ${role} ${outcome}`);
        }
      }
    }
    return arrivals;
  }

  async function pointsAcross({ table: name, column, target }: NarrowedKey): Promise<boolean> {
    const table = statements.tables.find(each => each.name === name);
    const reference = table?.references.find(each => each.target === target && each.columns.includes(column));
    return Boolean(table && reference && (await statements.pointAcross(table, reference)) === undefined);
  }

  /** Objects that the catalogue's check names while all of that is damaged at once. */
  async function namedWhileDamaged(damages: readonly Damage[]): Promise<string[]> {
    const all = {
      harm: damages.map(({ harm }) => harm).join('; '),
      mend: damages.map(({ mend }) => mend).join('; '),
    };
    return whileDamaged(statements.superuser, all, async () => {
      const faults = await tenancyFaults(statements.database.ownerUrl);
      return faults.map(({ object }) => object);
    });
  }
});
