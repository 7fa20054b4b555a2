import { diffMetadata, MetadataFault, parseMetadata, printDifference } from './index';

const table = (name: string, more: object = {}) => ({ table: { schema: 'public', name }, ...more });
const source = (tables: readonly object[], more: object = {}) => ({
  name: 'default',
  kind: 'postgres',
  tables,
  configuration: {},
  ...more,
});
const document = (tables: readonly object[], more: object = {}) => ({
  version: 3,
  sources: [source(tables)],
  ...more,
});

const faultOf = (value: unknown): MetadataFault => {
  try {
    parseMetadata(value);
  } catch (fault) {
    if (fault instanceof MetadataFault) return fault;
  }
  throw new Error('It was taken.');
};

describe('the metadata document', () => {
  it('has one canonical form, whatever way it was written', () => {
    const written = document(
      [
        'b',
        table('a', {
          is_enum: false,
          array_relationships: [
            { name: 'z', using: { foreign_key_constraint_on: { table: 'b', columns: ['a_id'] } } },
            {
              name: 'y',
              comment: null,
              using: { manual_configuration: { column_mapping: { id: 'x' }, remote_table: 'b' } },
            },
          ],
          select_permissions: [
            {
              role: 'user',
              permission: { filter: {}, columns: '*', allow_aggregations: false, computed_fields: [] },
            },
          ],
        }),
      ].map(item => (typeof item === 'string' ? { table: item } : item)),
    );
    const canonical = parseMetadata(written);
    expect(canonical.sources[0]?.tables).toEqual([
      table('a', {
        array_relationships: [
          {
            name: 'y',
            using: {
              manual_configuration: {
                remote_table: { schema: 'public', name: 'b' },
                column_mapping: { id: 'x' },
              },
            },
          },
          {
            name: 'z',
            using: { foreign_key_constraint_on: { column: 'a_id', table: { schema: 'public', name: 'b' } } },
          },
        ],
        select_permissions: [{ role: 'user', permission: { columns: '*', filter: {} } }],
      }),
      table('b'),
    ]);
    expect(parseMetadata(JSON.parse(JSON.stringify(canonical)))).toEqual(canonical);
  });

  it('says the same of a column in both ways', () => {
    const configuration = {
      custom_column_names: { id: 'key' },
      column_config: { name: { custom_name: 'label' } },
    };
    expect(
      parseMetadata(document([table('a', { configuration })])).sources[0]?.tables[0]?.configuration,
    ).toEqual({
      column_config: { name: { custom_name: 'label' }, id: { custom_name: 'key' } },
      custom_column_names: { name: 'label', id: 'key' },
      custom_root_fields: {},
    });
  });

  it('keeps what it does not serve', () => {
    const kept = {
      remote_schemas: [
        { name: 'r', definition: { url: 'https://example.org/graphql', timeout_seconds: 60 } },
      ],
      actions: [{ name: 'a', definition: { handler: '{{H}}', output_type: 'Out!', type: 'query' } }],
      cron_triggers: [{ name: 'c', webhook: '{{H}}', schedule: '* * * * *', include_in_metadata: true }],
      opentelemetry: { status: 'enabled' },
    };
    expect(parseMetadata(document([], kept))).toMatchObject(kept);
    const validate_input = { type: 'http', definition: { url: '{{H}}', timeout: 5 } };
    const keptOfTable = {
      remote_relationships: [
        { name: 'far', definition: { to_remote_schema: { remote_schema: 'r', lhs_fields: ['id'] } } },
      ],
      insert_permissions: [{ role: 'user', permission: { check: {}, columns: ['id'], validate_input } }],
    };
    expect(parseMetadata(document([table('a', keptOfTable)])).sources[0]?.tables[0]).toMatchObject(
      keptOfTable,
    );
  });

  it('takes older documents', () => {
    const tables = [table('a')];
    for (const old of [
      { version: 2, tables, functions: [{ function: 'f' }] },
      { tables, functions: ['f'] },
    ]) {
      expect(parseMetadata(old)).toMatchObject({
        version: 3,
        sources: [{ name: 'default', tables, functions: [{ function: { schema: 'public', name: 'f' } }] }],
      });
    }
  });

  it.each([
    [
      'a wrong kind',
      document([{ table: 3 }]),
      '$.sources[0].tables[0].table',
      'expected String or Object, but encountered Number',
    ],
    [
      'an empty name',
      { version: 3, sources: [{ name: '' }] },
      '$.sources[0].name',
      'empty string not allowed',
    ],
    ['a missing key', document([{}]), '$.sources[0].tables[0]', 'key "table" not found'],
    [
      'a name twice',
      document([table('a'), table('a')]),
      '$.sources[0]',
      'multiple declarations exist for the following tables',
    ],
    ...(
      [
        ['a_id', 'Expecting object { table, columns }.'],
        [{ table: 'b' }, "expected exactly one of 'column' or 'columns'"],
        [{ table: 'b', column: 'x', columns: ['x'] }, "expected exactly one of 'column' or 'columns'"],
        [{ table: 'b', column: 3 }, 'Expected string or array'],
        [{ table: 'b', columns: [] }, 'parsing NonEmpty failed, unexpected empty list'],
        [{ column: 'x' }, 'key "table" not found'],
      ] as const
    ).map(([key, message]): [string, object, string, string] => [
      `a foreign key of many rows: ${message}`,
      document([
        table('a', { array_relationships: [{ name: 'z', using: { foreign_key_constraint_on: key } }] }),
      ]),
      '$.sources[0].tables[0].array_relationships[0].using.foreign_key_constraint_on',
      message,
    ]),
    ...(
      [
        ['root_fields', 'namespace', 'our house'],
        ['root_fields', 'prefix', 'our-'],
        ['root_fields', 'suffix', '!'],
        ['type_names', 'prefix', '1'],
      ] as const
    ).map(([part, piece, name]): [string, object, string, string] => [
      `a source with the ${piece} ${name}`,
      { version: 3, sources: [{ name: 'default', customization: { [part]: { [piece]: name } } }] },
      `$.sources[0].customization.${part}.${piece}`,
      `${name} is not a valid GraphQL name`,
    ]),
    ['an unknown version', { version: 9, sources: [] }, '$.version', 'unsupported metadata version: 9'],
  ])('refuses %s, and says where', (_, value, path, message) => {
    const fault = faultOf(value);
    expect(fault.path).toBe(path);
    expect(fault.message).toContain(message);
  });

  it('tells two documents apart by what they say, not by its order', () => {
    const permission = (columns: readonly string[]) => ({
      role: 'user',
      permission: { columns, filter: {} },
    });
    const from = parseMetadata(
      document([table('a', { select_permissions: [permission(['id'])] }), table('b')]),
    );
    const to = parseMetadata(
      document([table('c'), table('a', { select_permissions: [permission(['id', 'name'])] })]),
    );
    expect(diffMetadata(from, to).map(printDifference)).toEqual([
      '~ $.sources.default.tables.public.a.select_permissions.user.permission.columns: ["id"] -> ["id","name"]',
      '- $.sources.default.tables.public.b',
      '+ $.sources.default.tables.public.c',
    ]);
    expect(diffMetadata(from, from)).toEqual([]);
  });
});
