import type { MigrationInterface, QueryRunner } from 'typeorm';
import { crossFamilies, protectTenantTable } from './support';

/** Postgres is the truth for what is due; the queue carries a claimed job to a worker and remembers nothing. */
const jobs = `
  create table ops.jobs (
    id               uuid        primary key default app.uuid_v7(),
    family_id        uuid,
    name             text        not null,
    payload          jsonb       not null default '{}',
    unique_key       text,
    priority         integer     not null default 0,
    run_at           timestamptz not null default now(),
    state            text        not null default 'due'
                     constraint job_state_known check (state in ('due', 'claimed', 'done', 'dead', 'cancelled')),
    attempts         integer     not null default 0,
    max_attempts     integer     not null default 5 constraint job_is_tried check (max_attempts > 0),
    backoff_seconds  integer     not null default 10,
    claimed_at       timestamptz,
    claimed_until    timestamptz,
    claimed_by       text,
    finished_at      timestamptz,
    result           jsonb,
    last_error       text,
    trace_id         text,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    unique (family_id, id)
  );
  comment on table ops.jobs is 'Work that is due, and what became of it.';
  create unique index job_once_per_slot on ops.jobs (family_id, name, unique_key) nulls not distinct
    where unique_key is not null;
  create index jobs_due     on ops.jobs (priority desc, run_at) where state = 'due';
  create index jobs_claimed on ops.jobs (claimed_until)         where state = 'claimed';
  comment on column ops.jobs.unique_key    is 'Names the slot: the same key enqueued again is the same job.';
  comment on column ops.jobs.claimed_until is 'A worker that died loses its claim at this moment and the job is due again.';

  create table ops.job_runs (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid,
    job_id       uuid        not null references ops.jobs on delete cascade,
    attempt      integer     not null,
    worker       text        not null default '',
    started_at   timestamptz not null default clock_timestamp(),
    finished_at  timestamptz,
    error        text,
    created_at   timestamptz not null default now(),
    unique (family_id, id),
    unique (job_id, attempt),
    foreign key (family_id, job_id) references ops.jobs (family_id, id) on delete cascade
  );
  comment on table ops.job_runs is 'One attempt at a job.';

  create table ops.dead_letters (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid,
    job_id       uuid        references ops.jobs on delete set null,
    name         text        not null,
    payload      jsonb       not null,
    error        text        not null,
    attempts     integer     not null,
    replayed_at  timestamptz,
    created_at   timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, job_id) references ops.jobs (family_id, id) on delete set null (job_id)
  );
  comment on table ops.dead_letters is 'Jobs that failed too often and wait for a person.';
  create index dead_letters_waiting on ops.dead_letters (created_at) where replayed_at is null;`;

/**
 * The scheduler works for all families at once, so these four look across them. They hand out whole jobs and take
 * back verdicts; none of them lets a caller say which family's job it wants.
 */
const scheduling = `
  create function ops.claim_due_jobs(n integer, worker text default '', lease interval default '5 minutes')
    returns setof ops.jobs
    language sql volatile security definer set search_path = pg_catalog, pg_temp
  as $$
    with due as (
      select j.id from ops.jobs j
      where (j.state = 'due' and j.run_at <= clock_timestamp())
         or (j.state = 'claimed' and j.claimed_until < clock_timestamp())
      order by j.priority desc, j.run_at
      limit claim_due_jobs.n
      for update skip locked
    ), claimed as (
      update ops.jobs j
      set    state = 'claimed', attempts = j.attempts + 1, claimed_at = clock_timestamp(),
             claimed_until = clock_timestamp() + claim_due_jobs.lease, claimed_by = claim_due_jobs.worker
      from   due where j.id = due.id
      returning j.*
    ), noted as (
      insert into ops.job_runs (family_id, job_id, attempt, worker)
      select c.family_id, c.id, c.attempts, claim_due_jobs.worker from claimed c
      on conflict (job_id, attempt) do nothing
    )
    select * from claimed
  $$;

  create function ops.keep_job(job uuid, lease interval default '5 minutes') returns boolean
    language sql volatile security definer set search_path = pg_catalog, pg_temp
  as $$
    with kept as (
      update ops.jobs j set claimed_until = clock_timestamp() + keep_job.lease
      where j.id = keep_job.job and j.state = 'claimed' returning 1)
    select exists (select from kept)
  $$;

  create function ops.finish_job(job uuid, result jsonb default null) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
  as $$
    update ops.job_runs r set finished_at = clock_timestamp()
    from   ops.jobs j
    where  j.id = finish_job.job and r.job_id = j.id and r.attempt = j.attempts;
    update ops.jobs j
    set    state = 'done', finished_at = clock_timestamp(), claimed_until = null, result = finish_job.result
    where  j.id = finish_job.job and j.state = 'claimed';
  $$;

  -- Says what became of the job: "due" again at retry_at, or "dead" when it has been tried often enough.
  create function ops.fail_job(job uuid, error text, retry_at timestamptz default null) returns text
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
  as $$
  declare
    failed ops.jobs;
  begin
    update ops.jobs j
    set    state      = case when j.attempts >= j.max_attempts then 'dead' else 'due' end,
           run_at     = coalesce(fail_job.retry_at,
                          clock_timestamp() + make_interval(secs => j.backoff_seconds * 2 ^ least(j.attempts - 1, 16))),
           last_error = fail_job.error, claimed_until = null,
           finished_at = case when j.attempts >= j.max_attempts then clock_timestamp() end
    where  j.id = fail_job.job and j.state = 'claimed'
    returning j.* into failed;
    if not found then return null; end if;

    update ops.job_runs r set finished_at = clock_timestamp(), error = fail_job.error
    where  r.job_id = failed.id and r.attempt = failed.attempts;
    if failed.state = 'dead' then
      insert into ops.dead_letters (family_id, job_id, name, payload, error, attempts)
      values (failed.family_id, failed.id, failed.name, failed.payload, fail_job.error, failed.attempts);
    end if;
    return failed.state;
  end $$;`;

const platform = { platformRows: true, touch: false, announce: false };

export class Jobs1763600060000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(jobs);
    await protectTenantTable(q, 'ops.jobs', {
      ...platform,
      grants: 'select, insert',
      read: 'true',
      insert: 'true',
      auth: 'select, insert',
      touch: true,
    });
    await protectTenantTable(q, 'ops.job_runs', { ...platform, grants: 'select' });
    await protectTenantTable(q, 'ops.dead_letters', { ...platform, grants: 'select' });
    await q.query(scheduling);
    await this.openCrossings(q);
  }

  private async openCrossings(q: QueryRunner): Promise<void> {
    const callers = 'nself_app';
    await crossFamilies(q, 'ops.claim_due_jobs(integer, text, interval)', {
      callers,
      needs: [
        'select, update on ops.jobs',
        'select, insert, update on ops.job_runs',
        'insert on ops.dead_letters',
      ],
    });
    await crossFamilies(q, 'ops.keep_job(uuid, interval)', { callers });
    await crossFamilies(q, 'ops.finish_job(uuid, jsonb)', { callers });
    await crossFamilies(q, 'ops.fail_job(uuid, text, timestamptz)', { callers });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop function ops.claim_due_jobs(integer, text, interval), ops.keep_job(uuid, interval),
        ops.finish_job(uuid, jsonb), ops.fail_job(uuid, text, timestamptz);
      drop table ops.dead_letters, ops.job_runs, ops.jobs;`);
  }
}
