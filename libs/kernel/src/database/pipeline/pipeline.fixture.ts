import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { Pipeline, type PipelineOptions } from './pipeline';
import { prepared, type Statement } from './group';

/** A database of its own with a table behind a family wall, and pipelines on it as a role that the wall binds. */
export interface WalledDatabase {
  open(options?: Partial<PipelineOptions>): Pipeline;
  query(text: string): Promise<unknown[]>;
  drop(): Promise<void>;
}

export const FAMILIES = 12;
const ROWS_PER_FAMILY = 7;

const SCHEMA = (role: string): string => `
  create role ${role} nologin;
  create table notes (
    id     int  primary key,
    family int  not null,
    body   text not null
  );
  insert into notes
  select g, g % ${FAMILIES}, 'note ' || g from generate_series(0, ${FAMILIES * ROWS_PER_FAMILY - 1}) g;
  alter table notes enable row level security;
  create policy family_wall on notes
    using (family = (select nullif(current_setting('app.family', true), '')::int));
  create table pairs (
    id    int primary key,
    other int,
    constraint pairs_other_fk foreign key (other) references pairs (id) deferrable initially deferred
  );
  grant select, insert, update, delete on notes, pairs to ${role};`;

export async function walledDatabase(server: string): Promise<WalledDatabase> {
  const name = `kernel_pipeline_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await once(server, `create database ${name}`);
  await once(url.href, SCHEMA(name));
  const pipelines: Pipeline[] = [];
  return {
    open: options => {
      const own = { connectionString: url.href, options: `-c role=${name}` };
      const connection = { ...own, ...options?.connection };
      const pipeline = new Pipeline({ connections: 2, ...options, connection });
      pipelines.push(pipeline);
      return pipeline;
    },
    query: text => once(url.href, text),
    drop: async () => {
      await Promise.all(pipelines.map(pipeline => pipeline.end()));
      await once(server, `drop database ${name} with (force)`);
      await once(server, `drop role ${name}`);
    },
  };
}

export const family = (id: number): Statement =>
  prepared(`select set_config('app.family', $1, true)`, [String(id)]);

async function once(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}
