import { randomBytes } from 'node:crypto';
import { sessionOf, type Session } from '../../executor';
import { world, type World } from '../../testing/world.fixture';

/** Mutations where Postgres has row rules of its own: the engine's permissions allow everything here. */
const login = `row_security_${randomBytes(4).toString('hex')}`;

const schema = `
  create role ${login};
  create function me() returns int language sql stable as
    $$ select (current_setting('hasura.user')::json ->> 'x-hasura-user-id')::int $$;
  create table album (id serial primary key, owner int not null default me(), title text unique);
  create table photo (id serial primary key, album_id int not null references album, name text);
  alter table album enable row level security;
  alter table photo enable row level security;
  create policy album_owner on album using (owner = (select me()));
  create policy photo_of_own_album on photo using (exists (select from album where album.id = photo.album_id));
  insert into album (owner, title) values (1, 'one'), (2, 'two');
  insert into photo (album_id, name) values (1, 'p1'), (2, 'p2');
  grant all on album, photo, album_id_seq, photo_id_seq to ${login};`;

const table = (name: string) => ({ schema: 'public', name });
const by = (permission: object) => [{ role: 'user', permission }];
const everything = {
  select_permissions: by({ columns: '*', filter: {} }),
  insert_permissions: by({ columns: '*', check: {} }),
  update_permissions: by({ columns: '*', filter: {}, check: {} }),
  delete_permissions: by({ filter: {} }),
};
const photos = { foreign_key_constraint_on: { table: table('photo'), column: 'album_id' } };

const source = {
  tables: [
    { table: table('album'), array_relationships: [{ name: 'photos', using: photos }], ...everything },
    {
      table: table('photo'),
      object_relationships: [{ name: 'album', using: { foreign_key_constraint_on: 'album_id' } }],
      ...everything,
    },
  ],
};

const person = (id: number): Session => sessionOf('user', { 'x-hasura-user-id': String(id) });
const refused = (path: string) => ({
  error: 'check constraint of an insert/update permission has failed',
  code: 'permission-error',
  path,
});

describe('mutations under row level security', () => {
  let here: World;
  beforeAll(async () => {
    here = await world({ schema, source, login });
  });
  afterAll(async () => {
    await here.client.query(`drop owned by ${login}; drop role ${login}`);
    await here.drop();
  });

  it('insert a tree whose rows are allowed by their parent', async () => {
    const tree = `mutation { insert_album_one(object: {title: "new", photos: {data: [{name: "a"}, {name: "b"}]}}) {
      owner photos(order_by: {id: asc}) { name album { title } } } }`;
    const photo = (name: string) => ({ name, album: { title: 'new' } });
    expect(await here.ask(person(1), tree)).toEqual({
      data: { insert_album_one: { owner: 1, photos: [photo('a'), photo('b')] } },
    });
  });

  it('insert nothing for somebody else', async () => {
    const direct = `mutation { insert_album(objects: [{title: "theirs", owner: 2}]) { affected_rows } }`;
    expect(await here.ask(person(1), direct)).toEqual(refused('$.selectionSet.insert_album.args.objects'));
    const below = `mutation { insert_photo_one(object: {name: "x", album_id: 2}) { id } }`;
    expect(await here.ask(person(1), below)).toEqual(refused('$.selectionSet.insert_photo_one.args.object'));
  });

  it('update and delete only what the rules show', async () => {
    const change = `mutation {
      update_photo(where: {}, _set: {name: "mine"}) { affected_rows }
      update_photo_many(updates: [{where: {id: {_eq: 1}}, _set: {name: "stolen"}}]) { affected_rows }
      delete_photo(where: {album: {title: {_eq: "one"}}}) { affected_rows } }`;
    expect(await here.ask(person(2), change)).toEqual({
      data: {
        update_photo: { affected_rows: 1 },
        update_photo_many: [{ affected_rows: 0 }],
        delete_photo: { affected_rows: 0 },
      },
    });
    const { rows } = await here.client.query(`select name from photo where id = 1`);
    expect(rows).toEqual([{ name: 'p1' }]);
  });

  it('give nothing away', async () => {
    const away = `mutation { update_album(where: {title: {_eq: "one"}}, _set: {owner: 2}) { affected_rows } }`;
    expect(await here.ask(person(1), away)).toEqual(refused('$'));
  });

  it('upsert nothing that is hidden', async () => {
    const upsert = `mutation { insert_album_one(object: {title: "two"}, on_conflict: {
      constraint: album_title_key, update_columns: [owner]}) { id } }`;
    expect(await here.ask(person(1), upsert)).toMatchObject({ code: 'permission-error' });
    const { rows } = await here.client.query(`select owner from album where title = 'two'`);
    expect(rows).toEqual([{ owner: 2 }]);
  });
});
