import { Pipeline, SafePool } from '@nself/kernel';
import type { Login } from './postgres-runner';

export interface LoginOptions {
  readonly url: string;
  readonly name: string;
  /** For requests. */
  readonly connections: number;
  readonly namedStatements: boolean;
}

/** Connections for transactions of several round trips: metadata, `run_sql`, explain. */
const TRANSACTIONS = 4;

export function loginOf({ url, name, connections, namedStatements }: LoginOptions): Login {
  const connection = { connectionString: url, application_name: name };
  return {
    pipeline: new Pipeline({ connection, connections, namedStatements }),
    pool: new SafePool({ ...connection, max: TRANSACTIONS }),
  };
}
