import { createHash } from 'node:crypto';
import { attemptsByFunctions, attemptsOn, type Aim, type Attempt } from './attempts';
import type { Breach, Trial } from './trial';

/** How a campaign went. */
export interface Tally {
  /** Attempts, and how many of them somebody of the neighbours could have made with effect; by kind. */
  readonly kinds: Readonly<Record<string, { made: number; able: number }>>;
  /** Root fields of each role that were aimed at. */
  readonly roots: ReadonlySet<string>;
  readonly breaches: readonly Breach[];
}

export interface CampaignOptions {
  readonly aims: readonly Aim[];
  /** Which attempts are made; all of them unless said otherwise. */
  readonly wanted?: (attempt: Attempt) => boolean;
  /** Tables that are aimed at; all of them and the functions unless named. */
  readonly tables?: ReadonlySet<string>;
  /** How many are drawn from those. */
  readonly most?: number;
}

/** So many attempts travel together. */
const CROWD = 100;

/** Makes every attempt, and tells what came of it. */
export async function campaign(trial: Trial, options: CampaignOptions): Promise<Tally> {
  const kinds: Record<string, { made: number; able: number }> = {};
  const roots = new Set<string>();
  const breaches: Breach[] = [];
  const make = async (attempt: Attempt): Promise<void> => {
    const { able, breach } = await trial.judge(attempt);
    const kind = (kinds[attempt.kind] ??= { made: 0, able: 0 });
    kind.made++;
    if (able) kind.able++;
    roots.add(`${attempt.role} ${attempt.root}`);
    if (breach) breaches.push(breach);
  };
  for (const attempts of portions(options)) {
    const writes = attempts.filter(({ operation }) => operation === 'mutation');
    const reads = attempts.filter(({ operation }) => operation !== 'mutation');
    await Promise.all([sideBySide(reads, make), sideBySide(writes, make)]);
  }
  return { kinds, roots, breaches };
}

/** What is drawn from all attempts; or all of them, one table after the other, since they are too many to hold. */
function* portions({
  aims,
  tables,
  wanted = () => true,
  most = Infinity,
}: CampaignOptions): Generator<Attempt[]> {
  const all = function* (): Generator<Attempt[]> {
    for (const key of aims[0]?.model.tables.keys() ?? [])
      if (!tables || tables.has(key)) yield aims.flatMap(aim => [...attemptsAt(aim, key)]).filter(wanted);
    if (!tables) yield aims.flatMap(aim => [...attemptsByFunctions(aim)]).filter(wanted);
  };
  if (most === Infinity) for (const attempts of all()) yield alikeTogether(attempts);
  else yield alikeTogether(draw([...all()].flat(), most));
}

function attemptsAt(aim: Aim, key: string): Iterable<Attempt> {
  const table = aim.model.tables.get(key);
  return table ? attemptsOn(aim, table) : [];
}

/** What many roles ask in the same words has one control, and one plan in Postgres. */
const alikeTogether = (attempts: readonly Attempt[]): Attempt[] =>
  [...attempts].sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));

async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const run = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: CROWD }, run));
}

/**
 * So many of the attempts, always the same ones: first one for each root field of each role, then one of each kind for
 * each of them, then the others.
 */
export function draw(attempts: readonly Attempt[], most: number): Attempt[] {
  if (attempts.length <= most) return [...attempts];
  const shuffled = attempts
    .map(attempt => ({ attempt, place: createHash('sha1').update(nameOf(attempt)).digest('hex') }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ attempt }) => attempt);
  const [seen, first, second, rest] = [new Set<string>(), [] as Attempt[], [] as Attempt[], [] as Attempt[]];
  for (const attempt of shuffled) {
    const root = `${attempt.role} ${attempt.root}`;
    const kind = `${root} ${attempt.kind}`;
    const turn = !seen.has(root) ? first : !seen.has(kind) ? second : rest;
    turn.push(attempt);
    seen.add(root).add(kind);
  }
  return [...first, ...second, ...rest].slice(0, Math.max(most, first.length));
}

/** New ids, hashes and moments differ from run to run, so they are no part of it. */
const nameOf = ({ role, kind, root, text }: Attempt): string =>
  `${role} ${kind} ${root} ${text.replace(fleeting, '')}`;

const fleeting = /[\da-f]{8}-[-\da-f]{27}|[\da-f]{64}|\d{4}-\d\d-\d\dT[\d:.]+/g;
