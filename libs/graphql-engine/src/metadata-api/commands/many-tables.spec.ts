import { ADMIN, EngineError, sessionOf } from '../../executor';
import { parseBoolExp } from '../../permissions';
import { MetadataApi } from '../index';
import { scratchDatabase, type ScratchDatabase } from '../spec-support';

const structure = `
  create table author (id serial primary key, name text);
  create table profile (author_id int primary key references author (id), bio text);
  create table article (id serial primary key, title text, author_id int references author (id));
`;

const options = {
  stringifyNumerics: false,
  namingConvention: 'hasura-default',
  inferFunctionPermissions: true,
  nullsAreTrue: false,
  relay: false,
} as const;

const admin = sessionOf(ADMIN, {});

describe('many tables at once', () => {
  let database: ScratchDatabase;
  let api: MetadataApi;
  let tracked: readonly string[];
  const ask = (type: string, args: object = {}) => api.metadata({ type, args }, admin);

  beforeAll(async () => {
    database = await scratchDatabase();
    await database.pool.query(structure);
    api = new MetadataApi({
      runner: database.runner,
      options,
      readFilter: parseBoolExp,
      publish: ({ model }) => (tracked = [...model.tables.values()].map(({ name }) => name)),
    });
    await api.start();
  });

  beforeEach(async () => {
    await ask('clear_metadata');
    await ask('pg_track_tables', { tables: ['author', 'article', 'profile'].map(table => ({ table })) });
  });

  afterAll(async () => {
    await api.stop();
    await database.drop();
  });

  const named = (...names: string[]) => names.map(table => ({ table }));
  const warning = (deed: 'track' | 'untrack', name: string, message: string) => ({
    code: `${deed}-table-failed`,
    message,
    name: `table ${name} in source default`,
    type: 'table',
  });
  const fault = async (type: string, args: object): Promise<EngineError> =>
    ask(type, args).then(
      () => Promise.reject(new Error(`${type} was not refused.`)),
      (error: EngineError) => error,
    );
  const known = warning('track', 'author', 'view/table already tracked: "author"');
  const ghost = warning(
    'track',
    'ghost',
    'Inconsistent object: no such table/view exists in source: "ghost"',
  );

  it('are tracked as far as they can be, and the others told', async () => {
    await ask('pg_untrack_table', { table: 'profile' });
    expect(await ask('pg_track_tables', { tables: named('author', 'ghost', 'profile') })).toEqual({
      message: 'success',
      warnings: [known, ghost],
    });
    expect(tracked).toEqual(['article', 'author', 'profile']);
  });

  it('are tracked all or not at all when warnings are not allowed', async () => {
    await ask('pg_untrack_table', { table: 'profile' });
    const error = await fault('pg_track_tables', {
      tables: named('ghost', 'profile'),
      allow_warnings: false,
    });
    expect(error).toMatchObject({
      code: 'metadata-warnings',
      message: 'failed due to metadata warnings',
      path: '$.args',
      status: 400,
      internal: [ghost],
    });
    expect(tracked).toEqual(['article', 'author']);
  });

  it('are refused when none of them can be tracked, or one is named twice', async () => {
    expect(await fault('pg_track_tables', { tables: named('author', 'ghost') })).toMatchObject({
      code: 'invalid-configuration',
      message: 'all tables failed to track',
      internal: [known, ghost],
    });
    expect(await fault('pg_track_tables', { tables: named('ghost', 'author', 'ghost') })).toMatchObject({
      code: 'bad-request',
      message: 'The following tables occur more than once in the request: default.ghost',
      path: '$.args.tables',
    });
  });

  it('are untracked as far as nothing stands in the way', async () => {
    await ask('pg_create_object_relationship', {
      table: 'article',
      name: 'author',
      using: { foreign_key_constraint_on: 'author_id' },
    });
    const needed = warning(
      'untrack',
      'author',
      'cannot drop due to the following dependent objects: relationship article.author in source "default"',
    );
    const tables = named('author', 'profile');
    expect(await fault('pg_untrack_tables', { tables, allow_warnings: false })).toMatchObject({
      code: 'metadata-warnings',
      internal: [needed],
    });
    expect(tracked).toContain('profile');
    expect(await ask('pg_untrack_tables', { tables })).toEqual({ message: 'success', warnings: [needed] });
    expect(tracked).toEqual(['article', 'author']);
    expect(await fault('pg_untrack_tables', { tables: named('author') })).toMatchObject({
      message: 'all tables failed to untrack',
    });
  });
});
