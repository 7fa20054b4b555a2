import type { MigrationInterface, QueryRunner } from 'typeorm';
import { crossFamilies } from './support';

/**
 * An account is switched off by whoever may write \`auth.users.disabled\`: an administrator over GraphQL, a script. Its
 * sessions end in the same transaction, and the revocation makes every service refuse its tokens within a second.
 */
const disabling = `
  create function auth.end_disabled() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
  begin
    perform ops.record(case when new.disabled then 'account.disabled' else 'account.enabled' end,
                       null, 'user', new.id::text);
    if not new.disabled then return null; end if;
    update auth.sessions       set ended_at   = now(), end_reason = 'disabled' where user_id = new.id and ended_at   is null;
    update auth.refresh_tokens set revoked_at = now()                          where user_id = new.id and revoked_at is null;
    insert into auth.revocations (kind, user_id, reason, expires_at)
    values ('user', new.id, 'account disabled', now() + interval '1 day');
    return null;
  end $$;

  create trigger end_disabled after update of disabled on auth.users
    for each row when (new.disabled <> old.disabled) execute function auth.end_disabled();`;

export class DisabledAccounts1763600240000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(disabling);
    await crossFamilies(q, 'auth.end_disabled()', {
      callers: '',
      needs: [
        'select, update on auth.sessions',
        'select, update on auth.refresh_tokens',
        'insert on auth.revocations',
        'insert on ops.audit_events',
      ],
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop trigger end_disabled on auth.users;
      drop function auth.end_disabled();
      revoke all on auth.sessions, auth.refresh_tokens from nself_crossing;
      revoke insert on auth.revocations, ops.audit_events from nself_crossing;`);
  }
}
