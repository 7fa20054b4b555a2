import type { MigrationInterface, QueryRunner } from 'typeorm';
import { crossFamilies, protectTenantTable } from './support';

/**
 * Sessions are a person's, across families: a session remembers the family that its tokens speak for at the moment
 * (`active_family_id`), it does not belong to it.
 */
const sessions = `
  create table auth.sessions (
    id                uuid        primary key default app.uuid_v7(),
    user_id           uuid        not null references auth.users on delete cascade,
    active_family_id  uuid        references families on delete set null,
    active_role       text,
    device_id         uuid,
    ip                inet,
    agent             text,
    place             text,
    elevated_at       timestamptz,
    mfa_at            timestamptz,
    authenticated_at  timestamptz not null default now(),
    created_at        timestamptz not null default now(),
    last_seen_at      timestamptz not null default now(),
    expires_at        timestamptz not null,
    ended_at          timestamptz,
    end_reason        text
  );
  comment on table auth.sessions is 'A person signed in on one device: from where, with what, until when.';
  create index sessions_user   on auth.sessions (user_id, last_seen_at desc);
  create index sessions_family on auth.sessions (active_family_id) where ended_at is null;
  comment on column auth.sessions.authenticated_at is 'When the person last proved who she is; a vault asks for a fresh one.';
  comment on column auth.sessions.expires_at       is 'The absolute end, however often the session is refreshed.';

  -- A line of refresh tokens is a session. A token that was rotated keeps, for the grace of a few seconds, its
  -- successor (sealed), so that parallel refreshes all get the same one.
  alter table auth.refresh_tokens
    add column session_id        uuid references auth.sessions on delete cascade,
    add column rotated_at        timestamptz,
    add column successor_id      uuid references auth.refresh_tokens on delete set null,
    add column successor_sealed  bytea,
    add column revoked_at        timestamptz,
    add column last_used_at      timestamptz;
  create index refresh_tokens_session on auth.refresh_tokens (session_id);`;

const proofs = `
  create table auth.tickets (
    id            uuid        primary key default app.uuid_v7(),
    user_id       uuid        references auth.users on delete cascade,
    purpose       text        not null,
    hash          text        not null,
    address       text,
    data          jsonb       not null default '{}',
    attempts      integer     not null default 0,
    max_attempts  integer     not null default 5,
    expires_at    timestamptz not null,
    used_at       timestamptz,
    created_at    timestamptz not null default now()
  );
  create index tickets_hash on auth.tickets (hash);
  create index tickets_user on auth.tickets (user_id, purpose);
  comment on table auth.tickets is
    'Everything that is sent to a person and comes back once: links, one-time codes, MFA tickets. Hashed, bound to purpose.';

  create table auth.recovery_codes (
    id          uuid        primary key default app.uuid_v7(),
    user_id     uuid        not null references auth.users on delete cascade,
    hash        text        not null,
    used_at     timestamptz,
    created_at  timestamptz not null default now(),
    unique (user_id, hash)
  );
  comment on table auth.recovery_codes is 'Codes for whoever has lost the second factor, by hash, good once.';

  create table auth.totp_uses (
    user_id     uuid        not null references auth.users on delete cascade,
    step        bigint      not null,
    created_at  timestamptz not null default now(),
    primary key (user_id, step)
  );
  comment on table auth.totp_uses is 'Steps of 30 s whose code was used: a code is good once.';

  create table auth.pkce_codes (
    id              uuid        primary key default app.uuid_v7(),
    user_id         uuid        not null references auth.users on delete cascade,
    code_hash       text        not null unique,
    code_challenge  text        not null,
    redirect_to     text,
    session_id      uuid        references auth.sessions on delete cascade,
    expires_at      timestamptz not null,
    used_at         timestamptz,
    created_at      timestamptz not null default now()
  );
  comment on table auth.pkce_codes is 'A code that an app changes for tokens, good once (RFC 7636).';

  create table auth.nonces (
    nonce       text        primary key,
    subject     text        not null,
    expires_at  timestamptz not null,
    created_at  timestamptz not null default now()
  );
  create index nonces_expiry on auth.nonces (expires_at);
  comment on table auth.nonces is 'Nonces that a device has signed, remembered for as long as one could be replayed.';

  create table auth.signing_keys (
    kid                 text        primary key,
    algorithm           text        not null,
    public_jwk          jsonb       not null,
    private_key_sealed  bytea,
    state               text        not null default 'active'
                        constraint signing_key_state_known check (state in ('next', 'active', 'retired')),
    created_at          timestamptz not null default now(),
    retired_at          timestamptz
  );
  comment on table auth.signing_keys is
    'The keys that sign access tokens: the next, the active, and those that still verify.';`;

/** RFC 8628. The family is known only after somebody approved, so a pairing belongs to none. */
const pairings = `
  create table auth.device_pairings (
    id                  uuid        primary key default app.uuid_v7(),
    device_code_hash    text        not null unique,
    user_code           text        not null unique
                        constraint user_code_without_vowels check (user_code ~ '^[BCDFGHJKLMNPQRSTVWXZ]{8}$'),
    client_id           text,
    device_name         text        not null default '',
    device_type         text        not null default 'tv',
    public_key          text,
    ip                  inet,
    place               text,
    agent               text,
    state               text        not null default 'pending'
                        constraint pairing_state_known check (state in ('pending', 'approved', 'denied', 'claimed')),
    interval_seconds    integer     not null default 5,
    last_polled_at      timestamptz,
    approved_family_id  uuid        references families on delete cascade,
    approved_by         uuid        references auth.users on delete cascade,
    approved_at         timestamptz,
    device_id           uuid,
    claimed_at          timestamptz,
    expires_at          timestamptz not null,
    created_at          timestamptz not null default now(),
    constraint approval_is_whole check
      (state not in ('approved', 'claimed') or (approved_family_id is not null and approved_by is not null))
  );
  comment on table auth.device_pairings is 'A device that waits for somebody to type its code (RFC 8628).';`;

const revocations = `
  create table auth.revocations (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid,
    kind        text        not null
                constraint revocation_kind_known check (kind in ('session', 'user', 'member', 'device')),
    session_id  uuid,
    user_id     uuid,
    device_id   uuid,
    at          timestamptz not null default clock_timestamp(),
    expires_at  timestamptz not null,
    reason      text        not null default '',
    created_at  timestamptz not null default now(),
    unique (family_id, id),
    constraint revocation_names_its_subject check (case kind
      when 'session' then session_id is not null
      when 'user'    then user_id    is not null
      when 'member'  then user_id    is not null and family_id is not null
      when 'device'  then device_id  is not null
    end)
  );
  comment on table auth.revocations is
    'What refuses access tokens before they expire: an ended session, user, membership or device.';
  create index revocations_live on auth.revocations (expires_at);
  comment on column auth.revocations.family_id is 'No foreign key: a revocation outlives the family it speaks of.';
  comment on column auth.revocations.at is 'Tokens issued before this moment are refused.';

  create function app.live_revocations()
    returns table (kind text, session_id uuid, user_id uuid, family_id uuid, device_id uuid, at timestamptz)
    language sql stable security definer set search_path = pg_catalog, pg_temp
    begin atomic
      select r.kind, r.session_id, r.user_id, r.family_id, r.device_id, r.at
      from   auth.revocations r
      where  r.expires_at > now()
      order  by r.at;
    end;`;

export class Sessions1763600040000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [sessions, proofs, pairings, revocations]) await q.query(part);
    await protectTenantTable(q, 'auth.revocations', {
      grants: '',
      auth: 'select, insert',
      platformRows: true,
      touch: false,
      announce: false,
    });
    await crossFamilies(q, 'app.live_revocations()', {
      callers: 'nself_app, nself_auth',
      needs: ['select on auth.revocations'],
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop function app.live_revocations();
      drop table auth.revocations, auth.device_pairings, auth.signing_keys, auth.nonces, auth.pkce_codes,
        auth.totp_uses, auth.recovery_codes, auth.tickets;
      alter table auth.refresh_tokens
        drop column session_id, drop column rotated_at, drop column successor_id,
        drop column successor_sealed, drop column revoked_at, drop column last_used_at;
      drop table auth.sessions;`);
  }
}
