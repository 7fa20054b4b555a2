import { Client } from 'pg';
import { emptyDatabase, type EmptyDatabase } from '../../../../test/support';
import type { QueryRunner, Transaction } from '../executor';
import { readExposure, type Exposure } from './exposure';

const SCHEMA = `
  create schema app;
  create function app.family_id() returns uuid language sql stable return nullif(current_setting('app.family_id', true), '')::uuid;
  create function app.user_id()   returns uuid language sql stable return nullif(current_setting('app.user_id', true), '')::uuid;
  create function app.role()      returns text language sql stable return current_setting('app.role', true);
  create function app.is_adult()  returns boolean language sql stable return app.role() in ('owner', 'adult');
  create function app.is_mine(person uuid) returns boolean language sql stable return person = app.user_id();
  create function app.told()      returns boolean language plpgsql stable as 'begin return true; end';
  create function app.setting()   returns text language sql stable return current_setting('app.other', true);

  create table open    (id int);
  create table family  (id int, family_id uuid);
  create table adults  (id int, family_id uuid);
  create table guests  (id int, family_id uuid);
  create table mine    (id int, family_id uuid, author uuid);
  create table called  (id int, family_id uuid, author uuid);
  create table obscure (id int, family_id uuid);
  create table direct  (id int, family_id uuid);
  create table indirect (id int, family_id uuid);
  create table whoami  (id int, family_id uuid);
  create view  personal as select id from open where current_setting('hasura.user', true) <> '';
  create function app.me() returns text language sql stable return current_user;
  create table named (id int);
  create policy wall on named using (app.me() = 'x');
  create view  seen as select f.id from family f join guests g using (id);

  create policy wall on family   using (family_id = (select app.family_id()));
  create policy wall on adults   using (family_id = (select app.family_id()) and (select app.is_adult()));
  create policy wall on guests   using (exists (select from mine m where m.id = guests.id));
  create policy wall on mine     using (author = (select app.user_id()));
  create policy wall on called   using (app.is_mine(author));
  create policy wall on obscure  using (app.told());
  create policy wall on direct   using (current_setting('app.anything', true) = 'x');
  create policy wall on indirect using (app.setting() = 'x');
  create policy wall on whoami   using (current_user = 'x');
  create policy writers on family for insert with check (app.is_mine(family_id));

  create function announce() returns trigger language plpgsql as $$ begin perform pg_notify('nself_changes', '{}'); return null; end $$;
  create trigger announce after insert or update or delete on family for each statement execute function announce();
  create trigger announce after insert on adults for each statement execute function announce();`;

const WALLED = [
  'family',
  'adults',
  'guests',
  'mine',
  'called',
  'obscure',
  'direct',
  'indirect',
  'whoami',
  'named',
];

describe('what the catalogue says about live queries', () => {
  let database: EmptyDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await emptyDatabase();
    client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    await client.query(SCHEMA);
    for (const table of WALLED) await client.query(`alter table ${table} enable row level security`);
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const read = (name: string, opaque = false): Promise<Exposure> => {
    const transaction = {
      query: async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows,
    };
    const runner = {
      transaction: (_: unknown, work: (tx: Transaction) => unknown) =>
        work(transaction as unknown as Transaction),
    };
    return readExposure(runner as unknown as QueryRunner, {}, [{ schema: 'public', name }], opaque);
  };

  it.each<[string, Partial<Exposure>]>([
    ['open', { walled: false, readsPerson: false, opaque: false, familyBound: false }],
    ['family', { walled: true, readsPerson: false, opaque: false, familyBound: true, announced: true }],
    ['adults', { walled: true, readsPerson: false, opaque: false, announced: false }],
    ['mine', { walled: true, readsPerson: true, opaque: false }],
    ['called', { walled: true, readsPerson: true, opaque: false }],
    ['guests', { walled: true, readsPerson: true, opaque: false }],
    ['obscure', { walled: true, readsPerson: true, opaque: true }],
    ['direct', { walled: true, readsPerson: true }],
    ['indirect', { walled: true, readsPerson: true }],
    ['whoami', { walled: true, readsPerson: true }],
    ['named', { readsPerson: true, opaque: false }],
    ['personal', { walled: false, readsPerson: true, opaque: false }],
    ['seen', { walled: true, readsPerson: true, familyBound: false }],
  ])('of %s', async (table, expected) => {
    expect(await read(table)).toMatchObject(expected);
  });

  it('follows policies and views to every table that can change an answer', async () => {
    expect([...(await read('guests')).tables].sort()).toEqual(['public.guests', 'public.mine']);
    const { tables, silent } = await read('seen');
    expect([...tables].sort()).toEqual(['public.family', 'public.guests', 'public.mine', 'public.seen']);
    expect(silent.map(({ name }) => name).sort()).toEqual(['guests', 'mine']);
  });

  it('trusts nothing of a query that calls functions', async () => {
    expect(await read('open', true)).toMatchObject({ opaque: true, readsPerson: true, announced: false });
  });
});
