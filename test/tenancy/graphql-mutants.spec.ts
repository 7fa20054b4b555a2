import type { Metadata } from '@nself/hasura-metadata';
import { declared } from '../rules/served';
import {
  allOpen,
  as,
  campaign,
  neighbourhood,
  serve,
  told,
  Trial,
  wallsOff,
  type Attempt,
  type Breach,
  type Neighbourhood,
  type Served,
} from './walls';

/** A way to damage one wall, and what has to be said about it. */
interface Damage {
  readonly name: string;
  readonly table: string;
  readonly role: string;
  /** SQL that leaves the wall alone, with or without the damage. */
  readonly change: (damaged: boolean) => Promise<string>;
  readonly serve: (neighbours: Neighbourhood, damaged: boolean) => Promise<Served>;
  readonly wanted?: (attempt: Attempt) => boolean;
}

const ENOUGH = 60;
const long = Boolean(process.env.NSELF_LONG);

/** The short form damages one of each kind. */
const policies = long
  ? ['public.recipes', 'public.posts', 'public.albums', 'public.events']
  : ['public.recipes'];
const permissions = long ? ['posts', 'recipes', 'messages', 'events'] : ['posts'];
const keys = long
  ? ['public.recipe_steps', 'public.post_comments', 'public.event_invites']
  : ['public.recipe_steps'];

const droppedPolicy = (table: string): Damage => ({
  name: `a policy dropped: the wall of ${table}`,
  table,
  role: 'owner',
  change: async damaged => (damaged ? `drop policy tenant_wall on ${table}` : 'select 1'),
  serve: ({ together }) => allOpen(together),
});

const widenedPermission = (name: string): Damage => ({
  name: `a permission widened: adults select ${name}`,
  table: `public.${name}`,
  role: 'adult',
  change: async () => wallsOff,
  serve: ({ together }, damaged) => serve(together, damaged ? widened(name) : declared()),
});

function widened(name: string): Metadata {
  const metadata = declared();
  const sources = metadata.sources.map(source => ({
    ...source,
    tables: source.tables.map(table =>
      table.table.name === name ? { ...table, ...openToAdults(table) } : table,
    ),
  }));
  return { ...metadata, sources };
}

type Table = Metadata['sources'][number]['tables'][number];

const openToAdults = ({ select_permissions = [] }: Table): Pick<Table, 'select_permissions'> => ({
  select_permissions: select_permissions.map(entry =>
    entry.role === 'adult' ? { ...entry, permission: { ...entry.permission, filter: {} } } : entry,
  ),
});

const narrowedKey = (table: string, neighbours: () => Neighbourhood): Damage => ({
  name: `a foreign key of one column: ${table}`,
  table,
  role: 'owner',
  change: async damaged =>
    damaged ? `${wallsOff}; ${await singleColumnKeys(neighbours(), table)}` : wallsOff,
  serve: ({ together }) => allOpen(together),
  wanted: ({ kind }) => kind === 'insert with a value of theirs',
});

/** The table's keys that name the family, made to name the parent alone. */
function singleColumnKeys({ together }: Neighbourhood, table: string): Promise<string> {
  return as(together.ownerUrl, async client => {
    const { rows } = await client.query<{ change: string }>(
      `select format('alter table %s drop constraint %I, add foreign key (%I) references %s (id)',
                k.conrelid::regclass, k.conname, a.attname, k.confrelid::regclass) as change
       from pg_constraint k
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname <> 'family_id'
       where k.contype = 'f' and k.conrelid = $1::regclass and array_length(k.conkey, 1) = 2
         and k.confrelid <> 'public.family_members'::regclass`,
      [table],
    );
    if (rows.length === 0) throw new Error(`${table} has no key to narrow`);
    return rows.map(({ change }) => change).join('; ');
  });
}

/** The tests of the tests: a wall with a hole in it has to turn them red, and they have to say where the hole is. */
describe('damaged walls are noticed', () => {
  let neighbours: Neighbourhood;
  beforeAll(async () => {
    neighbours = await neighbourhood();
  });
  afterAll(() => neighbours?.drop());

  const damages: Damage[] = [
    ...policies.map(table => droppedPolicy(table)),
    ...permissions.map(table => widenedPermission(table)),
    ...keys.map(table => narrowedKey(table, () => neighbours)),
  ];

  it.each(damages)(
    '$name',
    async damage => {
      expect(told(await breachesOf(damage, false))).toEqual([]);
      const breaches = await breachesOf(damage, true);
      const bare = damage.table.replace(/^public\./, '');
      console.info(`${damage.name}: ${breaches.length} breaches, such as ${told(breaches)[0] ?? 'none'}`);
      expect(breaches.map(({ root }) => root)).toContainEqual(expect.stringContaining(bare));
      expect(new Set(breaches.map(({ role }) => role))).toEqual(new Set([damage.role]));
    },
    600_000,
  );

  async function breachesOf(
    { change, serve: serving, role, table, wanted }: Damage,
    damaged: boolean,
  ): Promise<readonly Breach[]> {
    const pair = await neighbours.copy(await change(damaged));
    const served = await serving(neighbours, damaged);
    const trial = await Trial.open(neighbours, pair, served);
    try {
      const { us, them } = neighbours;
      const aims = [{ role, model: served.model, us, them }];
      const narrowed = { tables: new Set([table]), most: ENOUGH, ...(wanted && { wanted }) };
      return (await campaign(trial, { aims, ...narrowed })).breaches;
    } finally {
      await trial.end();
    }
  }
});
