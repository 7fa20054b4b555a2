import { House, type Person } from '../../apps/graphql/src/house.fixture';
import type { Model, TableModel } from '../../libs/graphql-engine/src/model';
import { declared } from '../rules/served';
import {
  as,
  asDeclared,
  attemptsOn,
  Ear,
  fill,
  protocols,
  sessionFor,
  spread,
  Stagehand,
  THEIRS,
  type Attempt,
  type Household,
  type Protocol,
} from './walls';

/** Tables that are drawn in the short form. */
const DRAWS = process.env.NSELF_LONG ? Infinity : 14;

/** What is listened to on one table, in a role in which its owners see it. */
interface Subject {
  readonly table: string;
  readonly role: string;
  readonly subscriptions: readonly Attempt[];
}

type Who = 'us' | 'them';

/** One subscription as somebody hears it. */
interface Place {
  readonly ear: Ear;
  readonly name: string;
  readonly attempt: Attempt;
}

const protocolNames = Object.keys(protocols) as Protocol[];

/** Aimed at their row alone: we hear once that there is none, and never again. */
const aimed = ({ kind }: Attempt): boolean => kind === 'live where' || kind === 'by_pk';

/** Every row has an id that is higher than none at all; of other columns that cannot be said. */
const followsIds = ({ kind, text }: Attempt): boolean =>
  kind === 'stream' && /initial_value: \{id: /.test(text);

/** What was said that tells of something: a stream may begin with nothing. */
const answers = ({ ear, name, attempt }: Place): readonly string[] =>
  ear.heard(name).filter(text => attempt.kind !== 'stream' || text.includes('__typename'));

/** As a failing test has to name it. */
const nameOf = ({ attempt: { table, kind, role }, ear }: Place): string =>
  `${table}, ${kind} as ${role} over ${ear.protocol}`;

const first = (place: Place): boolean => place.attempt.kind === 'stream' || answers(place).length >= 1;
const news = (place: Place): boolean => answers(place).length >= (place.attempt.kind === 'stream' ? 1 : 2);

/**
 * T2 over sockets: a member of one family subscribes to all that there is of another, in both protocols, and hears
 * nothing when it changes, while its own members do. Then something of ours happens, so that we know that the news
 * had come through before.
 */
describe('a live query over a socket', () => {
  let house: House;
  let families: Readonly<Record<Who, Household>>;
  let subjects: Subject[];
  let stagehand: Stagehand;
  const ears = new Map<string, Ear>();

  beforeAll(async () => {
    house = await House.open();
    const { ownerUrl } = house.database;
    const { us, them } = await as(ownerUrl, fill);
    families = { us: withoutOneself(us), them: withoutOneself(them) };
    const args = { allow_inconsistent_metadata: true, metadata: declared() };
    await house.admin('/v1/metadata', { type: 'replace_metadata', version: 2, args });
    subjects = await subjectsOf((await asDeclared(house.database)).model);
    stagehand = await Stagehand.open(ownerUrl);
  }, 600_000);

  afterAll(async () => {
    for (const ear of ears.values()) ear.close();
    await stagehand?.end();
    await house?.close();
  });

  it('tells its own family of every change, and no other family', async () => {
    for (const subject of subjects) await listenTo(subject);
    const places = subjects.flatMap(subject => placesOf(subject, 'us'));
    expect(places.flatMap(leaks)).toEqual([]);
    const count = places.length.toLocaleString('en');
    console.info(
      `Sockets: ${count} subscriptions to ${subjects.length} tables of another family, 0 succeeded`,
    );
  }, 1_800_000);

  async function listenTo(subject: Subject): Promise<void> {
    const happening = (who: Who) =>
      stagehand.happening(subject.table, families[who].seen.get(subject.table)?.[0] ?? {});
    const [ours, theirs] = [happening('us'), happening('them')];
    await theirs.before();
    await ours.before();
    await openEars(subject);
    await until('the first answer', placesOf(subject, 'us'), first);
    await until('the first answer', placesOf(subject, 'them'), first);
    await theirs.happen();
    await until('their own news', placesOf(subject, 'them'), news);
    const woken = placesOf(subject, 'us').filter(place => place.attempt.kind !== 'stream' && news(place));
    expect(woken.map(nameOf)).toEqual([]);
    await ours.happen();
    await until('our own news', placesOf(subject, 'us'), place => aimed(place.attempt) || news(place));
    expect(placesOf(subject, 'us').flatMap(leaks)).toEqual([]);
  }

  /** What was heard of theirs, with the table and the wall that let it through. */
  function leaks(place: Place): string[] {
    const { attempt } = place;
    const id = families.them.seen.get(attempt.table)?.[0]?.['id'];
    const told = answers(place).filter(
      (text, index) => text.includes(THEIRS) || text.includes(String(id)) || (aimed(attempt) && index > 0),
    );
    return told.map(text => `${nameOf(place)}: ${text.slice(0, 600)}`);
  }

  const placesOf = ({ role, subscriptions }: Subject, who: Who): Place[] =>
    protocolNames.flatMap(protocol => {
      const ear = ears.get(`${protocol} ${who} ${role}`);
      return ear
        ? subscriptions.map(attempt => ({ ear, attempt, name: `${attempt.table} ${attempt.kind}` }))
        : [];
    });

  async function openEars(subject: Subject): Promise<void> {
    const { role } = subject;
    for (const who of ['us', 'them'] as const) {
      for (const protocol of protocolNames) {
        const key = `${protocol} ${who} ${role}`;
        const token = await house.token(personOf(families[who], role));
        if (!ears.has(key)) ears.set(key, await Ear.open(`${house.url}/v1/graphql`, protocol, token));
      }
      for (const { ear, name, attempt } of placesOf(subject, who)) ear.subscribe(name, attempt.text);
    }
  }

  async function until(
    what: string,
    places: readonly Place[],
    good: (place: Place) => boolean,
  ): Promise<void> {
    for (const place of places) {
      await place.ear.until(`${what} of ${nameOf(place)}`, () => good(place));
    }
  }

  async function subjectsOf(model: Model): Promise<Subject[]> {
    const listed = [...model.tables.values()].filter(table => table.primaryKey && rowsOf(table) > 0);
    const found: Subject[] = [];
    for (const table of spread(listed, DRAWS)) {
      found.push(await subjectAt(model, table));
    }
    return found;
  }

  const rowsOf = ({ key }: TableModel): number => families.them.seen.get(key)?.length ?? 0;

  /** Subscriptions of each kind, in the first role in which the owners see what they are aimed at. */
  async function subjectAt(model: Model, table: TableModel): Promise<Subject> {
    for (const role of ['owner', 'adult', 'user', 'me']) {
      const kinds = new Map<string, Attempt>();
      for (const attempt of attemptsOn({ role, model, ...families }, table))
        if (attempt.operation === 'subscription' && (!kinds.has(attempt.kind) || followsIds(attempt)))
          kinds.set(attempt.kind, attempt);
      // A stream goes on from the highest id, and who comes back into the family may have a lower one.
      if (table.key === 'public.family_members') kinds.delete('stream');
      const where = kinds.get('live where');
      if (where && (await seesRows(where)))
        return { table: table.key, role, subscriptions: [...kinds.values()] };
    }
    throw new Error(`nobody of the family sees its row of ${table.key}`);
  }

  async function seesRows({ role, text }: Attempt): Promise<boolean> {
    const answer = await house.ask(personOf(families.them, role), text.replace(/^subscription/, 'query'));
    return JSON.stringify(answer).includes('__typename');
  }
});

/** Somebody must stay in the family to hear who leaves it and comes back. */
function withoutOneself(family: Household): Household {
  const members = family.seen.get('public.family_members')?.filter(row => row['user_id'] !== family.me) ?? [];
  return { ...family, seen: new Map([...family.seen, ['public.family_members', members]]) };
}

/** Sockets close when the token ends; these listen for as long as it takes. */
function personOf(family: Household, role: string): Person {
  const userId = sessionFor(family, role).variables['x-hasura-user-id'] ?? family.me;
  return { userId, familyId: family.id, role, seconds: 7_200 };
}
