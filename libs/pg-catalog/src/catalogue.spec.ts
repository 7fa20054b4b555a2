import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { readCatalogue, readEnumRows, type Catalogue, type Table } from './index';

const server = process.env.TEST_DATABASE_URL ?? '';
const name = `pg_catalog_${randomBytes(6).toString('hex')}`;

const hostile = `quote " back\\ slash 'ع🙂`;

const structure = `
  create schema "family room";
  create extension citext;
  create domain mail as citext not null check (value like '%@%');
  create type mood as enum ('sad', 'ok', 'happy');
  create type place as (latitude float8, longitude float8);
  create table author (
    id serial primary key,
    name text not null,
    mail mail,
    mood mood default 'ok',
    moods mood[],
    home place,
    dropped int,
    shout text generated always as (upper(name)) stored,
    seq int generated always as identity,
    constraint author_name_key unique (name, mail)
  );
  alter table author drop column dropped;
  comment on table author is 'Who writes.';
  comment on column author.name is 'As printed.';
  create unique index author_lower on author (lower(name));
  create table "family room"."${hostile.replaceAll('"', '""')}" (
    a int,
    b int,
    author_id int references author (id),
    primary key (b, a)
  );
  create table pair (
    x int,
    y int,
    constraint pair_to_room foreign key (x, y) references "family room"."${hostile.replaceAll('"', '""')}" (b, a)
  );
  create table log (at timestamptz not null, of int) partition by range (at);
  create table log_2020 partition of log for values from ('2020-01-01') to ('2021-01-01');
  create view plain as select * from author;
  create view counted as select mood, count(*) from author group by mood;
  create materialized view stored as select 1 as one;
  alter table author enable row level security;
  create policy mine on author for select to public using (name = current_setting('app.me', true));
  create function of_author(author_row author, extra text default 'x', variadic rest int[] default '{}')
    returns setof author language sql stable as 'select author_row.*';
  create function touch() returns trigger language plpgsql as 'begin return new; end';
  create trigger touched before update on author for each row execute function touch();
  create table colours (value text primary key, comment text);
  insert into colours values ('red', 'warm'), ('blue', null);
`;

/** Postgres 15 brought views that read with the rights of whoever asks. */
async function knowsInvokers(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
  return Number(rows[0]?.server_version_num) >= 150_000;
}

describe('the catalogue of a real database', () => {
  const admin = new Client(server);
  const client = new Client(Object.assign(new URL(server), { pathname: `/${name}` }).href);
  let catalogue: Catalogue;
  const table = (schema: string, of: string): Table => {
    const found = catalogue.table({ schema, name: of });
    if (!found) throw new Error(`no table ${schema}.${of}`);
    return found;
  };

  beforeAll(async () => {
    await admin.connect();
    await admin.query(`create database ${name}`);
    await client.connect();
    await client.query(structure);
    if (await knowsInvokers(client)) await client.query('alter view counted set (security_invoker = true)');
    catalogue = await readCatalogue(client);
  });

  afterAll(async () => {
    await client.end();
    await admin.query(`drop database ${name}`);
    await admin.end();
  });

  it('knows relations by their kinds and leaves the system out', () => {
    const kinds = catalogue.tables.map(({ name: of, kind }) => [of, kind]);
    expect(Object.fromEntries(kinds)).toEqual({
      [hostile]: 'table',
      author: 'table',
      colours: 'table',
      counted: 'view',
      log: 'partitioned table',
      log_2020: 'table',
      pair: 'table',
      plain: 'view',
      stored: 'materialised view',
    });
    expect(table('public', 'log_2020').partitionOf).toBe(table('public', 'log').oid);
  });

  it('knows columns, their types, defaults and comments', () => {
    const columns = new Map(table('public', 'author').columns.map(column => [column.name, column]));
    const typeOf = (column: string) => catalogue.type(columns.get(column)?.type ?? 0);
    expect([...columns.keys()]).toEqual(['id', 'name', 'mail', 'mood', 'moods', 'home', 'shout', 'seq']);
    expect(columns.get('id')).toMatchObject({
      nullable: false,
      default: "nextval('author_id_seq'::regclass)",
    });
    expect(columns.get('name')).toMatchObject({ comment: 'As printed.', nullable: false });
    expect(columns.get('shout')).toMatchObject({ generated: 'stored' });
    expect(columns.get('seq')).toMatchObject({ identity: 'always' });
    expect(typeOf('mail')).toMatchObject({ kind: 'domain', notNull: true });
    expect(catalogue.baseType(columns.get('mail')?.type ?? 0).name).toBe('citext');
    expect(typeOf('mood')).toMatchObject({ kind: 'enum', labels: ['sad', 'ok', 'happy'] });
    expect(typeOf('moods')).toMatchObject({ kind: 'array', of: columns.get('mood')?.type });
    expect(typeOf('home').fields?.map(field => field.name)).toEqual(['latitude', 'longitude']);
    expect(table('public', 'author').comment).toBe('Who writes.');
  });

  it('knows keys in the order of their definition', () => {
    expect(table('family room', hostile).primaryKey?.columns).toEqual(['b', 'a']);
    expect(table('public', 'author').uniques).toEqual([
      { name: 'author_lower', columns: [], constraint: false, partial: true },
      { name: 'author_name_key', columns: ['name', 'mail'], constraint: true, partial: false },
    ]);
    expect(table('public', 'pair').foreignKeys).toMatchObject([
      {
        name: 'pair_to_room',
        columns: ['x', 'y'],
        references: { schema: 'family room', name: hostile },
        referencedColumns: ['b', 'a'],
      },
    ]);
  });

  it('knows who may see a row, and what a view reads', async () => {
    const { security } = table('public', 'author');
    expect(security).toMatchObject({ enabled: true, forced: false });
    expect(security.policies).toMatchObject([{ name: 'mine', command: 'select', roles: ['public'] }]);
    expect(security.policies[0]?.using).toContain("current_setting('app.me'");
    expect(table('public', 'counted').security.invoker).toBe(await knowsInvokers(client));
    expect(table('public', 'plain').security.invoker).toBe(false);
    expect(table('public', 'counted').reads).toEqual([table('public', 'author').oid]);
    expect(table('public', 'plain').writable).toEqual({ insert: true, update: true, delete: true });
    expect(table('public', 'counted').writable).toEqual({ insert: false, update: false, delete: false });
    expect(table('public', 'stored').writable).toEqual({ insert: false, update: false, delete: false });
    expect(table('public', 'author').triggers).toEqual([
      { name: 'touched', enabled: true, function: { schema: 'public', name: 'touch' } },
    ]);
  });

  it('knows functions', () => {
    const [found] = catalogue.functionsNamed({ schema: 'public', name: 'of_author' });
    expect(found).toMatchObject({ returnsSet: true, variadic: true, volatility: 'stable', language: 'sql' });
    expect(found?.arguments.map(({ name: of, hasDefault }) => [of, hasDefault])).toEqual([
      ['author_row', false],
      ['extra', true],
      ['rest', true],
    ]);
    expect(catalogue.tableOfRowType(found?.returns ?? 0)?.name).toBe('author');
  });

  it('reads the rows of an enum table', async () => {
    expect(await readEnumRows(client, { schema: 'public', name: 'colours' }, 'value', 'comment')).toEqual([
      { value: 'blue', comment: null },
      { value: 'red', comment: 'warm' },
    ]);
  });

  it('changes its mark when the structure changes, and only then', async () => {
    expect((await readCatalogue(client)).mark).toBe(catalogue.mark);
    await client.query('alter table colours add column hex text');
    expect((await readCatalogue(client)).mark).not.toBe(catalogue.mark);
  });
});
