import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  contributor,
  crossFamilies,
  hiddenByParents,
  me,
  protectTenantTable,
  service,
  within,
} from './support';

const tables = `
  create table conversations (
    id               uuid        primary key default app.uuid_v7(),
    family_id        uuid        not null references families on delete cascade,
    type             text        not null constraint conversation_type_known check (type in ('direct', 'group')),
    title            text        not null default '',
    created_by       uuid,
    lower_user_id    uuid,
    higher_user_id   uuid,
    last_message_at  timestamptz,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    unique (family_id, id),
    constraint one_direct_conversation_per_pair unique (family_id, lower_user_id, higher_user_id),
    constraint direct_is_between_two check ((type = 'direct') = (lower_user_id is not null and higher_user_id is not null)
                                            and (lower_user_id is null) = (higher_user_id is null)),
    constraint pair_is_in_order check (lower_user_id < higher_user_id),
    foreign key (family_id, created_by)     references family_members (family_id, user_id) on delete set null (created_by),
    foreign key (family_id, lower_user_id)  references family_members (family_id, user_id) on delete cascade,
    foreign key (family_id, higher_user_id) references family_members (family_id, user_id) on delete cascade
  );
  comment on table conversations is 'People talking with each other, two or more.';
  create index conversations_newest on conversations (family_id, last_message_at desc nulls last);
  comment on column conversations.lower_user_id is 'The two of a direct conversation, in order of id: so there is one per pair.';

  create table conversation_members (
    id               uuid        primary key default app.uuid_v7(),
    family_id        uuid        not null references families on delete cascade,
    conversation_id  uuid        not null,
    user_id          uuid        not null,
    role             text        not null default 'member'
                     constraint conversation_role_known check (role in ('admin', 'member')),
    muted_until      timestamptz,
    joined_at        timestamptz not null default now(),
    left_at          timestamptz,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, conversation_id, user_id),
    constraint leaves_after_joining check (left_at >= joined_at),
    foreign key (family_id, conversation_id) references conversations (family_id, id) on delete cascade,
    foreign key (family_id, user_id)         references family_members (family_id, user_id) on delete cascade
  );
  comment on table conversation_members is 'Who takes part, since when and until when.';
  create index conversation_members_person on conversation_members (family_id, user_id, conversation_id);

  create table messages (
    id               uuid        primary key default app.uuid_v7(),
    family_id        uuid        not null references families on delete cascade,
    conversation_id  uuid        not null,
    sender_id        uuid,
    type             text        not null default 'text'
                     constraint message_type_known check (type in
                       ('text', 'image', 'video', 'file', 'system', 'shared_link')),
    content          text        not null default '',
    media_item_id    uuid,
    metadata         jsonb       not null default '{}',
    reply_to_id      uuid,
    edited_at        timestamptz,
    deleted_at       timestamptz,
    created_at       timestamptz not null default clock_timestamp(),
    updated_at       timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, conversation_id, id),
    constraint message_says_something check
      (deleted_at is not null or media_item_id is not null or content ~ '\\S'),
    foreign key (family_id, conversation_id) references conversations (family_id, id) on delete cascade,
    foreign key (family_id, conversation_id, reply_to_id)
      references messages (family_id, conversation_id, id) on delete set null (reply_to_id),
    foreign key (family_id, sender_id)     references family_members (family_id, user_id) on delete set null (sender_id),
    foreign key (family_id, media_item_id) references media_items (family_id, id) on delete set null (media_item_id)
  );
  comment on table messages is 'What was said. Deleted, it stays as a blank.';
  create index messages_newest on messages (family_id, conversation_id, created_at desc, id desc);
  create index messages_sender on messages (family_id, sender_id);

  create table message_reactions (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    message_id  uuid        not null,
    user_id     uuid        not null,
    emoji       text        not null constraint message_reaction_is_short check (length(emoji) between 1 and 32),
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, message_id, user_id, emoji),
    foreign key (family_id, message_id) references messages (family_id, id) on delete cascade,
    foreign key (family_id, user_id)    references family_members (family_id, user_id) on delete cascade
  );
  comment on table message_reactions is 'How somebody feels about a message.';

  create table message_mentions (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    message_id  uuid        not null,
    user_id     uuid        not null,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, message_id, user_id),
    foreign key (family_id, message_id) references messages (family_id, id) on delete cascade,
    foreign key (family_id, user_id)    references family_members (family_id, user_id) on delete cascade
  );
  comment on table message_mentions is 'Who is called in a message.';
  create index message_mentions_person on message_mentions (family_id, user_id);

  create table read_states (
    id               uuid        primary key default app.uuid_v7(),
    family_id        uuid        not null references families on delete cascade,
    conversation_id  uuid        not null,
    user_id          uuid        not null,
    message_id       uuid,
    read_at          timestamptz not null default clock_timestamp(),
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    unique (family_id, id),
    constraint one_read_state_each unique (family_id, conversation_id, user_id),
    foreign key (family_id, conversation_id) references conversations (family_id, id) on delete cascade,
    foreign key (family_id, user_id)         references family_members (family_id, user_id) on delete cascade,
    foreign key (family_id, conversation_id, message_id)
      references messages (family_id, conversation_id, id) on delete set null (message_id)
  );
  comment on table read_states is 'How far somebody has read.';
  comment on column read_states.read_at is 'Everything sent up to this moment has been read.';`;

/** A policy on the members of a conversation cannot ask for its members: these look for the one who asks, and nobody else. */
const membership = `
  create function app.my_conversations()
    returns table (conversation_id uuid, role text, left_at timestamptz)
    language sql stable security definer set search_path = pg_catalog, pg_temp
    begin atomic
      select m.conversation_id, m.role, m.left_at
      from   public.conversation_members m
      where  m.family_id = app.family_id() and m.user_id = app.user_id();
    end;

  -- Whether the rules for minors let the person write here: to everybody in it, or to nobody.
  create function app.may_message(conversation uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp
    begin atomic
      select app.minor_may('message') and not exists (
        select from public.parental_controls c
        join   public.family_settings s on s.family_id = c.family_id and s.parental_controls
        where  c.family_id = app.family_id() and c.user_id = app.user_id() and c.contacts_only
        and    app.role() in ('youth', 'child') and exists (
                 select from public.conversation_members m
                 where  m.family_id = c.family_id and m.conversation_id = may_message.conversation
                 and    m.left_at is null and m.user_id <> c.user_id
                 and    m.user_id not in (
                   select k.contact_id from public.parental_contacts k
                   where k.family_id = c.family_id and k.user_id = c.user_id)));
    end;

  -- Whoever begins a direct conversation need not know whose id is lower.
  create function app.order_pair() returns trigger
    language plpgsql
  as $$
  begin
    if new.lower_user_id > new.higher_user_id then
      select new.higher_user_id, new.lower_user_id into new.lower_user_id, new.higher_user_id;
    end if;
    return new;
  end $$;
  create trigger order_pair before insert on conversations for each row execute function app.order_pair();

  create function app.seat_conversation() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
  begin
    insert into public.conversation_members (family_id, conversation_id, user_id, role)
    select new.family_id, new.id, seat, case when seat = new.created_by then 'admin' else 'member' end
    from   unnest(array[new.created_by, new.lower_user_id, new.higher_user_id]) seat
    where  seat is not null
    on conflict do nothing;
    return null;
  end $$;
  create trigger seat after insert on conversations for each row execute function app.seat_conversation();

  create function app.note_message() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
  begin
    update public.conversations c set last_message_at = new.created_at
    where  c.family_id = new.family_id and c.id = new.conversation_id
    and    (c.last_message_at is null or c.last_message_at < new.created_at);
    return null;
  end $$;
  create trigger note_message after insert on messages for each row execute function app.note_message();`;

const manners = `
  create function app.edit_message() returns trigger
    language plpgsql
  as $$
  begin
    if new.deleted_at is not null then
      new.content := '';
      new.media_item_id := null;
      new.metadata := '{}';
    elsif old.deleted_at is not null then
      raise exception 'a deleted message does not come back'
        using errcode = 'check_violation', constraint = 'deleted_message_stays_deleted';
    elsif new.content is distinct from old.content then
      new.edited_at := clock_timestamp();
    end if;
    return new;
  end $$;
  create trigger edit before update on messages for each row execute function app.edit_message();

  -- A message is sent now: a client's clock neither hides it from the others nor from the unread count.
  create function app.stamp_message() returns trigger
    language plpgsql
  as $$
  begin
    if current_user = 'nself_app' and app.role() <> 'service' then new.created_at := clock_timestamp(); end if;
    return new;
  end $$;
  create trigger stamp before insert on messages for each row execute function app.stamp_message();

  -- So is leaving: nobody leaves next year and listens until then.
  create function app.stamp_leaving() returns trigger
    language plpgsql
  as $$
  begin
    new.left_at := clock_timestamp();
    return new;
  end $$;
  create trigger stamp_leaving before update of left_at on conversation_members
    for each row when (new.left_at is not null) execute function app.stamp_leaving();

  create function conversation_unread_count(conversation conversations, hasura_session json default null) returns bigint
    language sql stable
    return (select count(*) from messages m
            where m.family_id = conversation.family_id and m.conversation_id = conversation.id
              and m.sender_id is distinct from app.user_id() and m.deleted_at is null
              and m.created_at > coalesce(
                (select r.read_at from read_states r
                 where r.family_id = conversation.family_id and r.conversation_id = conversation.id and r.user_id = app.user_id()),
                '-infinity'));
  comment on function conversation_unread_count is 'Messages of others since the person last read the conversation.';`;

const active = '(select c.conversation_id from app.my_conversations() c where c.left_at is null)';
const chairs =
  "(select c.conversation_id from app.my_conversations() c where c.left_at is null and c.role = 'admin')";

/**
 * Who has left still sees what was said until then, and nothing after. A minor does not hear those from whom parental
 * controls keep them apart.
 */
const heard = `
  ${contributor} and ${hiddenByParents('sender_id')} is not true and (
    conversation_id in ${active}
    or exists (select from app.my_conversations() c
               where c.conversation_id = messages.conversation_id and messages.created_at <= c.left_at))`;

export class Chat1763600160000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [tables, membership, manners]) await q.query(part);
    await this.openCrossings(q);
    await this.protectConversations(q);
    await this.protectMessages(q);
  }

  private async openCrossings(q: QueryRunner): Promise<void> {
    await crossFamilies(q, 'app.my_conversations()', {
      callers: 'nself_app',
      needs: ['select on conversation_members'],
    });
    await crossFamilies(q, 'app.may_message(uuid)', {
      callers: 'nself_app',
      needs: ['select on parental_controls', 'select on parental_contacts', 'select on family_settings'],
    });
    await crossFamilies(q, 'app.seat_conversation()', {
      callers: '',
      needs: ['insert on conversation_members'],
    });
    await crossFamilies(q, 'app.note_message()', { callers: '', needs: ['select, update on conversations'] });
  }

  private async protectConversations(q: QueryRunner): Promise<void> {
    await protectTenantTable(q, 'conversations', {
      read: `${contributor} and (created_by = ${me} or id in (select c.conversation_id from app.my_conversations() c))`,
      insert: `${contributor} and created_by = ${me} and (type = 'group' or ${me} in (lower_user_id, higher_user_id))`,
      update: `${contributor} and id in ${chairs}`,
      delete: `${contributor} and id in ${chairs}`,
    });
    await q.query(
      `revoke update on conversations from nself_app; grant update (title) on conversations to nself_app`,
    );
    await protectTenantTable(q, 'conversation_members', {
      read: `${contributor} and (user_id = ${me} or conversation_id in ${active})`,
      insert: `${contributor} and conversation_id in ${chairs} and exists (select from conversations c
        where c.family_id = conversation_members.family_id and c.id = conversation_members.conversation_id and c.type = 'group')`,
      update: `${contributor} and (user_id = ${me} or conversation_id in ${chairs})`,
      delete: 'false',
    });
    await q.query(`
      revoke update, delete on conversation_members from nself_app;
      grant  update (role, muted_until, left_at) on conversation_members to nself_app`);
  }

  private async protectMessages(q: QueryRunner): Promise<void> {
    await protectTenantTable(q, 'messages', {
      read: heard,
      insert: `(${contributor} and sender_id = ${me} and type <> 'system' and conversation_id in ${active}
                and app.may_message(conversation_id)) or (${service} and type = 'system' and sender_id is null)`,
      update: `${contributor} and sender_id = ${me}`,
      delete: 'false',
    });
    await q.query(`
      revoke update, delete on messages from nself_app;
      grant  update (content, metadata, deleted_at, media_item_id) on messages to nself_app`);
    for (const table of ['message_reactions', 'message_mentions']) {
      const message = within(table, 'messages', 'message_id');
      const writer =
        table === 'message_reactions'
          ? `user_id = ${me}`
          : `exists (select from messages m
        where m.family_id = ${table}.family_id and m.id = ${table}.message_id and m.sender_id = ${me})`;
      await protectTenantTable(q, table, {
        read: message,
        write: `${contributor} and ${writer} and ${message}`,
      });
    }
    await protectTenantTable(q, 'read_states', {
      read: `user_id = ${me} or (${service})`,
      write: `user_id = ${me} and conversation_id in ${active}`,
    });
  }

  /** `cascade` takes the functions along whose bodies Postgres has read. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop function conversation_unread_count(conversations, json);
      drop table read_states, message_mentions, message_reactions, messages, conversation_members, conversations cascade;
      drop function app.seat_conversation(), app.order_pair(), app.note_message(),
        app.edit_message(), app.stamp_message(), app.stamp_leaving();
      revoke all on parental_controls, parental_contacts, family_settings from nself_crossing;`);
  }
}
