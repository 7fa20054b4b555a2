import { Injectable } from '@nestjs/common';
import { currentTrace } from '@nself/observability';
import type { GroupStatement } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { AuditType } from './audit-types';

/**
 * One thing that happened. `familyId` null is an event of the platform, which no family sees. States are what matters
 * of the subject before and after, as JSON, without secrets; `ip` and `agent` are the client's.
 */
export interface AuditEvent {
  readonly type: AuditType;
  readonly familyId: string | null;
  readonly actorId: string | null;
  readonly subjectType?: string;
  readonly subjectId?: string;
  readonly oldState?: Readonly<Record<string, unknown>>;
  readonly newState?: Readonly<Record<string, unknown>>;
  readonly ip?: string;
  readonly agent?: string;
}

const LONGEST_AGENT = 400;

const RECORD = `
  insert into ops.audit_events
    (family_id, type, actor_id, subject_type, subject_id, old_state, new_state, ip, agent, trace_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/** Writes the trail. Postgres chains the events by their hashes and lets nobody change them. */
@Injectable()
export class AuditTrail {
  /**
   * Records `event` in the caller's transaction, so that it is told exactly if it happened. An event of a family can
   * only be recorded in that family's context.
   */
  async record(manager: EntityManager, event: AuditEvent): Promise<void> {
    const { text, values } = this.entry(event);
    await manager.query(text, [...values]);
  }

  /** The same as a statement of a group. */
  entry(event: AuditEvent): GroupStatement {
    const values = [
      event.familyId,
      event.type,
      event.actorId,
      event.subjectType ?? null,
      event.subjectId ?? null,
      jsonOf(event.oldState),
      jsonOf(event.newState),
      event.ip || null,
      event.agent?.slice(0, LONGEST_AGENT) ?? null,
      currentTrace()?.traceId ?? null,
    ];
    return { text: RECORD, values };
  }
}

const jsonOf = (state: AuditEvent['oldState']): string | null =>
  state === undefined ? null : JSON.stringify(state);
