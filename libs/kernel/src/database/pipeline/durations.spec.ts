import { Durations } from './durations';
import { prepared, type Group } from './group';

const read = (name: string): Group => ({ readOnly: true, statements: [prepared(`select '${name}'`)] });
const [KEY, LIST] = [[read('key')], [read('list')]];

describe('how long groups take', () => {
  let durations: Durations;
  const learn = (groups: readonly Group[], ...took: number[]): void => {
    for (const one of took) durations.learn([{ groups }], one);
  };
  const isQuick = (groups: readonly Group[]): boolean => durations.quickWork(groups) !== undefined;
  beforeEach(() => (durations = new Durations(0.3)));

  it('is not known of what was never seen', () => expect(isQuick(KEY)).toBe(false));

  it.each([
    ['near the server', 0.1],
    ['far from it', 40],
  ])('is judged %s by the work alone', (_, way) => {
    durations.learnWay(way);
    learn(LIST, way + 1);
    learn(KEY, way + 0.05);
    expect([isQuick(KEY), isQuick(LIST)]).toEqual([true, false]);
  });

  it('is told of a quick one without the way', () => {
    durations.learnWay(40);
    learn(KEY, 40.125);
    expect(durations.quickWork(KEY)).toBeCloseTo(0.125, 9);
  });

  it('is never less than nothing, though its share of a write took less than the way', () => {
    durations.learnWay(1);
    durations.learn([{ groups: KEY }, { groups: LIST }], 0.2);
    expect(durations.quickWork(KEY)).toBe(0);
  });

  it('is judged by the least on a busy machine, which delays everything', () => {
    learn(KEY, 0.2, 4, 3, 5, 0.25, 6, 4);
    expect(isQuick(KEY)).toBe(true);
  });

  it('is long when it is so for some values', () => {
    learn(KEY, 0.2);
    learn(LIST, 0.2, 400);
    expect([isQuick(KEY), isQuick(LIST)]).toEqual([true, false]);
  });

  it('is learned anew when the work has become more', () => {
    learn(LIST, 0.2, ...Array.from({ length: 200 }, () => 2));
    expect(isQuick(LIST)).toBe(false);
    learn(LIST, 0.2);
    expect(isQuick(LIST)).toBe(true);
  });

  it('of one that shared a write counts on average only', () => {
    learn(KEY, 1);
    durations.learn([{ groups: LIST }, { groups: KEY }], 0.2);
    learn(LIST, 2);
    expect([isQuick(KEY), isQuick(LIST)]).toEqual([true, true]);
    durations.learn([{ groups: KEY }, { groups: LIST }], 800);
    expect(isQuick(KEY)).toBe(false);
  });

  it.each<[string, Group[]]>([
    ['writes', [{ statements: [prepared('select 1')] }]],
    ['several statements', [{ readOnly: true, statements: [prepared('select 1'), prepared('select 2')] }]],
    ['several groups', [read('a'), read('a')]],
    ['statements without a name', [{ readOnly: true, statements: [{ text: 'select 1', values: [] }] }]],
  ])('is never short of %s', (_, groups) => {
    learn(groups, 0.01);
    expect(isQuick(groups)).toBe(false);
  });
});
