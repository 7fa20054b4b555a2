import { Injectable } from '@nestjs/common';
import { decodeCursor, pageOf } from '@nself/kernel';
import type { Actor } from '@nself/identity';
import { contextOf, TenantTransaction } from '@nself/tenancy';
import type { AuditEventDto, AuditPageDto, AuditQueryDto } from './audit-trail.dto';
import { type AuditEventRow, AuditTrailRepository } from './audit-trail.repository';

@Injectable()
export class AuditTrailService {
  constructor(
    private readonly transaction: TenantTransaction,
    private readonly events: AuditTrailRepository,
  ) {}

  async list(actor: Actor, query: AuditQueryDto): Promise<AuditPageDto> {
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 'number');
    const rows = await this.transaction.run(contextOf(actor), manager =>
      this.events.list(manager, query, after),
    );
    const page = pageOf(rows, query.limit, row => [Number(row.sequence)]);
    return { items: page.items.map(eventOf), nextCursor: page.nextCursor };
  }
}

function eventOf(row: AuditEventRow): AuditEventDto {
  return {
    id: row.id,
    type: row.type,
    actorId: row.actor_id,
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    oldState: row.old_state,
    newState: row.new_state,
    ip: row.ip,
    agent: row.agent,
    traceId: row.trace_id,
    createdAt: row.created_at.toISOString(),
  };
}
