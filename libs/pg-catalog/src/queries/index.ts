import { functions } from './functions';
import { foreignKeys, indexes } from './keys';
import { columns, relations } from './relations';
import { policies, reads, triggers } from './rules';
import { types } from './types';

const parts = { relations, columns, indexes, foreignKeys, policies, triggers, reads, types, functions };

const rows = (query: string) => `coalesce((select json_agg(part) from (${query}) part), '[]'::json)`;

/**
 * The whole catalogue as one JSON text by one statement, so that it is one snapshot and one round trip.
 * Postgres's own schemas and Hasura's are left out, as Hasura leaves them out.
 */
export const introspection = `
with user_schema as (
  select oid, nspname
    from pg_catalog.pg_namespace
   where nspname !~ '^pg_'
     and nspname not in ('information_schema', 'hdb_catalog', 'hdb_lib', 'hdb_views', '_timescaledb_internal')
)
select json_build_object(
  'serverVersion', current_setting('server_version_num')::int,
  ${Object.entries(parts)
    .map(([name, query]) => `'${name}', ${rows(query)}`)
    .join(',\n  ')}
)::text as catalogue`;
