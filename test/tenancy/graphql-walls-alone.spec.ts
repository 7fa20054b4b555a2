import {
  allOpen,
  asDeclared,
  campaign,
  neighbourhood,
  report,
  roles,
  told,
  totals,
  Trial,
  wallsOff,
  type Attempt,
  type Neighbourhood,
  type Pair,
  type Served,
  type Tally,
} from './walls';

const long = Boolean(process.env.NSELF_LONG);
const MOST = Number(process.env.ISOLATION_ATTEMPTS ?? (long ? Infinity : 2_500));

/** With every permission open, roles differ by row level security alone: a few stand for the others. */
const someRoles = long ? roles : (['owner', 'child', 'user', 'anonymous'] as const);

/** What a person owns whatever the family has no key that names one. */
const pointsAcross = ({ kind, root }: Attempt): boolean =>
  /^(insert with a value|update own row to a value|nested insert) of theirs$/.test(kind) &&
  !/push_tokens|notification_preferences/.test(root);

interface Wall {
  readonly name: string;
  readonly serve: (pair: Pair) => Promise<Served>;
  readonly change: string;
  readonly roles: readonly string[];
  readonly wanted?: (attempt: Attempt) => boolean;
  readonly refusalSuffices?: boolean;
}

/** T3: each wall is left standing alone, and the attempts of T2 are made again. */
const walls: readonly Wall[] = [
  {
    name: 'Row level security alone, every permission opened wide',
    serve: ({ together }) => allOpen(together),
    change: 'select 1',
    roles: someRoles,
  },
  {
    name: 'Permissions alone, row level security switched off',
    serve: ({ together }) => asDeclared(together),
    change: wallsOff,
    roles,
  },
  {
    name: 'Foreign keys alone, against rows that point into another family',
    serve: ({ together }) => allOpen(together),
    change: wallsOff,
    roles: ['owner'],
    wanted: pointsAcross,
    refusalSuffices: true,
  },
];

describe('each wall holds alone', () => {
  let neighbours: Neighbourhood;

  beforeAll(async () => {
    neighbours = await neighbourhood();
  });
  afterAll(() => neighbours?.drop());

  it.each(walls)(
    '$name',
    async wall => {
      const tally = await tryWall(wall);
      console.info(report(wall.name, tally));
      expect(told(tally.breaches)).toEqual([]);
      const { made, able } = totals(tally);
      expect(able / made).toBeGreaterThan(0.5);
    },
    3_600_000,
  );

  async function tryWall({
    serve,
    change,
    roles: acting,
    wanted,
    refusalSuffices = false,
  }: Wall): Promise<Tally> {
    const pair = await neighbours.copy(change);
    const served = await serve(pair);
    const trial = await Trial.open(neighbours, pair, served, { refusalSuffices });
    try {
      const aims = acting.map(role => ({
        role,
        model: served.model,
        us: neighbours.us,
        them: neighbours.them,
      }));
      return await campaign(trial, { aims, most: MOST, ...(wanted && { wanted }) });
    } finally {
      await trial.end();
    }
  }
});
