import type { Queryable } from '@nself/kernel';
import { logger, newTrace } from '@nself/observability';

const log = logger('admin-trail');
const EVERY_MS = 1_000;

const RECORD = `
  insert into ops.audit_events (type, new_state, trace_id)
  values ('platform.used', jsonb_build_object('reason', 'the admin secret over GraphQL', 'uses', $1::int), $2)`;

/**
 * The admin's login sees every family, so each use of it belongs in the platform's audit trail. Uses within a second
 * become one event with their number, for the trail is a chain that is written one event after the other.
 */
export class AdminTrail {
  private uses = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Queryable) {}

  note(): void {
    this.uses++;
    this.timer ??= setTimeout(() => void this.write(), EVERY_MS);
  }

  async end(): Promise<void> {
    clearTimeout(this.timer);
    if (this.uses > 0) await this.write();
  }

  private async write(): Promise<void> {
    const { uses } = this;
    this.uses = 0;
    this.timer = undefined;
    try {
      await this.database.query(RECORD, [uses, newTrace().traceId]);
    } catch (error) {
      log.error({ err: error, uses }, 'uses of the admin secret could not be recorded');
    }
  }
}
