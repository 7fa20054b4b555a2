import { newTrace, runWithTrace } from '@nself/observability';
import { contextStatement, openDataSource, rowsOf, serviceContext, TenantTransaction } from '@nself/tenancy';
import { SafePool } from '@nself/kernel';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../test/support';
import { AuditTrail } from './audit-trail';
import { auditTypes } from './audit-types';

describe('the audit trail', () => {
  const trail = new AuditTrail();
  const familyId = randomUUID();
  const actorId = randomUUID();
  let database: TestDatabase;
  let source: DataSource;
  let door: TenantTransaction;
  let owner: SafePool;

  beforeAll(async () => {
    database = await testDatabase();
    owner = new SafePool({ connectionString: database.ownerUrl, max: 1 });
    await owner.query(`insert into families (id, name) values ($1, 'oaks')`, [familyId]);
    const limits = { connections: 2, statementTimeout: 10_000, connectTimeout: 10_000, name: 'audit spec' };
    source = await openDataSource({ url: database.appUrl, ...limits });
    door = new TenantTransaction(source);
  });

  afterAll(async () => {
    await source?.destroy();
    await owner?.end();
    await database?.drop();
  });

  /** How often the functions that see behind a pseudonym are called while `query` is answered. */
  async function looksBehind(query: string): Promise<Record<string, number>> {
    const client = await owner.connect();
    try {
      await client.query(`begin; set local track_functions = 'pl'; set local role nself_app`);
      const { text, values } = contextStatement(serviceContext(familyId));
      await client.query(text, [...values]);
      await client.query(query);
      const calls = await client.query<{ name: string; calls: number }>(
        `select funcname as name, calls::int from pg_stat_xact_user_functions where schemaname = 'ops'`,
      );
      return Object.fromEntries(calls.rows.map(row => [row.name, row.calls]));
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  it('tells what happened, to what, by whom, and in which trace', async () => {
    const trace = newTrace();
    await runWithTrace(trace, () =>
      door.run(serviceContext(familyId), manager =>
        trail.record(manager, {
          type: 'member.role_changed',
          familyId,
          actorId,
          subjectType: 'member',
          subjectId: '7',
          oldState: { role: 'ADMIN' },
          newState: { role: 'OWNER' },
          ip: '203.0.113.9',
          agent: 'x'.repeat(1000),
        }),
      ),
    );
    const [event] = await door.run(serviceContext(familyId), manager =>
      rowsOf<Record<string, unknown>>(manager, 'select * from audit_trail'),
    );
    expect(event).toMatchObject({
      type: 'member.role_changed',
      family_id: familyId,
      actor_id: actorId,
      subject_id: '7',
      old_state: { role: 'ADMIN' },
      new_state: { role: 'OWNER' },
      ip: '203.0.113.9',
      trace_id: trace.traceId,
    });
    expect(String(event?.agent)).toHaveLength(400);
  });

  it('looks behind the pseudonyms of one page, however long the trail is', async () => {
    const events = Array.from({ length: 30 }, () => ({
      type: 'member.role_changed' as const,
      familyId,
      actorId,
      newState: { by: actorId },
    }));
    await door.run(serviceContext(familyId), async manager => {
      for (const event of events) await trail.record(manager, event);
    });
    const looks = await looksBehind(`select * from audit_trail order by sequence desc limit 5`);
    expect(looks).toEqual({ person_behind: 5, with_people: 10 });
  });

  it('tells nothing about what was rolled back', async () => {
    const count = async (): Promise<number> =>
      (await owner.query('select from ops.audit_events')).rowCount ?? 0;
    const before = await count();
    const failing = door.run(serviceContext(familyId), async manager => {
      await trail.record(manager, { type: 'family.changed', familyId, actorId });
      throw new Error('second thoughts');
    });
    await expect(failing).rejects.toThrow('second thoughts');
    expect(await count()).toBe(before);
  });

  it('takes no event of another family', () =>
    expect(
      door.run(serviceContext(randomUUID()), manager =>
        trail.record(manager, { type: 'family.changed', familyId, actorId }),
      ),
    ).rejects.toThrow());

  it('can be changed by nobody', async () => {
    await expect(owner.query(`update ops.audit_events set type = 'family.created'`)).rejects.toThrow();
    await expect(owner.query('delete from ops.audit_events')).rejects.toThrow();
    await expect(owner.query('truncate ops.audit_events')).rejects.toThrow();
  });

  it('has a meaning for each of its words', () =>
    expect(
      Object.entries(auditTypes).filter(([word, meaning]) => !/^[a-z_]+\.[a-z_]+$/.test(word) || !meaning),
    ).toEqual([]));
});
