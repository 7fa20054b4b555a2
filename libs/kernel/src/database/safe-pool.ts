import { logger } from '@nself/observability';
import { Pool, type PoolClient, type PoolConfig } from 'pg';

/** Whatever can run one statement: a pool, a client, a TypeORM manager behind an adapter. */
export interface Queryable {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

type ConnectCallback = (
  error: Error | undefined,
  client: PoolClient | undefined,
  done: (release?: boolean | Error) => void,
) => void;

const log = logger('database');
const IDLE = 'I';

/**
 * A pool that never hands out a connection with an open transaction.
 *
 * Code that forgets to end its transaction would otherwise give the connection back with the family context still
 * set, and the next borrower would read another family's rows. Such a connection is destroyed and another one taken.
 */
export class SafePool extends Pool {
  constructor(config?: PoolConfig) {
    super(config);
    this.on('error', error => log.warn({ err: error }, 'an idle connection was lost'));
    // While a client is lent the pool does not listen to it, and an error that nobody hears would end the process.
    this.on('connect', client =>
      client.on('error', error => log.debug({ err: error }, 'a connection was lost')),
    );
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<PoolClient> | undefined {
    const clean = this.cleanClient();
    if (!callback) return clean;
    clean.then(
      client => callback(undefined, client, release => client.release(release)),
      (error: unknown) =>
        callback(error instanceof Error ? error : new Error(String(error)), undefined, () => {}),
    );
    return undefined;
  }

  private async cleanClient(): Promise<PoolClient> {
    for (;;) {
      const client = await super.connect();
      const status = client.getTransactionStatus();
      if (status === null || status === IDLE) return client;
      log.error({ status }, 'a connection came back inside a transaction and was destroyed');
      client.release(true);
    }
  }
}
