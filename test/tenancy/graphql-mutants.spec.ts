import type { Metadata } from '@nself/hasura-metadata';
import { Client } from 'pg';
import { declared } from '../rules/served';
import {
  allOpen,
  asDeclared,
  campaign,
  droppedWalls,
  narrowedKeys,
  neighbourhood,
  rulesOpened,
  serve,
  spread,
  told,
  Trial,
  wallsOff,
  whileDamaged,
  widenedWalls,
  type Attempt,
  type Breach,
  type Damage,
  type Neighbourhood,
  type Pair,
  type Served,
  type World,
} from './walls';

/** Of each kind of damage so many are drawn in the short form. */
const DRAWS = process.env.NSELF_LONG ? Infinity : 6;
/** Attempts on one table are enough to find a hole in its wall. */
const ENOUGH = 60;

const borrows = ({ kind }: Attempt): boolean => kind === 'insert with a value of theirs';

/** The tests of the tests: a wall with a hole in it has to turn them red, and they have to say where the hole is. */
describe('damaged walls are noticed by what GraphQL shows', () => {
  let neighbours: Neighbourhood;
  const clients: Client[] = [];

  beforeAll(async () => {
    neighbours = await neighbourhood();
  });
  afterAll(async () => {
    await Promise.all(clients.map(client => client.end()));
    await neighbours?.drop();
  });

  it.each([
    ['a policy dropped', droppedWalls],
    ['a policy widened', widenedWalls],
  ])(
    '%s',
    async (_, damagesOf) => {
      const pair = await neighbours.copy('select 1');
      await damageWalls(pair, await allOpen(pair.together), damagesOf);
    },
    3_600_000,
  );

  it('a foreign key of one column', async () => {
    const pair = await neighbours.copy(wallsOff);
    await damageWalls(pair, await allOpen(pair.together), narrowedKeys, borrows);
  }, 3_600_000);

  it('a permission widened', async () => {
    const pair = await neighbours.copy(wallsOff);
    const all = grantsOf(declared()).filter(({ table }) => neighbours.them.seen.get(table)?.length);
    const healthy = await asDeclared(pair.together);
    for (const grant of spread(all, DRAWS)) {
      const { table, role, verb } = grant;
      const wall = `permission of ${role} to ${verb} ${table}, widened`;
      const attack = (served: Served) =>
        onTrial(pair, served, trial => breaches(trial, served, { role, table }));
      expect(told(wall, await attack(healthy))).toEqual([]);
      noticed(wall, table, await attack(await serve(pair.together, widened(declared(), grant))));
    }
  }, 3_600_000);

  /** Takes one wall down after the other; its table must be found open, and must have been found closed before. */
  async function damageWalls(
    pair: Pair,
    served: Served,
    damagesOf: (client: Client) => Promise<Damage[]>,
    wanted?: (attempt: Attempt) => boolean,
  ): Promise<void> {
    const client = await superuserOf(pair.together);
    const alone = await superuserOf(pair.alone);
    const tracked = (await damagesOf(client)).filter(({ table }) => served.model.tables.has(table));
    await onTrial(pair, served, async trial => {
      for (const damage of spread(tracked, DRAWS)) {
        const { wall, table } = damage;
        const attack = () => breaches(trial, served, { role: 'owner', table, ...(wanted && { wanted }) });
        const compare = async (): Promise<void> => {
          expect(told(wall, await attack())).toEqual([]);
          noticed(wall, table, await whileDamaged(client, damage, attack));
        };
        const rules = rulesOpened(damage);
        await whileDamaged(client, rules, () => whileDamaged(alone, rules, compare));
      }
    });
  }

  async function superuserOf({ ownerUrl }: World): Promise<Client> {
    const client = new Client({ connectionString: ownerUrl });
    clients.push(client);
    await client.connect();
    return client;
  }

  async function onTrial<T>(pair: Pair, served: Served, work: (trial: Trial) => Promise<T>): Promise<T> {
    const trial = await Trial.open(neighbours, pair, served);
    try {
      return await work(trial);
    } finally {
      await trial.end();
    }
  }

  interface Attack {
    readonly role: string;
    readonly table: string;
    readonly wanted?: (attempt: Attempt) => boolean;
  }

  async function breaches(
    trial: Trial,
    { model }: Served,
    { role, table, ...wanted }: Attack,
  ): Promise<readonly Breach[]> {
    const { us, them } = neighbours;
    const aims = [{ role, model, us, them }];
    const tally = await campaign(trial, { aims, tables: new Set([table]), most: ENOUGH, ...wanted });
    return tally.breaches;
  }
});

/** The failure that the tests of the walls would show: it names the table and the wall. */
function noticed(wall: string, table: string, breaches: readonly Breach[]): void {
  const [message = 'nothing was noticed'] = told(wall, breaches);
  expect(message).toContain(`${table}, ${wall}: `);
  console.info(`${breaches.length} breaches, such as ${message}`);
}

interface Grant {
  readonly table: string;
  readonly role: string;
  readonly verb: 'select' | 'update' | 'delete';
}

type Table = Metadata['sources'][number]['tables'][number];

const keyOf = ({ table }: Table): string => `${table.schema}.${table.name}`;

/** Every permission that narrows something. */
function grantsOf({ sources }: Metadata): Grant[] {
  return sources
    .flatMap(({ tables }) => tables)
    .flatMap(table => {
      const narrows = (filter: object): boolean => Object.keys(filter).length > 0;
      return (['select', 'update', 'delete'] as const).flatMap(verb =>
        (table[`${verb}_permissions`] ?? [])
          .filter(({ permission }) => narrows(permission.filter as object))
          .map(({ role }) => ({ table: keyOf(table), role, verb })),
      );
    });
}

/** The same metadata with one permission that narrows nothing any more. */
function widened(metadata: Metadata, { table: key, role, verb }: Grant): Metadata {
  const name = `${verb}_permissions` as const;
  const open = (table: Table): Table => ({
    ...table,
    [name]: table[name]?.map(entry =>
      entry.role === role ? { ...entry, permission: { ...entry.permission, filter: {} } } : entry,
    ),
  });
  const sources = metadata.sources.map(source => ({
    ...source,
    tables: source.tables.map(table => (keyOf(table) === key ? open(table) : table)),
  }));
  return { ...metadata, sources };
}
