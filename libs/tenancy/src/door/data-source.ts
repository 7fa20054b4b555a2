import { SafePool, StartError } from '@nself/kernel';
import * as pg from 'pg';
import type { DataSource, EntitySchema, MixedList } from 'typeorm';
import { ContextSubscriber } from './context-subscriber';

/** Where a door leads, and how wide it is. Times are in milliseconds. */
export interface DoorOptions {
  readonly url: string;
  readonly connections: number;
  readonly statementTimeout: number;
  readonly connectTimeout: number;
  readonly name: string;
  readonly entities?: MixedList<string | EntitySchema | (new () => object)>;
}

/**
 * Opens a TypeORM data source that cannot be used past the context: its pool never hands out a connection inside a
 * transaction, and its subscriber refuses statements without context. TypeORM is loaded only here, so that a service
 * which wants nothing but the context does not hold it in memory.
 *
 * @throws StartError when Postgres does not answer or does not let us in.
 */
export async function openDataSource(options: DoorOptions): Promise<DataSource> {
  const { DataSource } = await import('typeorm');
  const subscriber = new ContextSubscriber();
  const source = new DataSource({
    type: 'postgres',
    driver: { ...pg, Pool: SafePool },
    url: options.url,
    applicationName: options.name,
    connectTimeoutMS: options.connectTimeout,
    entities: options.entities ?? [],
    synchronize: false,
    installExtensions: false,
    extra: { max: options.connections, statement_timeout: options.statementTimeout },
  });
  await initialize(source);
  source.subscribers.push(subscriber);
  subscriber.arm();
  return source;
}

async function initialize(source: DataSource): Promise<void> {
  try {
    await source.initialize();
  } catch (error) {
    const reason = error instanceof Error && error.message !== '' ? error.message : String(error);
    throw new StartError(`Postgres cannot be reached: ${reason}.`, 'Check its address and whether it runs.', {
      cause: error,
    });
  }
}
