import { join } from 'node:path';
import { Client } from 'pg';
import { testStack, type Answer, type TestStack } from '../../support';
import { attemptsOn, kindsUsed, requestOf, sendBy, type Attempt, type Request } from './attempts';
import type { Case } from './case';
import { cases } from './cases';
import { Cast, ROLES, type Role } from './cast';
import { bearer, Household, type Belongings, type Kind } from './household';
import { APP_ORIGIN } from './rites';
import { isIdName, nameOf, parametersOf, routesOf, SERVICES, type Route } from './routes';
import { differences, Watch } from './standing';

/**
 * T2 and T4 over REST. The routes come from the running services, so that a new one is aimed at from the day it is
 * made; each is first shown to work for those whose things it serves. Then everybody of another family, somebody
 * without a family and nobody ask it for them, in path, query, body and headers: they get nothing, learn nothing, and
 * change nothing.
 */
const settings = {
  SIGNUP_CREATES_FAMILY: 'false',
  AUTH_RATE_LIMIT_ENABLE: 'false',
  AUTH_REQUIRE_ELEVATED_CLAIM: 'disabled',
  AUTH_ARGON2_MEMORY_KIB: '1024',
  AUTH_CLIENT_URL: APP_ORIGIN,
  STREAM_SILENCE: '1h',
};

describe('REST shows and changes nothing of another family', () => {
  let stack: TestStack;
  let db: Client;
  let ours: Household;
  let theirs: Household;
  let cast: Cast;
  let watch: Watch;
  let ownWatch: Watch;
  let routes: readonly Route[];
  const cursors = new Map<string, string>();
  let attempts = 0;

  beforeAll(async () => {
    stack = await testStack(SERVICES, { env: settings });
    db = new Client({ connectionString: stack.database.ownerUrl });
    await db.connect();
    // Before there is any work: the scheduler that is asked for its routes would begin it, and leave it behind.
    routes = await routesOf(stack);
    ours = await Household.furnish(stack, db, 'Willow');
    theirs = await Household.furnish(stack, db, 'Juniper');
    watch = await watchOver(theirs);
    ownWatch = await watchOver(ours);
    cast = new Cast(ours);
  }, 300_000);

  afterAll(async () => {
    console.info(
      `${attempts} attempts by ${ROLES.length} roles on ${routes?.length} REST routes, none succeeded`,
    );
    await db?.end();
    await stack?.stop();
  });

  const watchOver = ({ has, owner, member }: Household): Promise<Watch> =>
    Watch.over(db, join(stack.folder, 'objects'), { family: has.family, people: [owner.id, member.id] });

  /** Whether a route takes an id of anything. */
  const aimsAt = (route: Route): boolean => kindsUsed(caseOf(route), theirs.has).length > 0;

  const caseOf = (route: Route): Case => cases[nameOf(route)] ?? {};

  it('knows every route, and none that is not there', () => {
    expect(routes.map(nameOf).sort()).toEqual(Object.keys(cases).sort());
    for (const service of SERVICES) expect(routes.some(route => route.service === service)).toBe(true);
  });

  it('aims at every place that takes an id', () => {
    expect(routes.flatMap(route => unaimed(route, caseOf(route), theirs.has))).toEqual([]);
  });

  it('works for those whose things they are', async () => {
    const failed: string[] = [];
    for (const route of routes.filter(each => caseOf(each).unshown === undefined)) {
      const { request, answer } = await control(route, caseOf(route));
      if (!succeeded(answer)) failed.push(`${nameOf(route)}: ${answer.status} ${textOf(answer)}`);
      const aims = aimsAt(route);
      if (aims && !leakIn({ ...request, aims }, answer, theirs.marks))
        failed.push(`${nameOf(route)}: goes unnoticed`);
      if (route.query.includes('cursor')) cursors.set(nameOf(route), await cursorOf(route));
    }
    expect(failed).toEqual([]);
  }, 300_000);

  it('refuses everybody else who asks for it, and then nothing has changed, on either side', async () => {
    await cast.revive();
    const [before, own] = [await watch.stillness(), await ownWatch.stillness()];
    const faults: string[] = [];
    for (const { route, asked } of asking(({ aims }) => aims)) {
      faults.push(...(await tryByEverybody(route, asked)));
      const touched = differences(before, await watch.standing());
      if (touched.length > 0) throw new Error(`${nameOf(route)} changed ${touched.join()}`);
      // The own family's trail may tell who was refused what.
      const written = differences(own, await ownWatch.standing()).filter(
        name => !name.startsWith('ops.audit_'),
      );
      if (written.length > 0)
        throw new Error(`${nameOf(route)} was refused, and yet wrote ${written.join()}`);
    }
    expect(faults).toEqual([]);
    expect(await cast.revive()).toEqual([]);
  }, 600_000);

  it('tells and changes nothing of them when somebody asks for their own, whatever hints at others', async () => {
    const before = await watch.stillness();
    const faults: string[] = [];
    for (const { route, asked } of asking(({ aims }) => !aims)) {
      faults.push(...(await tryByEverybody(route, [...asked, ...pagesOf(route)])));
      const touched = differences(before, await watch.standing());
      if (touched.length > 0) throw new Error(`${nameOf(route)} changed ${touched.join()}`);
      // Some of these end the own session, or the own account.
      await cast.revive();
    }
    expect(faults).toEqual([]);
  }, 600_000);

  it('answers alike, where it says so, and tells nothing by it', async () => {
    const faults: string[] = [];
    for (const route of routes.filter(each => caseOf(each).alike)) {
      const asked = attemptsOn(route, caseOf(route), ours.has, theirs.has);
      const alike = asked.map(each => ({ ...each, aims: false }));
      faults.push(...(await tryByEverybody(route, alike)));
    }
    expect(faults).toEqual([]);
  }, 300_000);

  it('refuses what is no id at all without a fault of its own', async () => {
    const before = await watch.stillness();
    await cast.revive();
    const taken: string[] = [];
    for (const route of routes) {
      for (const { words, attempt } of malformed(route, caseOf(route), ours.has)) {
        attempts++;
        const answer = await sendBy(cast.of('owner'), attempt);
        if (!isRefusal(answer) && !(caseOf(route).alike && answer.status < 400))
          taken.push(`${nameOf(route)} ${words}: ${answer.status} ${textOf(answer)}`);
      }
    }
    expect(taken).toEqual([]);
    expect(differences(before, await watch.standing())).toEqual([]);
    expect(await cast.revive()).toEqual([]);
  }, 300_000);

  it('has no reason for showing nobody that no longer holds', async () => {
    const held: string[] = [];
    for (const route of routes.filter(each => caseOf(each).unshown !== undefined)) {
      const { answer } = await control(route, caseOf(route));
      if (succeeded(answer)) held.push(`${nameOf(route)}: ${answer.status}`);
    }
    expect(held).toEqual([]);
  });

  /** The attempts of one sort on every route that does not answer everybody alike. */
  const asking = (sort: (attempt: Attempt) => boolean): { route: Route; asked: Attempt[] }[] =>
    routes
      .filter(route => !caseOf(route).alike)
      .map(route => ({ route, asked: attemptsOn(route, caseOf(route), ours.has, theirs.has).filter(sort) }))
      .filter(({ asked }) => asked.length > 0);

  /** The request of the case by whoever it is meant for. */
  async function control(route: Route, asked: Case): Promise<{ request: Request; answer: Answer }> {
    const { caller, ...fresh } = (await asked.fresh?.(theirs)) ?? {};
    const request = requestOf(route, asked, { ...theirs.has, ...fresh });
    const nobody = asked.as === 'nobody' ? bearer(stack) : undefined;
    return { request, answer: await sendBy(nobody ?? caller ?? theirs.owner, request) };
  }

  /** Where their second page begins. */
  async function cursorOf(route: Route): Promise<string> {
    const { path } = requestOf(route, caseOf(route), theirs.has);
    const page = await theirs.owner.call<{ nextCursor: string | null }>(
      route.service,
      onePage(path, 'limit=1'),
    );
    if (!page.body.nextCursor) throw new Error(`${nameOf(route)} has no second page`);
    return page.body.nextCursor;
  }

  /** Our own list from where theirs goes on. */
  function pagesOf(route: Route): Attempt[] {
    const cursor = cursors.get(nameOf(route));
    if (cursor === undefined) return [];
    const request = requestOf(route, caseOf(route), ours.has);
    return [{ ...request, path: onePage(request.path, `cursor=${cursor}`), aims: false }];
  }

  async function tryByEverybody(route: Route, asked: readonly Attempt[]): Promise<string[]> {
    const found = await Promise.all(ROLES.map(role => tryBy(role, route, asked)));
    return found.flat();
  }

  async function tryBy(role: Role, route: Route, asked: readonly Attempt[]): Promise<string[]> {
    const leaks: string[] = [];
    for (const attempt of asked) {
      attempts++;
      const answer = await sendBy(cast.of(role), attempt);
      const leak = leakIn(attempt, answer, theirs.marks);
      if (leak)
        leaks.push(`${role}: ${nameOf(route)} ${attempt.path} ${leak}: ${answer.status} ${textOf(answer)}`);
    }
    return leaks;
  }
});

/** What is wrong with an answer, if anything is. */
function leakIn({ path, call, aims }: Attempt, answer: Answer, marks: readonly string[]): string | undefined {
  if (answer.status >= 500) return 'failed';
  if (answer.status === 429) return 'was not tried: too many requests';
  const [text, asked] = [textOf(answer), `${path} ${JSON.stringify(call)}`];
  const told = marks.filter(mark => text.includes(mark) && !asked.includes(mark));
  if (told.length > 0) return `told ${told.join()}`;
  return aims && answer.status < 400 && !isEmpty(answer) ? 'was served' : undefined;
}

const isEmpty = ({ body }: Answer): boolean =>
  typeof body === 'object' &&
  body !== null &&
  'items' in body &&
  Array.isArray(body.items) &&
  body.items.length === 0;

const isRefusal = (answer: Answer): boolean =>
  (answer.status >= 400 && answer.status < 500) || isEmpty(answer);

function succeeded({ status, headers }: Answer): boolean {
  return status < 400 && !headers.get('location')?.includes('error=');
}

/** The body, and where it sends on to. */
const textOf = ({ body, headers }: Answer): string =>
  `${typeof body === 'string' ? body : JSON.stringify(body)} ${headers.get('location') ?? ''}`.slice(0, 2000);

const onePage = (path: string, words: string): string => `${path}${path.includes('?') ? '&' : '?'}${words}`;

/** Places of a route that take an id and into which its case puts none. */
function unaimed(route: Route, asked: Case, of: Belongings): string[] {
  const { query, json, form } = asked;
  const given = Object.keys({ ...query?.(of), ...json?.(of), ...form?.(of) });
  const wanted = [...route.query, ...route.body].filter(isIdName);
  const missing = wanted.filter(name => !given.includes(name));
  const places = parametersOf(route).length - (asked.path?.(of).length ?? 0);
  return [...missing, ...(places === 0 ? [] : ['path'])].map(place => `${nameOf(route)}: ${place}`);
}

/** What nobody could mean. Some are no words at all, as JSON allows. */
const NONSENSE: readonly unknown[] = [
  '',
  ' ',
  'not-a-uuid',
  `' or true --`,
  '00000000-0000-0000-0000-000000000000',
  '../../etc/passwd',
  '\0',
  'x'.repeat(5_000),
  null,
  7,
  true,
  [],
  {},
];

/** Our own request with each of its ids turned into nonsense. Nothing at all in a path would be another route. */
function malformed(route: Route, asked: Case, of: Belongings): { words: string; attempt: Attempt }[] {
  const fits = (value: unknown): boolean =>
    typeof value === 'string' ? value !== '' || !asked.path : asked.json !== undefined;
  return kindsUsed(asked, of).flatMap(kind =>
    NONSENSE.filter(fits).map(value => ({
      words: `${kind}=${JSON.stringify(value)?.slice(0, 60)}`,
      attempt: { ...requestOf(route, asked, withValue(of, kind, value)), aims: true },
    })),
  );
}

const withValue = (of: Belongings, kind: Kind, value: unknown): Belongings => ({ ...of, [kind]: value });
