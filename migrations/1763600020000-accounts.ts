import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Accounts as Nhost Auth names them, so that its clients, its GraphQL names and scripts written for it fit.
 * Where Nhost keeps one ticket or one-time code in a column of the user, those columns stay and stay empty:
 * \`auth.tickets\` (next migration) holds them hashed, several at a time.
 */
const people = `
  create domain auth.email as citext
    constraint email_check check (value ~ '^[a-zA-Z0-9.!#$%&''*+/=?^_\`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$');

  create table auth.roles (
    role text primary key
  );
  comment on table auth.roles is 'What a request can act as.';

  insert into auth.roles (role)
  values ('user'), ('me'), ('anonymous'), ('owner'), ('admin_member'), ('adult'), ('youth'), ('child'), ('device');

  create table auth.users (
    id                          uuid        primary key default app.uuid_v7(),
    created_at                  timestamptz not null default now(),
    updated_at                  timestamptz not null default now(),
    last_seen                   timestamptz,
    disabled                    boolean     not null default false,
    display_name                text        not null default '',
    avatar_url                  text        not null default '',
    locale                      varchar(3)  not null default 'en',
    email                       auth.email  unique,
    phone_number                text        unique,
    password_hash               text,
    email_verified              boolean     not null default false,
    phone_number_verified       boolean     not null default false,
    new_email                   auth.email,
    otp_method_last_used        text,
    otp_hash                    text,
    otp_hash_expires_at         timestamptz not null default now(),
    default_role                text        not null default 'user' references auth.roles on update cascade,
    is_anonymous                boolean     not null default false,
    totp_secret                 text,
    active_mfa_type             text        constraint active_mfa_types_check check (active_mfa_type in ('totp', 'sms')),
    ticket                      text,
    ticket_expires_at           timestamptz not null default now(),
    metadata                    jsonb,
    webauthn_current_challenge  text
  );
  comment on table auth.users is 'An account: one person, in any number of families.';

  create table auth.user_roles (
    id          uuid        primary key default app.uuid_v7(),
    created_at  timestamptz not null default now(),
    user_id     uuid        not null references auth.users on update cascade on delete cascade,
    role        text        not null references auth.roles on update cascade,
    unique (user_id, role)
  );
  comment on table auth.user_roles is 'The roles that a person may take besides those of a family.';`;

const providers = `
  create table auth.providers (
    id text primary key
  );
  comment on table auth.providers is
    'Where else somebody can prove who they are: Google, GitHub, Apple, any OpenID provider.';

  insert into auth.providers (id) values ('github'), ('google'), ('apple'), ('oidc');

  create table auth.user_providers (
    id                uuid        primary key default app.uuid_v7(),
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    user_id           uuid        not null references auth.users on update cascade on delete cascade,
    access_token      text        not null,
    refresh_token     text,
    provider_id       text        not null references auth.providers on update cascade,
    provider_user_id  text        not null,
    unique (provider_id, provider_user_id)
  );
  comment on table auth.user_providers is 'An account of a person with one of them.';
  create index user_providers_user on auth.user_providers (user_id);

  create table auth.provider_requests (
    id          uuid        primary key default app.uuid_v7(),
    options     jsonb,
    created_at  timestamptz not null default now()
  );
  comment on table auth.provider_requests is 'A sign-in that is under way at a provider.';

  create table auth.user_security_keys (
    id                     uuid         primary key default app.uuid_v7(),
    user_id                uuid         not null references auth.users on update cascade on delete cascade,
    credential_id          text         not null unique,
    credential_public_key  bytea,
    counter                bigint       not null default 0,
    transports             varchar(255) not null default '',
    nickname               text,
    created_at             timestamptz  not null default now(),
    last_used_at           timestamptz
  );
  comment on table auth.user_security_keys is 'A passkey or security key of a person (WebAuthn).';
  create index user_security_keys_user on auth.user_security_keys (user_id);`;

const refreshTokens = `
  create table auth.refresh_token_types (
    value    text primary key,
    comment  text
  );
  comment on table auth.refresh_token_types is 'What a refresh token is for.';

  insert into auth.refresh_token_types (value, comment)
  values ('regular', 'Regular refresh token'),
         ('pat',     'Personal access token');

  create table auth.refresh_tokens (
    id                  uuid         primary key default app.uuid_v7(),
    created_at          timestamptz  not null default now(),
    expires_at          timestamptz  not null,
    user_id             uuid         not null references auth.users on update cascade on delete cascade,
    metadata            jsonb,
    type                text         not null default 'regular' references auth.refresh_token_types,
    refresh_token_hash  varchar(255) unique
  );
  comment on table auth.refresh_tokens is
    'What keeps a session alive, by hash. Each is good once; its successor is noted.';
  create index refresh_tokens_user on auth.refresh_tokens (user_id, expires_at);`;

const triggers = `
  create trigger touch before update on auth.users          for each row execute function app.touch();
  create trigger touch before update on auth.user_providers for each row execute function app.touch();
  create trigger announce after insert or update or delete on auth.users
    for each statement execute function app.announce_to_all();`;

export class Accounts1763600020000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [people, providers, refreshTokens, triggers]) await q.query(part);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop table auth.refresh_tokens, auth.refresh_token_types, auth.user_security_keys, auth.provider_requests,
        auth.user_providers, auth.providers, auth.user_roles, auth.users, auth.roles;
      drop domain auth.email;`);
  }
}
