import { Injectable } from '@nestjs/common';
import { anonymousContext, rowsOf, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Topic } from './message';

/** A claimed row of `ops.outbox`. */
export interface ClaimedRow {
  id: string;
  topic: Topic;
  sealed: string;
  attempts: number;
  traceparent: string | null;
}

const INSERT = `
  insert into ops.outbox (id, topic, payload, expires_at, trace_id)
  values ($1, $2, jsonb_build_object('sealed', $3::text), now() + make_interval(secs => $4), $5)`;

/** Speaks SQL to `ops.outbox`; waiting messages are handed out and taken back by functions. */
@Injectable()
export class OutboxRepository {
  constructor(private readonly tenants: TenantTransaction) {}

  async insert(
    manager: EntityManager,
    row: Pick<ClaimedRow, 'id' | 'topic' | 'sealed' | 'traceparent'>,
    lifeSeconds: number,
  ): Promise<void> {
    await manager.query(INSERT, [row.id, row.topic, row.sealed, lifeSeconds, row.traceparent]);
  }

  /** Takes up to `limit` messages that are due. A claim is a lease: who dies loses it, and the message is due again. */
  async claim(topics: readonly Topic[], limit: number, leaseSeconds: number): Promise<ClaimedRow[]> {
    return this.tenants.run(anonymousContext(), manager =>
      rowsOf<ClaimedRow>(
        manager,
        `select id, topic, payload ->> 'sealed' as sealed, attempts, trace_id as traceparent
         from   ops.claim_outbox($1, $2, make_interval(secs => $3))`,
        [topics, limit, leaseSeconds],
      ),
    );
  }

  async delivered(id: string): Promise<void> {
    await this.tenants.run(anonymousContext(), manager =>
      manager.query('select ops.settle_outbox($1)', [id]),
    );
  }

  /** Without `retryIn` (milliseconds) the message is given up. */
  async failed(id: string, error: string, retryIn?: number): Promise<void> {
    await this.tenants.run(anonymousContext(), manager =>
      manager.query(
        `select ops.settle_outbox($1, $2, clock_timestamp() + $3::float8 * interval '1 millisecond')`,
        [id, error, retryIn ?? null],
      ),
    );
  }
}
