import { emptyMetadata, parseMetadata, type Metadata } from '@nself/hasura-metadata';
import type { Transaction } from '../executor';
import { answerText, LONG_NUMBER, readExactly } from '../planner';

/** Channel on which instances tell each other that something changed; the payload is the name of who changed it. */
export const METADATA_CHANNEL = 'nself_metadata';

/** The document as it is stored, with the number that grows with every change of it. */
export interface Stored {
  readonly metadata: Metadata;
  readonly resourceVersion: number;
}

const exists = `select to_regclass('hdb_catalog.hdb_metadata') is not null as there`;

/** Hasura's own layout, as far as clients look at it. */
const layout = `
  do $$ begin
    -- "if not exists" would still ask for the right to create schemas, which the house's roles have not
    if to_regnamespace('hdb_catalog') is null then create schema hdb_catalog; end if;
  end $$;
  create table if not exists hdb_catalog.hdb_version (
    hasura_uuid    uuid        primary key default gen_random_uuid(),
    version        text        not null,
    upgraded_on    timestamptz not null,
    cli_state      jsonb       not null default '{}',
    console_state  jsonb       not null default '{}',
    ee_client_id   text,
    ee_client_secret text
  );
  create unique index if not exists hdb_version_one_row on hdb_catalog.hdb_version ((version is not null));
  insert into hdb_catalog.hdb_version (version, upgraded_on)
  values ('48', now())
  on conflict do nothing;
  create table if not exists hdb_catalog.hdb_metadata (
    id               integer primary key,
    metadata         json    not null,
    resource_version integer not null default 1 unique
  );
  create table if not exists hdb_catalog.hdb_schema_notifications (
    id               integer     primary key check (id = 1),
    notification     json        not null,
    resource_version integer     not null default 1,
    instance_id      uuid        not null,
    updated_at       timestamptz default now()
  );`;

/** Makes the tables when they are missing, and the first document when there is none. */
export async function prepareStore(transaction: Transaction, first: Metadata): Promise<void> {
  const [found] = await transaction.query<{ there: boolean }>(exists);
  if (!found?.there) await transaction.script(layout);
  await transaction.query(
    `insert into hdb_catalog.hdb_metadata (id, metadata) select 1, $1::json
      where not exists (select from hdb_catalog.hdb_metadata)`,
    [JSON.stringify(first)],
  );
}

/**
 * Reads the document.
 * @param lock keeps every other writer, on any instance, out until the transaction ends
 */
export async function readStore(transaction: Transaction, lock: boolean): Promise<Stored> {
  const rows = await transaction.query<{ metadata: string; resource_version: number }>(
    `select metadata::text as metadata, resource_version from hdb_catalog.hdb_metadata where id = 1${lock ? ' for update' : ''}`,
  );
  const [row] = rows;
  if (!row) return { metadata: emptyMetadata, resourceVersion: 0 };
  const { metadata, resource_version: resourceVersion } = row;
  const document = LONG_NUMBER.test(metadata) ? readExactly(metadata) : (JSON.parse(metadata) as unknown);
  return { metadata: parseMetadata(document), resourceVersion };
}

/** Writes the document and tells the other instances; they hear of it when the transaction commits. */
export async function writeStore(
  transaction: Transaction,
  metadata: Metadata,
  instance: string,
): Promise<number> {
  const rows = await transaction.query<{ resource_version: number }>(
    `update hdb_catalog.hdb_metadata set metadata = $1::json, resource_version = resource_version + 1
      where id = 1 returning resource_version`,
    [answerText(metadata)],
  );
  await announce(transaction, instance);
  return rows[0]?.resource_version ?? 0;
}

/** Tells the other instances to load the document and the catalogue again. */
export async function announce(transaction: Transaction, instance: string): Promise<void> {
  await transaction.query('select pg_notify($1, $2)', [METADATA_CHANNEL, instance]);
}
