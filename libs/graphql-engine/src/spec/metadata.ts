import { parseMetadata, type Metadata } from '@nself/hasura-metadata';

export interface Declared {
  readonly tables: readonly (string | object)[];
  readonly functions: readonly object[];
  readonly inheritedRoles: readonly object[];
  readonly customization?: object;
}

/** A metadata document of one source. */
export function readMetadata({ tables, functions, inheritedRoles, customization }: Declared): Metadata {
  const entries = tables.map(table =>
    typeof table === 'string' ? { table: { schema: 'public', name: table } } : table,
  );
  const source = {
    name: 'default',
    kind: 'postgres',
    tables: entries,
    functions,
    configuration: { connection_info: { database_url: 'postgres://', isolation_level: 'read-committed' } },
    ...(customization && { customization }),
  };
  return parseMetadata({ version: 3, sources: [source], inherited_roles: inheritedRoles });
}
