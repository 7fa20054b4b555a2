import {
  asDeclared,
  campaign,
  neighbourhood,
  report,
  roles,
  rootFieldsOf,
  told,
  totals,
  Trial,
} from './walls';
import type { Neighbourhood, Served, Tally } from './walls';

// At least one attempt for each root field of each role; the long form tries everything.
const MOST = Number(process.env.ISOLATION_ATTEMPTS ?? (process.env.NSELF_LONG ? Infinity : 3_000));

/**
 * T2: what a member of one family can learn of another, or do to it, through every root field of every role's GraphQL
 * schema. The attempts are made from the schema, so they grow with it.
 */
describe('GraphQL shows and changes nothing of another family', () => {
  let neighbours: Neighbourhood;
  let served: Served;
  let trial: Trial;
  let tally: Tally;

  beforeAll(async () => {
    neighbours = await neighbourhood();
    served = await asDeclared(neighbours.together);
    trial = await Trial.open(neighbours, neighbours, served);
    const aims = roles.map(role => ({ role, model: served.model, us: neighbours.us, them: neighbours.them }));
    tally = await campaign(trial, { aims, most: MOST });
    console.info(report('Walls and permissions', tally));
  }, 1_800_000);

  afterAll(async () => {
    await trial?.end();
    await neighbours?.drop();
  });

  it('refuses every attempt', () => expect(told(tally.breaches)).toEqual([]));

  it('makes attempts most of which work for their owner', () => {
    const { made, able } = totals(tally);
    expect(able / made).toBeGreaterThan(0.8);
  });

  it('aims at every root field', () => {
    const missed = roles.flatMap(role =>
      rootFieldsOf({ model: served.model, role })
        .filter(field => !nobodys.test(field) && !tally.roots.has(`${role} ${field}`))
        .map(field => `${role} ${field}`),
    );
    expect(missed).toEqual([]);
  });
});

/** The same for everybody, or without rows of its own; asked for as lists all the same. */
const nobodys =
  /^(apps|measurement_units|quota_defaults|visibility_answers)_(by_pk|stream)$|^no_queries_available$/;
