import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithPostgis } from '../support';
import { judge, suiteIsThere, SUITE, type Verdict } from './judge';

/** What the manifest says of a group: that it needs PostGIS, or how it does without. */
interface Group {
  readonly id: string;
  readonly area: string;
  readonly needs?: readonly string[];
  readonly noPostgis?: object;
}

/** Areas that nothing serves, with or without PostGIS. */
const UNSERVED = ['event-triggers'];

function groupsWithShapes(): readonly Group[] {
  const { groups } = JSON.parse(readFileSync(join(SUITE, 'manifest.json'), 'utf8')) as { groups: Group[] };
  return groups.filter(
    ({ area, needs, noPostgis }) => (needs?.includes('postgis') || noPostgis) && !UNSERVED.includes(area),
  );
}

const named = (verdicts: readonly Verdict[]): string[] =>
  verdicts.map(({ id, reason }) => `${id}: ${reason}`);

async function hear(): Promise<void> {
  const groups = groupsWithShapes();
  const verdicts = await judge({
    profile: 'default',
    areas: [...new Set(groups.map(({ area }) => area))],
    groups: groups.map(({ id }) => id),
    provide: 'postgis',
    helperPort: 5910,
  });
  expect(verdicts.length).toBeGreaterThan(groups.length);
  expect(named(verdicts.filter(({ result }) => result !== 'PASS'))).toEqual([]);
  expect(named(verdicts.filter(({ strict }) => !strict))).toEqual([]);
}

describeWithPostgis("Hasura's own cases with shapes", () => {
  if (suiteIsThere) it('pass, down to the texts of errors', hear, 300_000);
  else it(`are not judged, because ${SUITE} is not there`, () => expect(existsSync(SUITE)).toBe(false));
});
