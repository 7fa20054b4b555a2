import { Client } from 'pg';
import { evictionPolicy, postgresVersion } from '../preflight/outside';
import { bad, good, unknown, type Check, type Finding, type Patient } from './check';

const asleep = unknown('the stack does not run');

/** What the running stack must keep to. */
export const stackChecks: readonly Check[] = [
  { name: 'services', look: services },
  { name: 'Postgres', look: postgres },
  { name: 'schema', look: schema },
  { name: 'tenant walls', look: walls },
  { name: 'metadata', look: metadata },
  { name: 'clock', look: clock },
  { name: 'Redis', look: redis },
];

function services({ run }: Patient): Finding {
  if (!run) return asleep;
  const ill = run.processes.filter(({ state, restarts }) => state !== 'ready' || restarts > 3);
  if (ill.length === 0) return good(`${run.processes.length} processes are ready`);
  const names = ill.map(({ name, state, restarts }) => `${name} (${state}, ${restarts} restarts)`);
  return bad(names.join(', '), `Read ./nself logs ${ill[0]?.name}.`);
}

async function postgres({ databaseUrl }: Patient): Promise<Finding> {
  if (!databaseUrl) return asleep;
  const version = await postgresVersion(databaseUrl);
  return version >= 15 ? good(`version ${version}`) : bad(`version ${version}`, 'Upgrade it to 15 or newer.');
}

async function schema({ databaseUrl }: Patient): Promise<Finding> {
  if (!databaseUrl) return asleep;
  const { migrationStatus } = await import('../../../../migrations/index.js');
  const { applied, pending } = await migrationStatus(databaseUrl);
  if (pending.length === 0) return good(`${applied.length} migrations applied`);
  return bad(`${pending.length} migrations are pending`, 'Run ./nself db migrate.');
}

/** Every family table must be walled: the catalogue is held to the same rules as in the tests. */
async function walls({ databaseUrl }: Patient): Promise<Finding> {
  if (!databaseUrl) return asleep;
  const { tenancyFaults } = await import('../../../../migrations/index.js');
  const faults = await tenancyFaults(databaseUrl);
  if (faults.length === 0) return good('every family table keeps to the rules');
  const lines = faults.slice(0, 5).map(({ object, fault }) => `${object} ${fault}`);
  return bad(lines.join('; '), 'Undo what was changed by hand; migrations make these walls.');
}

/** What GraphQL was told to serve and cannot: it is left out, silently for clients. */
async function metadata({ run, given }: Patient): Promise<Finding> {
  const address = run?.addresses.graphql;
  if (!address) return asleep;
  const { MetadataClient } = await import('../metadata/client.js');
  const client = new MetadataClient(address, given.HASURA_GRAPHQL_ADMIN_SECRET ?? '');
  const [first, ...others] = await client.inconsistencies();
  if (!first) return good('GraphQL serves all of it');
  return bad(
    `${others.length + 1} parts do not fit the database: ${first.name ?? first.type}: ${first.reason}`,
    'Run ./nself metadata apply after mending hasura/metadata or migrating.',
  );
}

async function clock({ databaseUrl }: Patient): Promise<Finding> {
  if (!databaseUrl) return asleep;
  const apart = Math.abs(await databaseClock(databaseUrl));
  const text = `${apart} ms apart from the database`;
  return apart < 2_000 ? good(text) : bad(text, 'Let both machines follow a time server (NTP).');
}

/** How far the database's clock is ahead of ours, in milliseconds. */
async function databaseClock(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now');
    return (rows[0]?.now.getTime() ?? 0) - Date.now();
  } finally {
    await client.end();
  }
}

async function redis({ redisUrl }: Patient): Promise<Finding> {
  if (!redisUrl) return asleep;
  const policy = await evictionPolicy(redisUrl);
  if (policy === 'noeviction') return good('it never evicts');
  return bad(`maxmemory-policy is ${policy}`, 'Set it to noeviction, or jobs will be lost.');
}
