import { World } from './world';

const script = `
  create type address as (street text, no int);
  create domain email as text check (value like '%@%');
  create domain small as int check (value < 10);
  create domain emails as text[];
  create table typed (
    id int primary key, home address, mail email, few small, mails emails, big bigint, num numeric(40, 20), dbl float8, rl real,
    half int generated always as (id * 2) stored, auto int generated always as identity,
    d date, t time, tz timetz, ts timestamp, tstz timestamptz, iv interval, r int8range, mr int4multirange,
    ip inet, bits bit(3), bin bytea, x xml, cash money, matrix int[][], js json[], p point, u uuid);
  insert into typed (id, home, mail, few, mails, big, num, dbl, rl, d, t, tz, ts, tstz, iv, r, mr, ip, bits, bin, x, cash, matrix, js, p, u)
  values (1, '(Elm,3)', 'a@b', 7, '{a@b,c@d}', 9223372036854775807, 12345678901234567890.12345678901234567890, 0.1, 1.5,
    '2024-02-29', '23:59:59.123456', '12:00+05:30', '2024-02-29 12:00', '2024-02-29 12:00+02', '1 day 2 hours', '[1,9223372036854775806)',
    '{[1,2),[5,7)}', '10.0.0.1/8', '101', '\\xdeadbeef', '<a/>', 12.34, '{{1,2},{3,4}}', array['{"a":1}'::json], '(1,2)', '00000000-0000-4000-8000-00000000000a');
  create view seen as select id, mail, big from typed;
  create materialized view kept as select id, mail from typed;
  create table parted (id int, at date, primary key (id, at)) partition by range (at);
  create table parted_2024 partition of parted for values from ('2024-01-01') to ('2025-01-01');
  insert into parted values (1, '2024-05-05');`;

const tables = ['typed', 'seen', 'kept', 'parted'];
const all =
  'home mail few mails big num dbl rl half auto d t tz ts tstz iv r mr ip bits bin x cash matrix js p';

describe('types', () => {
  let plain: World;
  let strings: World;

  beforeAll(async () => {
    plain = await World.make(script, { tables });
    strings = await World.make(script, { tables, stringifyNumerics: true });
    for (const { client } of [plain, strings])
      await client.query("set time zone 'UTC'; set lc_monetary to 'C'");
  });

  afterAll(() => Promise.all([plain.end(), strings.end()]));

  const values = {
    home: { street: 'Elm', no: 3 },
    mail: 'a@b',
    few: 7,
    mails: ['a@b', 'c@d'],
    rl: 1.5,
    half: 2,
    auto: 1,
    d: '2024-02-29',
    t: '23:59:59.123456',
    tz: '12:00:00+05:30',
    ts: '2024-02-29T12:00:00',
    tstz: '2024-02-29T10:00:00+00:00',
    iv: '1 day 02:00:00',
    r: '[1,9223372036854775806)',
    mr: '{[1,2),[5,7)}',
    ip: '10.0.0.1/8',
    bits: '101',
    bin: '\\xdeadbeef',
    x: '<a/>',
    matrix: [
      [1, 2],
      [3, 4],
    ],
    js: [{ a: 1 }],
    p: '(1,2)',
  };

  it('leave as JSON', async () => {
    const { typed } = await plain.ask(`{ typed { ${all} } }`);
    expect(typed).toEqual([
      { ...values, big: 9223372036854775807, num: 12345678901234567890.12345, dbl: 0.1, cash: '$12.34' },
    ]);
  });

  it('leave with all their digits when numbers are asked for as strings', async () => {
    const { typed } = await strings.ask(`{ typed { ${all} } }`);
    const digits = {
      big: '9223372036854775807',
      num: '12345678901234567890.12345678901234567890',
      dbl: '0.1',
      cash: '$12.34',
    };
    expect(typed).toEqual([{ ...values, ...digits }]);
    const { typed_aggregate } = await strings.ask(
      '{ typed_aggregate { aggregate { max { big } sum { num few } } } }',
    );
    expect(typed_aggregate).toEqual({
      aggregate: {
        max: { big: '9223372036854775807' },
        sum: { num: '12345678901234567890.12345678901234567890', few: 7 },
      },
    });
  });

  it.each([
    ['mail: {_eq: "a@b"}'],
    ['few: {_lt: 8}'],
    ['big: {_eq: 9223372036854775807}'],
    ['big: {_in: ["9223372036854775807"]}'],
    ['num: {_eq: 12345678901234567890.12345678901234567890}'],
    ['d: {_gte: "2024-02-29"}'],
    ['tstz: {_eq: "2024-02-29T11:00:00+01:00"}'],
    ['iv: {_gt: "1 day"}'],
    ['r: {_eq: "[1,9223372036854775806)"}'],
    ['ip: {_eq: "10.0.0.1/8"}'],
    ['bin: {_eq: "\\\\xdeadbeef"}'],
    ['matrix: {_eq: [[1, 2], [3, 4]]}'],
    ['matrix: {_contains: [4]}'],
    ['half: {_eq: 2}'],
    ['home: {_eq: "(Elm,3)"}'],
    ['mails: {_eq: "{a@b,c@d}"}'],
    ['bits: {_eq: "101"}'],
  ])('can be asked for: %s', async where => {
    expect(await plain.ask(`{ typed(where: {${where}}) { id } }`)).toEqual({ typed: [{ id: 1 }] });
  });

  it('come through views, materialised views and partitions', async () => {
    expect(
      await plain.ask(
        '{ seen(where: {mail: {_like: "a%"}}) { id } kept { mail } parted { id } parted_by_pk(id: 1, at: "2024-05-05") { at } }',
      ),
    ).toEqual({
      seen: [{ id: 1 }],
      kept: [{ mail: 'a@b' }],
      parted: [{ id: 1 }],
      parted_by_pk: { at: '2024-05-05' },
    });
    expect(() => plain.plan('{ seen_by_pk(id: 1) { id } }')).toThrow("field 'seen_by_pk' not found");
  });

  it('are the greatest and the least, uuids too', async () => {
    const { typed_aggregate } = await plain.ask(
      '{ typed_aggregate { aggregate { max { u tstz } min { u d } } } }',
    );
    const u = '00000000-0000-4000-8000-00000000000a';
    expect(typed_aggregate).toEqual({
      aggregate: { max: { u, tstz: '2024-02-29T10:00:00+00:00' }, min: { u, d: '2024-02-29' } },
    });
  });

  it('have names in the schema', () => {
    const [type] = /^type typed \{[^}]*^\}/m.exec(plain.sdl()) ?? [];
    expect(type).toMatchSnapshot();
  });
});
