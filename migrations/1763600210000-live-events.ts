import type { MigrationInterface, QueryRunner } from 'typeorm';
import { admin, adult, contributor, me, protectTenantTable, within } from './support';

const tables = `
  create table live_events (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    title        text        not null constraint live_event_has_a_title check (title ~ '\\S'),
    content_id   uuid        not null,
    device_id    uuid,
    state        text        not null default 'scheduled'
                 constraint live_state_known check (state in ('scheduled', 'live', 'ended', 'cancelled')),
    starts_at    timestamptz not null,
    ends_at      timestamptz,
    created_by   uuid,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    constraint live_event_ends_after_start check (ends_at >= starts_at),
    foreign key (family_id, content_id) references stream_contents (family_id, id) on delete cascade,
    foreign key (family_id, device_id)  references devices (family_id, id) on delete set null (device_id),
    foreign key (family_id, created_by) references family_members (family_id, user_id) on delete set null (created_by)
  );
  comment on table live_events is 'Something that is streamed at a certain time.';
  create index live_events_by_start on live_events (family_id, starts_at desc);

  create table event_markers (
    id             uuid        primary key default app.uuid_v7(),
    family_id      uuid        not null references families on delete cascade,
    live_event_id  uuid        not null,
    user_id        uuid,
    kind           text        not null default 'moment'
                   constraint marker_kind_known check (kind in ('moment', 'chapter', 'goal', 'speech', 'note')),
    label          text        not null default '',
    offset_ms      bigint      not null constraint marker_after_start check (offset_ms >= 0),
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, live_event_id) references live_events (family_id, id) on delete cascade,
    foreign key (family_id, user_id) references family_members (family_id, user_id) on delete set null (user_id)
  );
  comment on table event_markers is 'A moment of it that somebody marked.';
  create index event_markers_in_order on event_markers (family_id, live_event_id, offset_ms);`;

export class LiveEvents1763600210000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(tables);
    await protectTenantTable(q, 'live_events', {
      read: within('live_events', 'stream_contents', 'content_id'),
      write: adult,
    });
    const own = `${contributor} and user_id = ${me}`;
    await protectTenantTable(q, 'event_markers', {
      read: within('event_markers', 'live_events', 'live_event_id'),
      insert: `${own} and ${within('event_markers', 'live_events', 'live_event_id')}`,
      write: `(${own}) or ${admin}`,
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table event_markers, live_events');
  }
}
