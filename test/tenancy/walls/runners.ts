import { Client } from 'pg';
import type { GroupOutcome, QueryRunner, StatementGroup } from '../../../libs/graphql-engine/src/executor';
import { tenancyContext } from '../../../apps/graphql/src/database/context';
import { openRunner } from '../../../apps/graphql/src/database/open-runner';
import type { Room } from './attempts';
import type { World } from './neighbours';

type Reader = QueryRunner & { end(): Promise<void> };

const notNeeded = (): never => {
  throw new Error('attempts are single groups');
};

/** The services' own way to the database; requests that are made together travel together. */
export async function openReader({ appUrl }: World): Promise<Reader> {
  const runner = await openRunner({
    url: appUrl,
    adminUrl: appUrl,
    connections: 2,
    adminConnections: 1,
    namedStatements: false,
    statementTimeout: 60_000,
  });
  let waiting: { group: StatementGroup; answer: (outcome: GroupOutcome) => void }[] = [];
  const send = async () => {
    const batch = waiting;
    waiting = [];
    const outcomes = await runner.runEach(batch.map(({ group }) => group));
    for (const [index, { answer }] of batch.entries())
      answer(outcomes[index] ?? { error: new Error('no outcome') });
  };
  const run = (group: StatementGroup): Promise<GroupOutcome> =>
    new Promise((answer, reject) => {
      if (waiting.length === 0) setImmediate(() => void send().catch(reject));
      waiting.push({ group, answer });
    });
  return { run, runEach: notNeeded, transaction: notNeeded, listen: notNeeded, end: () => runner.end() };
}

/** How a family's rows stand: a hash for each table. */
export type Fingerprint = string;

export interface Staging {
  readonly room: readonly Room[];
  /** The state that every vault is in; vaults are written while active, and confirmed while sealed. */
  readonly vaults?: string;
}

/** What a change came to: its outcome, and how the neighbours' rows stood before and after it. */
export interface Undone {
  readonly outcome: GroupOutcome;
  readonly before: Fingerprint;
  readonly after: Fingerprint;
}

/** Makes changes as `nself_app`, looks at the neighbours' rows past every wall, and takes everything back. */
export class Undoing {
  private readonly standing = new Map<string, Fingerprint>();

  private constructor(
    private readonly client: Client,
    private readonly look: { readonly name: string; readonly text: string },
  ) {}

  static async open({ ownerUrl }: World, theirs: readonly [string, string][]): Promise<Undoing> {
    const client = new Client({ connectionString: ownerUrl });
    await client.connect();
    return new Undoing(client, { name: 'look', text: theirs.map(hashOf).join('\nunion all ') });
  }

  async try(group: StatementGroup, staging: Staging): Promise<Undone> {
    await this.client.query(['begin', ...preparations(staging)].join(';\n'));
    try {
      const before = await this.stood(staging);
      await this.client.query('set local role nself_app');
      const outcome = await this.make(group);
      if ('error' in outcome) return { outcome, before, after: before };
      await this.client.query('reset role');
      return { outcome, before, after: await this.fingerprint() };
    } finally {
      await this.client.query('rollback');
    }
  }

  async fingerprint(): Promise<Fingerprint> {
    const { rows } = await this.client.query<{ name: string; hash: string }>(this.look);
    return rows.map(({ name, hash }) => `${name} ${hash}`).join('\n');
  }

  end(): Promise<void> {
    return this.client.end();
  }

  private async stood(staging: Staging): Promise<Fingerprint> {
    const key = JSON.stringify(staging);
    const known = this.standing.get(key) ?? (await this.fingerprint());
    this.standing.set(key, known);
    return known;
  }

  /** Deferred constraints speak before anything is believed. */
  private async make({ session, statements }: StatementGroup): Promise<GroupOutcome> {
    const context = tenancyContext(session);
    try {
      await this.client.query(context.text, [...context.values]);
      const rows: Buffer[][] = [];
      for (const { text, values } of statements) {
        const answer = await this.client.query<unknown[]>({
          text,
          values: [...values],
          rowMode: 'array',
          types,
        });
        rows.push((answer.rows[0] ?? []).map(field => Buffer.from(String(field))));
      }
      await this.client.query('set constraints all immediate');
      return { rows };
    } catch (error) {
      return { error };
    }
  }
}

/** Everything as Postgres wrote it. */
const types = { getTypeParser: () => (text: string) => text };

function preparations({ room, vaults }: Staging): string[] {
  const rows = room.filter(({ ids }) => ids.length > 0);
  return [
    'set local session_replication_role = replica',
    ...rows.map(
      ({ table, ids }) => `delete from ${table} where id::text in (${ids.map(id => `'${id}'`).join(', ')})`,
    ),
    ...(vaults ? [`update legacy_vaults set state = '${vaults}'`] : []),
    'set local session_replication_role = origin',
  ];
}

const hashOf = ([table, condition]: readonly [string, string]) =>
  `select '${table}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash
   from ${table} t where ${condition}`;
