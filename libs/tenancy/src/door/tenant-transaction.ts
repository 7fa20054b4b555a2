import { Injectable } from '@nestjs/common';
import { markEffect } from '@nself/kernel';
import { logger } from '@nself/observability';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { RequestContext } from '../context';
import { carryTrace } from './carry-trace';
import { bindContext } from './context-subscriber';

const log = logger('tenancy');

/** Work inside a transaction; everything it does goes through `manager`. */
export type Work<T> = (manager: EntityManager) => Promise<T>;

/**
 * The one door to the database.
 *
 * Each call takes a connection, starts a transaction, tells Postgres for whom ({@link RequestContext}), lets the work
 * speak through the manager, and commits; an error rolls everything back. The manager is dead after that. Do not
 * open a door inside a door: with a full pool the inner one would wait for the outer for ever.
 */
@Injectable()
export class TenantTransaction {
  constructor(private readonly source: DataSource) {}

  /** @throws whatever `work` throws, after the rollback. */
  async run<T>(context: RequestContext, work: Work<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    bindContext(runner, context);
    carryTrace(runner);
    try {
      await runner.startTransaction();
      const result = await work(runner.manager);
      await markEffect(runner.manager);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      await rollBack(runner);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/**
 * A rollback fails when the connection is gone, and then there is nothing left to roll back. Should it fail
 * otherwise, the pool destroys the connection before anybody else gets it.
 */
async function rollBack(runner: QueryRunner): Promise<void> {
  if (!runner.isTransactionActive || runner.isReleased) return;
  try {
    await runner.rollbackTransaction();
  } catch (error) {
    log.warn({ err: error }, 'a transaction could not be rolled back');
  }
}
