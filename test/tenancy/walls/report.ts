import type { Tally } from './campaign';
import type { Breach } from './trial';

/** All kinds together. */
export function totals({ kinds }: Pick<Tally, 'kinds'>): { made: number; able: number } {
  const total = { made: 0, able: 0 };
  for (const { made, able } of Object.values(kinds)) {
    total.made += made;
    total.able += able;
  }
  return total;
}

const inEnglish = (count: number): string => count.toLocaleString('en');

/** The numbers, for people to read. */
export function report(name: string, tally: Tally): string {
  const all = Object.entries(tally.kinds).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = all.map(
    ([kind, { made, able }]) =>
      `  ${kind}: ${inEnglish(made)}, of which ${inEnglish(able)} work for their owner`,
  );
  return [`${name}: ${summary([tally])}`, ...lines].join('\n');
}

/** `31,204 attempts, 0 succeeded; 27,311 of them work for their owner` */
export function summary(tallies: readonly Tally[]): string {
  const sums = tallies.map(totals);
  const made = sums.reduce((sum, each) => sum + each.made, 0);
  const able = sums.reduce((sum, each) => sum + each.able, 0);
  const breaches = tallies.reduce((sum, each) => sum + each.breaches.length, 0);
  return `${inEnglish(made)} attempts, ${inEnglish(breaches)} succeeded; ${inEnglish(able)} of them work for their owner`;
}

/** Breaches as a test shows them: which table, through which wall, how; two of each kind. */
export function told(wall: string, breaches: readonly Breach[]): string[] {
  const seen = new Map<string, number>();
  return breaches.flatMap(({ role, kind, table, root, how, text }) => {
    const key = `${kind} ${root}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times > 2
      ? []
      : [`${table}, ${wall}: ${role}, ${kind} by ${root}, ${how}\n  ${text.slice(0, 600)}`];
  });
}
