import {
  allOpen,
  asDeclared,
  campaign,
  neighbourhood,
  report,
  roles,
  rootFieldsOf,
  summary,
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

/** What a person owns whatever the family has no key that names one. */
const pointsAcross = ({ kind, table }: Attempt): boolean =>
  /^(insert with a value|update own row to a value|nested insert with values) of theirs$/.test(kind) &&
  !['public.push_tokens', 'public.notification_preferences'].includes(table);

interface Wall {
  readonly name: string;
  readonly serve: (pair: Pair) => Promise<Served>;
  readonly change: string;
  readonly roles: readonly string[];
  /** How many attempts are drawn in the short form: at least one for each root field of each role. */
  readonly most: number;
  /** The part of the attempts that works for somebody of the neighbours. */
  readonly able: number;
  readonly wanted?: (attempt: Attempt) => boolean;
  readonly refusalSuffices?: boolean;
}

/** T2 with both walls; T3 with each of them standing alone. */
const walls: readonly Wall[] = [
  {
    name: 'walls and permissions',
    serve: ({ together }) => asDeclared(together),
    change: 'select 1',
    roles,
    most: 6_000,
    able: 0.8,
  },
  {
    name: 'row level security alone, every permission opened wide',
    serve: ({ together }) => allOpen(together),
    change: 'select 1',
    roles,
    most: 5_000,
    able: 0.5,
  },
  {
    name: 'permissions alone, row level security switched off',
    serve: ({ together }) => asDeclared(together),
    change: wallsOff,
    roles,
    most: 5_000,
    able: 0.5,
  },
  {
    name: 'foreign keys alone, against rows that point into another family',
    serve: ({ together }) => allOpen(together),
    change: wallsOff,
    roles: ['owner'],
    most: 2_000,
    able: 0.5,
    wanted: pointsAcross,
    refusalSuffices: true,
  },
];

const shared = 'the same for everybody; asked for as a list';
const rowless = 'has no rows: it is what why_visible answers; asked for as a list';

/** Root fields at which nothing can be aimed, each with the reason. */
const unaimed: Readonly<Record<string, string>> = {
  apps_by_pk: shared,
  apps_stream: shared,
  measurement_units_by_pk: shared,
  measurement_units_stream: shared,
  quota_defaults_by_pk: shared,
  quota_defaults_stream: shared,
  visibility_answers_by_pk: rowless,
  visibility_answers_stream: rowless,
  no_queries_available: 'stands where a role has no queries',
};

/**
 * T2 and T3: what a member of one family can learn of another, or do to it, through every root field of every role's
 * GraphQL schema. The attempts are made from the schema, so they grow with it.
 */
describe('GraphQL shows and changes nothing of another family', () => {
  let neighbours: Neighbourhood;
  /** Root fields that somebody has; with every permission open there are some that nobody ever has. */
  let real: ReadonlySet<string>;
  const tallies: Tally[] = [];

  beforeAll(async () => {
    neighbours = await neighbourhood();
    const { model } = await asDeclared(neighbours.together);
    real = new Set(roles.flatMap(role => rootFieldsOf({ model, role })));
  });
  afterAll(async () => {
    console.info(`T2 and T3 over GraphQL: ${summary(tallies)}`);
    await neighbours?.drop();
  });

  describe.each(walls)('by $name', wall => {
    let served: Served;
    let tally: Tally;

    beforeAll(async () => {
      const pair = await neighbours.copy(wall.change);
      served = await wall.serve(pair);
      tally = await tryWall(wall, pair, served);
      tallies.push(tally);
      console.info(report(wall.name, tally));
    }, 7_200_000);

    it('refuses every attempt', () => expect(told(wall.name, tally.breaches)).toEqual([]));

    it('makes attempts most of which work for their owner', () => {
      const { made, able } = totals(tally);
      expect(able / made).toBeGreaterThan(wall.able);
    });

    it('aims at every root field of every role', () => {
      if (wall.wanted) return expect(tally.roots.size).toBeGreaterThan(50);
      const missed = wall.roles.flatMap(role =>
        rootFieldsOf({ model: served.model, role })
          .filter(field => real.has(field) && !(field in unaimed) && !tally.roots.has(`${role} ${field}`))
          .map(field => `${role} ${field}`),
      );
      expect(missed).toEqual([]);
    });
  });

  async function tryWall(wall: Wall, pair: Pair, served: Served): Promise<Tally> {
    const { us, them } = neighbours;
    const { refusalSuffices = false, wanted } = wall;
    const trial = await Trial.open(neighbours, pair, served, { refusalSuffices });
    try {
      const aims = wall.roles.map(role => ({ role, model: served.model, us, them }));
      return await campaign(trial, { aims, ...(!long && { most: wall.most }), ...(wanted && { wanted }) });
    } finally {
      await trial.end();
    }
  }
});
