import { Injectable } from '@nestjs/common';
import { momentOf, type CursorPosition } from '@nself/kernel';
import { rowsOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { AuditQueryDto } from './audit-trail.dto';

export interface AuditEventRow {
  readonly id: string;
  readonly sequence: string;
  readonly type: string;
  readonly actor_id: string | null;
  readonly subject_type: string | null;
  readonly subject_id: string | null;
  readonly old_state: unknown;
  readonly new_state: unknown;
  readonly ip: string | null;
  readonly agent: string | null;
  readonly trace_id: string | null;
  readonly created_at: Date;
}

@Injectable()
export class AuditTrailRepository {
  /** Newest first; the sequence of the family's chain is the order in which things happened. */
  async list(
    manager: EntityManager,
    query: AuditQueryDto,
    after: CursorPosition | null,
  ): Promise<AuditEventRow[]> {
    const since = query.since === undefined ? undefined : momentOf(query.since);
    return rowsOf<AuditEventRow>(
      manager,
      `select id, sequence, type, actor_id, subject_type, subject_id, old_state, new_state,
              host(ip) as ip, agent, trace_id, created_at
         from audit_trail
        where family_id = app.family_id()
          and ($1::text        is null or type = $1)
          and ($2::uuid        is null or actor_id = $2)
          and ($3::text        is null or subject_type = $3)
          and ($4::timestamptz is null or created_at >= $4)
          and ($5::bigint      is null or sequence < $5)
        order by sequence desc
        limit $6`,
      [query.type, query.actorId, query.subjectType, since, after?.[0], query.limit + 1],
    );
  }
}
