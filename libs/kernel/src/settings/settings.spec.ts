import {
  boolean,
  defineSettings,
  duration,
  integer,
  list,
  loadSettings,
  oneOf,
  port,
  secret,
  SettingsError,
  url,
  type Environment,
  type Shape,
} from '.';

const mill = defineSettings('mill', {
  port: { env: 'MILL_PORT', meaning: 'Port of the mill.', shape: port(), default: 4321 },
  key: { env: 'MILL_KEY', meaning: 'Key of the mill.', shape: secret({ minBytes: 16 }) },
  owner: { env: 'MILL_OWNER', meaning: 'Who owns it.', shape: oneOf(['miller', 'abbot']), optional: true },
  address: {
    env: 'MILL_URL',
    meaning: 'Public address.',
    shape: url(),
    derived: {
      says: 'http://127.0.0.1:MILL_PORT',
      from: read => `http://127.0.0.1:${read('MILL_PORT') ?? 4321}`,
    },
  },
});

function faultsOf(env: Environment): readonly { name: string; wrong: string; expected: string }[] {
  try {
    loadSettings([mill], env);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

const KEY = 'k3y-with-enough-randomness';

describe('settings', () => {
  it('take what is given and fill in what is not', () =>
    expect(loadSettings([mill], { MILL_KEY: KEY, MILL_PORT: '99' }).get(mill)).toEqual({
      port: 99,
      key: KEY,
      owner: undefined,
      address: 'http://127.0.0.1:99',
    }));

  it('report all faults together, each with name, what is wrong and what is expected', () =>
    expect(faultsOf({ MILL_PORT: 'eighty', MILL_OWNER: 'thief' })).toEqual([
      { name: 'MILL_PORT', wrong: '"eighty"', expected: 'a port from 0 to 65535' },
      { name: 'MILL_KEY', wrong: 'missing', expected: '16 random characters or more' },
      { name: 'MILL_OWNER', wrong: '"thief"', expected: 'one of miller, abbot' },
    ]));

  it('treat blanks as missing', () =>
    expect(faultsOf({ MILL_KEY: '   ' })).toMatchObject([{ name: 'MILL_KEY', wrong: 'missing' }]));

  it.each(['short', 'aaaaaaaaaaaaaaaaaaaaaa', 'myadminsecretkey12345'])(
    'refuse the weak secret %s in production without repeating it',
    weak => {
      const faults = faultsOf({ NODE_ENV: 'production', MILL_KEY: weak });
      expect(faults).toHaveLength(1);
      expect(JSON.stringify(faults)).not.toContain(weak);
    },
  );

  it('are strict when nobody said where this runs', () =>
    expect(faultsOf({ MILL_KEY: 'short' })).toHaveLength(1));

  it('allow a weak secret in development', () =>
    expect(faultsOf({ NODE_ENV: 'development', MILL_KEY: 'short' })).toEqual([]));
});

describe('shapes', () => {
  const read = <T>(shape: Shape<T>, raw: string): T => shape.parse(raw, { strict: true });

  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['15m', 900_000],
    ['12h', 43_200_000],
    ['30d', 2_592_000_000],
  ])('a duration %s is %d ms', (raw, value) => expect(read(duration(), raw)).toBe(value));

  it.each([
    ['a duration without unit', duration(), '10'],
    ['a fraction', integer(), '1.5'],
    ['a number with text', integer(), '5 apples'],
    ['a number that is too big', integer({ max: 5 }), '6'],
    ['an address of another protocol', url(), 'ftp://example.org'],
    ['an address without protocol', url(), 'example.org'],
    ['maybe', boolean(), 'maybe'],
    ['text as hex', secret({ minBytes: 2, encoding: 'hex' }), 'zz'],
  ] as [string, Shape<unknown>, string][])('%s is refused', (_, shape, raw) =>
    expect(() => read(shape, raw)).toThrow(),
  );

  it('an address loses the slash at its end', () =>
    expect(read(url(), 'https://a.example/')).toBe('https://a.example'));
  it('a list forgets blanks', () => expect(read(list(), ' a, ,b ')).toEqual(['a', 'b']));
});
