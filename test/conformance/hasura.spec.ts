import { existsSync } from 'node:fs';
import remaining from './remaining.json';
import { judge, suiteIsThere, SUITE, type Hearing, type Verdict } from './judge';

const AREAS = [
  'computed-fields',
  'custom-names',
  'enums',
  'explain',
  'inherited-roles',
  'introspection',
  'jsonb',
  'metadata',
  'mutation-delete',
  'mutation-insert',
  'mutation-other',
  'mutation-update',
  'query-aggregate',
  'query-basic',
  'query-boolexp',
  'query-order-limit',
  'query-permissions',
  'relay',
  'rest-endpoints',
  'server',
  'streaming',
  'subscriptions',
  'v1-rql',
];

const HEARINGS: readonly Hearing[] = [
  { profile: 'default', areas: AREAS, helperPort: 5810 },
  { profile: 'allowlist', areas: ['allowlist'], helperPort: 5830 },
  { profile: 'function-permissions', areas: ['functions', 'inherited-roles'], helperPort: 5850 },
  { profile: 'naming-default', areas: ['custom-names'], helperPort: 5870 },
  { profile: 'no-experimental', areas: ['custom-names'], helperPort: 5890 },
];

const STRICT_SHARE = 0.95;
/** Cases that wait for something that is not built yet, each with the reason; kept in docs/compatibility as well. */
const reasons: Readonly<Record<string, string>> = remaining;

const failing = (verdicts: readonly Verdict[]): string[] =>
  verdicts
    .filter(({ result, id }) => result === 'FAIL' && !(id in reasons))
    .map(({ id, reason }) => `${id}: ${reason}`);

/** What a case may wait for; the cases of another profile have their own hearing. */
const AWAITED =
  /^(needs (postgis|source:pg1|source:pg1, source:pg2)|profile [\w-]+|expected to fail upstream)$/;

const unheard = (verdicts: readonly Verdict[]): string[] =>
  verdicts
    .filter(({ result, reason = '' }) => result === 'SKIP' && !AWAITED.test(reason))
    .map(({ id, reason }) => `${id}: ${reason}`);

async function hear(hearing: Hearing): Promise<void> {
  const verdicts = await judge(hearing);
  const passed = verdicts.filter(({ result }) => result === 'PASS');
  expect(verdicts.length).toBeGreaterThan(0);
  expect(failing(verdicts)).toEqual([]);
  expect(unheard(verdicts)).toEqual([]);
  const loose = passed.filter(({ strict }) => !strict).map(({ id, reason }) => `${id}: ${reason}`);
  const enough = loose.length <= passed.length * (1 - STRICT_SHARE);
  expect({ loose, enough }).toEqual({ loose, enough: true });
  const stale = passed.filter(({ id }) => id in reasons).map(({ id }) => id);
  expect(stale).toEqual([]);
}

describe("Hasura's own cases", () => {
  if (suiteIsThere) it.each(HEARINGS)('pass with the profile $profile', hear, 900_000);
  else it(`are not judged, because ${SUITE} is not there`, () => expect(existsSync(SUITE)).toBe(false));
});
