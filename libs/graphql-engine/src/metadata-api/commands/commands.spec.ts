import { ADMIN, EngineError, sessionOf } from '../../executor';
import { parseBoolExp } from '../../permissions';
import { answerText, ExactNumber } from '../../planner';
import { MetadataApi } from '../index';
import { options, scratchDatabase, type ScratchDatabase } from '../spec-support';

const structure = `
  create table author (id serial primary key, name text, views bigint);
  create table profile (author_id int primary key references author (id), bio text);
  create table article (id serial primary key, title text, author_id int references author (id));
  create function search(term text) returns setof article language sql stable as 'select * from article where title = term';
`;

const admin = sessionOf(ADMIN, {});
type Step = readonly [type: string, args: object];

describe('the menu of the metadata API', () => {
  let database: ScratchDatabase;
  let api: MetadataApi;
  const ask = (type: string, args: object = {}) => api.metadata({ type, args }, admin);
  const all = async (...steps: readonly Step[]) => {
    for (const [type, args] of steps) expect(await ask(type, args)).toMatchObject({ message: 'success' });
  };
  const refused = async (type: string, args: object): Promise<string> => {
    const error: unknown = await ask(type, args).catch((fault: unknown) => fault);
    if (error instanceof EngineError) return `${error.code}: ${error.message}`;
    throw new Error(`${type} was not refused.`);
  };
  const exported = async (part: string): Promise<unknown> =>
    ((await ask('export_metadata')) as Record<string, unknown>)[part];
  const tableOf = async (name: string) => {
    const [source] = (await exported('sources')) as { tables: { table: { name: string } }[] }[];
    return source?.tables.find(({ table }) => table.name === name);
  };

  beforeAll(async () => {
    database = await scratchDatabase();
    await database.pool.query(structure);
    api = new MetadataApi({
      runner: database.runner,
      options,
      readFilter: parseBoolExp,
      publish: () => undefined,
    });
    await api.start();
  });

  beforeEach(async () => {
    await ask('clear_metadata');
    await ask('pg_track_tables', {
      tables: [{ table: 'author' }, { table: 'article' }, { table: 'profile' }],
    });
  });

  afterAll(async () => {
    await api.stop();
    await database.drop();
  });

  it('suggests relationships along foreign keys, both ways', async () => {
    const { relationships } = (await ask('pg_suggest_relationships', { omit_tracked: true })) as {
      relationships: { type: string; from: { table: { name: string } } }[];
    };
    expect(relationships.map(({ type, from }) => `${from.table.name} ${type}`).sort()).toEqual([
      'article object',
      'author array',
      'author object',
      'profile object',
    ]);
  });

  it('comments and renames relationships, filters included', async () => {
    await all(
      [
        'pg_create_object_relationship',
        { table: 'article', name: 'author', using: { foreign_key_constraint_on: 'author_id' } },
      ],
      ['pg_set_relationship_comment', { table: 'article', relationship: 'author', comment: 'who wrote it' }],
      [
        'pg_create_select_permission',
        {
          table: 'article',
          role: 'user',
          permission: { columns: ['id'], filter: { author: { name: { _eq: 'x' } } } },
        },
      ],
      ['pg_rename_relationship', { table: 'article', name: 'author', new_name: 'writer' }],
      ['pg_set_permission_comment', { table: 'article', role: 'user', type: 'select', comment: 'own only' }],
    );
    expect(await tableOf('article')).toMatchObject({
      object_relationships: [{ name: 'writer', comment: 'who wrote it' }],
      select_permissions: [
        { comment: 'own only', permission: { filter: { writer: { name: { _eq: 'x' } } } } },
      ],
    });
    expect(await refused('pg_drop_relationship', { table: 'article', relationship: 'writer' })).toBe(
      'dependency-error: cannot drop due to the following dependent objects: permission article.user.select in source "default"',
    );
    await all(['pg_drop_relationship', { table: 'article', relationship: 'writer', cascade: true }]);
    expect(await refused('pg_drop_select_permission', { table: 'article', role: 'user' })).toContain(
      'permission-denied',
    );
  });

  it('keeps all the digits of a number in a permission, in the store too', async () => {
    const long = new ExactNumber('9007199254740993');
    const permission = { columns: ['id'], filter: { views: { _gt: long } } };
    await all(
      ['pg_create_select_permission', { table: 'author', role: 'user', permission }],
      [
        'pg_create_insert_permission',
        { table: 'author', role: 'user', permission: { check: {}, set: { views: long } } },
      ],
    );
    const setting = { runner: database.runner, options, readFilter: parseBoolExp, publish: () => undefined };
    const other = new MetadataApi(setting);
    await other.start();
    for (const one of [api, other]) {
      const document = answerText(await one.metadata({ type: 'export_metadata', args: {} }, admin));
      expect(document).toContain('"filter":{"views":{"_gt":9007199254740993}}');
      expect(document).toContain('"set":{"views":9007199254740993}');
    }
    await other.stop();
  });

  it('tracks functions, names them, and lets roles call them', async () => {
    await all(
      ['pg_track_function', { function: 'search', comment: 'finds' }],
      ['pg_set_function_customization', { function: 'search', configuration: { custom_name: 'find' } }],
      [
        'pg_create_select_permission',
        { table: 'article', role: 'user', permission: { columns: ['id'], filter: {} } },
      ],
      ['pg_create_function_permission', { function: 'search', role: 'user' }],
    );
    expect(await refused('pg_create_function_permission', { function: 'search', role: 'user' })).toContain(
      'already-exists',
    );
    expect(await refused('pg_create_function_permission', { function: 'search', role: 'other' })).toContain(
      'not-supported',
    );
    await all(
      ['pg_drop_function_permission', { function: 'search', role: 'user' }],
      ['pg_untrack_function', { function: 'search' }],
    );
    expect(await refused('pg_untrack_function', { function: 'search' })).toContain('not-exists');
  });

  it('keeps collections, the allow list and endpoints together', async () => {
    const query = { name: 'q', query: 'query { author { id } }' };
    await all(
      ['create_query_collection', { name: 'c', definition: { queries: [query] } }],
      [
        'add_query_to_collection',
        { collection_name: 'c', query_name: 'r', query: 'query { article { id } }' },
      ],
      ['add_collection_to_allowlist', { collection: 'c' }],
      [
        'create_rest_endpoint',
        {
          name: 'e',
          url: 'authors',
          methods: ['GET', 'GET'],
          definition: { query: { collection_name: 'c', query_name: 'q' } },
        },
      ],
      ['rename_query_collection', { name: 'c', new_name: 'd' }],
      ['drop_query_from_collection', { collection_name: 'd', query_name: 'r' }],
    );
    expect(await exported('query_collections')).toEqual([{ name: 'd', definition: { queries: [query] } }]);
    expect(await exported('allowlist')).toEqual([{ collection: 'd', scope: { global: true } }]);
    expect(await exported('rest_endpoints')).toMatchObject([
      { methods: ['GET'], definition: { query: { collection_name: 'd' } } },
    ]);
    expect(await refused('drop_query_collection', { collection: 'd' })).toContain('dependency-error');
    expect(await refused('drop_query_collection', { collection: 'd', cascade: true })).toContain(
      'newly found inconsistent',
    );
    await all(
      ['drop_rest_endpoint', { name: 'e' }],
      ['drop_query_collection', { collection: 'd', cascade: true }],
    );
    expect(await exported('allowlist')).toBeUndefined();
  });

  it('keeps limits, introspection, hosts and telemetry', async () => {
    await all(
      [
        'set_api_limits',
        {
          depth_limit: { global: 5, per_role: { user: 3 } },
          rate_limit: { global: { max_reqs_per_min: 9, unique_params: 'IP' } },
        },
      ],
      ['set_graphql_schema_introspection_options', { disabled_for_roles: ['user'] }],
      ['add_host_to_tls_allowlist', { host: 'localhost', suffix: '443' }],
      ['set_opentelemetry_config', { status: 'enabled' }],
      ['set_metrics_config', { analyze_query_variables: true, analyze_response_body: false }],
    );
    const document = (await ask('export_metadata')) as object;
    expect(document).toMatchObject({
      api_limits: { depth_limit: { global: 5, per_role: { user: 3 } } },
      graphql_schema_introspection: { disabled_for_roles: ['user'] },
      network: { tls_allowlist: [{ host: 'localhost', suffix: '443' }] },
      opentelemetry: { status: 'enabled' },
    });
    expect(await refused('set_api_limits', { depth_limit: { global: 0 } })).toContain(
      'limits must be positive',
    );
    await all(
      ['remove_api_limits', {}],
      ['drop_host_from_tls_allowlist', { host: 'localhost', suffix: '443' }],
      ['remove_metrics_config', {}],
    );
    expect(await exported('api_limits')).toBeUndefined();
  });

  it('keeps triggers as they are declared', async () => {
    const trigger = {
      name: 't',
      table: 'author',
      webhook: 'http://hook',
      insert: { columns: '*' },
      headers: [{ name: 'a', value: 'b' }],
    };
    await all(
      ['pg_create_event_trigger', trigger],
      [
        'create_cron_trigger',
        { name: 'c', webhook: 'http://hook', schedule: '* * * * *', retry_conf: { num_retries: 2 } },
      ],
    );
    expect(await tableOf('author')).toMatchObject({
      event_triggers: [
        { name: 't', definition: { insert: { columns: '*' } }, retry_conf: { num_retries: 0 } },
      ],
    });
    expect(await ask('get_cron_triggers')).toMatchObject({
      cron_triggers: [{ name: 'c', include_in_metadata: true, retry_conf: { num_retries: 2 } }],
    });
    expect(await refused('pg_create_event_trigger', trigger)).toContain('already-exists');
    expect(await refused('pg_create_event_trigger', { ...trigger, name: 'u', insert: undefined })).toContain(
      'atleast one amongst',
    );
    await all(
      ['pg_create_event_trigger', { ...trigger, replace: true }],
      ['pg_delete_event_trigger', { name: 't' }],
      ['delete_cron_trigger', { name: 'c' }],
    );
  });

  it('keeps actions, their types and remote schemas', async () => {
    await all(
      ['set_custom_types', { objects: [{ name: 'Out', fields: [{ name: 'id', type: 'Int!' }] }] }],
      [
        'create_action',
        {
          name: 'act',
          definition: {
            handler: 'http://h',
            output_type: 'Out',
            arguments: [{ name: 'x', type: '[Int!]!' }],
          },
        },
      ],
      ['create_action_permission', { action: 'act', role: 'user' }],
      [
        'update_action',
        {
          name: 'act',
          definition: { handler: 'http://i', output_type: 'Out', type: 'query' },
          comment: 'new',
        },
      ],
      ['add_remote_schema', { name: 'r', definition: { url: 'http://r' } }],
      [
        'add_remote_schema_permissions',
        { remote_schema: 'r', role: 'user', definition: { schema: 'type Query { a: Int }' } },
      ],
    );
    expect(await exported('actions')).toMatchObject([
      {
        name: 'act',
        comment: 'new',
        definition: { handler: 'http://i', type: 'query' },
        permissions: [{ role: 'user' }],
      },
    ]);
    expect(await exported('remote_schemas')).toMatchObject([{ name: 'r', permissions: [{ role: 'user' }] }]);
    expect(await refused('add_remote_schema', { name: 's', definition: {} })).toContain(
      'both `url` and `url_from_env` are empty',
    );
    await all(
      ['drop_action_permission', { action: 'act', role: 'user' }],
      ['drop_action', { name: 'act' }],
      ['drop_remote_schema_permissions', { remote_schema: 'r', role: 'user' }],
      ['remove_remote_schema', { name: 'r' }],
    );
  });

  it('keeps what the command line and the console remember', async () => {
    await all(['set_catalog_state', { type: 'cli', state: { migrations: { a: true } } }]);
    expect(await ask('get_catalog_state')).toMatchObject({
      cli_state: { migrations: { a: true } },
      console_state: {},
    });
    expect(await refused('set_catalog_state', { type: 'other', state: {} })).toContain('parse-failed');
  });

  it('tells what the database has, and names its source', async () => {
    expect(await ask('get_source_tables')).toEqual(
      ['article', 'author', 'profile'].map(name => ({ schema: 'public', name })),
    );
    expect(await ask('pg_get_source_tables', { source: 'default' })).toEqual(await ask('get_source_tables'));
    expect(await ask('get_table_info', { table: 'profile' })).toMatchObject({
      primary_key: ['author_id'],
      columns: [{ name: 'author_id', type: 'int4' }, { name: 'bio' }],
    });
    await all(['rename_source', { name: 'default', new_name: 'house' }]);
    expect(await refused('pg_untrack_table', { table: 'author', source: 'default' })).toContain(
      'source with name "default" does not exist',
    );
    await all(
      ['pg_untrack_table', { table: 'profile', source: 'house' }],
      ['rename_source', { name: 'house', new_name: 'default' }],
    );
    expect(await refused('pg_add_source', { name: 'second' })).toContain('this engine serves one source');
  });

  it('refuses what it does not know, and says where', async () => {
    expect(await refused('no_such_command', {})).toBe(
      'parse-failed: unknown metadata command "no_such_command"',
    );
    expect(await refused('pg_track_table', {})).toContain('parse-failed');
    expect(await refused('pg_track_table', { table: 'author', source: 'other' })).toContain(
      'source with name "other" does not exist',
    );
  });

  it('changes no document that somebody else has changed meanwhile', async () => {
    const { resource_version, metadata } = (await api.metadata(
      { type: 'export_metadata', version: 2, args: {} },
      admin,
    )) as { resource_version: number; metadata: object };
    await ask('pg_untrack_table', { table: 'profile' });
    const article = { table: 'article' };
    const track = { type: 'pg_track_table', args: { table: 'profile' } };
    for (const [type, version, args] of [
      ['replace_metadata', 2, { metadata }],
      ['pg_untrack_table', 1, article],
      ['bulk', 1, [track]],
    ] as const) {
      const stale = api.metadata({ type, version, resource_version, args }, admin);
      await expect(stale).rejects.toMatchObject({ code: 'conflict', status: 409, path: '$' });
    }
    expect(await tableOf('article')).toBeDefined();
    expect(await tableOf('profile')).toBeUndefined();
    const known = { resource_version: resource_version + 1 };
    await api.metadata({ type: 'pg_untrack_table', args: article, ...known }, admin);
    expect(await tableOf('article')).toBeUndefined();
  });
});
