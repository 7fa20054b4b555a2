import { createHash } from 'node:crypto';
import { attemptsOf, type Aim, type Attempt } from './attempts';
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

/** Reads go in crowds, because they travel together; writes have a connection each. */
const CROWD = 60;

/** Makes every attempt, and tells what came of it. */
export async function campaign(
  trial: Trial,
  { aims, tables, wanted = () => true, most = Infinity }: CampaignOptions,
): Promise<Tally> {
  const kinds: Record<string, { made: number; able: number }> = {};
  const roots = new Set<string>();
  const breaches: Breach[] = [];
  const attempts = draw(aims.flatMap(aim => [...attemptsOf(aim, tables)]).filter(wanted), most);
  const make = async (attempt: Attempt, lane: number): Promise<void> => {
    const { able, breach } = await trial.judge(attempt, lane);
    const kind = (kinds[attempt.kind] ??= { made: 0, able: 0 });
    kind.made++;
    if (able) kind.able++;
    roots.add(`${attempt.role} ${attempt.root}`);
    if (breach) breaches.push(breach);
  };
  const writes = attempts.filter(({ operation }) => operation === 'mutation');
  const reads = attempts.filter(({ operation }) => operation !== 'mutation');
  await sideBySide(reads, CROWD, make);
  await sideBySide(writes, trial.lanes, make);
  return { kinds, roots, breaches };
}

async function sideBySide<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T, lane: number) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const run = async (lane: number): Promise<void> => {
    for (const item of queue) await work(item, lane);
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
}

/** All kinds together. */
export function totals({ kinds }: Pick<Tally, 'kinds'>): { made: number; able: number } {
  const total = { made: 0, able: 0 };
  for (const { made, able } of Object.values(kinds)) {
    total.made += made;
    total.able += able;
  }
  return total;
}

/** The numbers, for people to read. */
export function report(name: string, { kinds, breaches }: Tally): string {
  const all = Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1));
  const { made: sum, able: work } = totals({ kinds });
  const lines = all.map(
    ([kind, { made, able }]) => `  ${kind}: ${made}, of which ${able} work for their owner`,
  );
  return [
    `${name}: ${sum} attempts, ${breaches.length} succeeded; ${work} work for their owner, ${sum - work} for nobody`,
    ...lines,
  ].join('\n');
}

/** Breaches as a test shows them: a few of each. */
export function told(breaches: readonly Breach[]): string[] {
  const seen = new Map<string, number>();
  return breaches.flatMap(({ role, kind, root, how, text }) => {
    const key = `${kind} ${root}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times > 2 ? [] : [`${role}: ${kind} by ${root} ${how}\n  ${text.slice(0, 600)}`];
  });
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

/** New ids differ from run to run, so they are no part of it. */
const nameOf = ({ role, kind, root, text }: Attempt): string =>
  `${role} ${kind} ${root} ${text.replace(/[\da-f]{8}-[-\da-f]{27}/g, '')}`;
