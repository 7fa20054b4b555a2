import { Injectable } from '@nestjs/common';
import { anonymousContext, firstOf, rowsOf, TenantTransaction } from '@nself/tenancy';

/** A claimed row of `ops.jobs`. */
export interface ClaimedJob {
  readonly id: string;
  readonly family_id: string | null;
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly attempts: number;
  readonly trace_id: string | null;
}

/** Speaks to the functions that hand out due jobs of every family and take back verdicts. */
@Injectable()
export class JobRepository {
  constructor(private readonly transaction: TenantTransaction) {}

  claim(limit: number, worker: string, leaseMs: number): Promise<ClaimedJob[]> {
    return this.transaction.run(anonymousContext(), manager =>
      rowsOf<ClaimedJob>(
        manager,
        `select id, family_id, name, payload, attempts, trace_id
           from ops.claim_due_jobs($1, $2, $3 * interval '1 millisecond')`,
        [limit, worker, leaseMs],
      ),
    );
  }

  /** False when the claim was lost meanwhile. */
  async keep(id: string, leaseMs: number): Promise<boolean> {
    const row = await this.transaction.run(anonymousContext(), manager =>
      firstOf<{ kept: boolean }>(manager, `select ops.keep_job($1, $2 * interval '1 millisecond') as kept`, [
        id,
        leaseMs,
      ]),
    );
    return row?.kept === true;
  }

  async finish(id: string, result: unknown): Promise<void> {
    await this.transaction.run(anonymousContext(), manager =>
      manager.query(`select ops.finish_job($1, $2)`, [id, JSON.stringify(result ?? null)]),
    );
  }

  /** Says what became of the job: `due` again, or `dead` once it was tried often enough. */
  async fail(id: string, error: string): Promise<string | null> {
    const row = await this.transaction.run(anonymousContext(), manager =>
      firstOf<{ state: string | null }>(manager, `select ops.fail_job($1, $2) as state`, [id, error]),
    );
    return row?.state ?? null;
  }
}
