import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { logger } from '@nself/observability';
import type { DataSource } from 'typeorm';
import { serviceContext } from '../context';
import { openDataSource, TenantTransaction, type DoorOptions, type Work } from '../door';

const log = logger('platform');

/**
 * The way past the walls, for the few jobs that concern all families: a small pool of its own, opened when it is first
 * needed, as a role that row level security does not bind. Which files may call it is a list in the lint rules.
 */
@Injectable()
export class Platform implements OnApplicationShutdown {
  private opened?: Promise<DataSource>;

  constructor(private readonly options: DoorOptions) {}

  /**
   * Runs `work` over all families in one transaction. `reason` is a short sentence in plain words; it is written to
   * the platform's audit trail first, in a transaction of its own, so that even an attempt that fails is on record
   * and no attempt holds the trail locked. Where the trail cannot be written, nothing is done.
   */
  async asPlatform<T>(reason: string, work: Work<T>): Promise<T> {
    const door = new TenantTransaction(await this.source());
    const context = serviceContext(null);
    await door.run(context, manager =>
      manager.query(
        `insert into ops.audit_events (type, new_state, trace_id)
         values ('platform.used', jsonb_build_object('reason', $1::text), $2)`,
        [reason, context.traceId],
      ),
    );
    log.info({ reason }, 'worked over all families');
    return door.run(context, work);
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.opened)?.destroy();
  }

  private source(): Promise<DataSource> {
    this.opened ??= openDataSource(this.options).catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }
}
