-- schemas
schema app; grant usage to nself_admin; grant usage to nself_app; grant usage to nself_auth; grant usage to nself_crossing
schema auth; grant usage to nself_admin; grant usage to nself_app; grant usage to nself_auth; grant usage to nself_crossing
schema hdb_catalog; grant create, usage to nself_admin; grant usage to nself_app; grant usage to nself_auth; grant usage to nself_crossing
schema ops; grant usage to nself_admin; grant usage to nself_app; grant usage to nself_auth; grant usage to nself_crossing
schema public; grant usage to nself_admin; grant usage to nself_app; grant usage to nself_auth; grant usage to nself_crossing; grant create, usage to nself_owner; grant usage to public
schema storage; grant usage to nself_admin; grant usage to nself_app; grant usage to nself_auth; grant usage to nself_crossing

-- domains
domain auth.email as public.citext CHECK ((VALUE OPERATOR(public.~) '^[a-zA-Z0-9.!#$%&''*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$'::public.citext))

-- tables
table auth.device_pairings
  id uuid not null default app.uuid_v7()
  device_code_hash text not null
  user_code text not null
  client_id text
  device_name text not null default ''::text
  device_type text not null default 'tv'::text
  public_key text
  ip inet
  place text
  agent text
  state text not null default 'pending'::text
  interval_seconds integer not null default 5
  last_polled_at timestamp with time zone
  approved_family_id uuid
  approved_by uuid
  approved_at timestamp with time zone
  device_id uuid
  claimed_at timestamp with time zone
  expires_at timestamp with time zone not null
  created_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
table auth.nonces
  nonce text not null
  subject text not null
  expires_at timestamp with time zone not null
  created_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'Nonces that a device has signed, remembered for as long as one could be replayed.'
table auth.pkce_codes
  id uuid not null default app.uuid_v7()
  user_id uuid not null
  code_hash text not null
  code_challenge text not null
  redirect_to text
  session_id uuid
  expires_at timestamp with time zone not null
  used_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
table auth.provider_requests
  id uuid not null default app.uuid_v7()
  options jsonb
  created_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
table auth.providers
  id text not null
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
table auth.recovery_codes
  id uuid not null default app.uuid_v7()
  user_id uuid not null
  hash text not null
  used_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
table auth.refresh_token_types
  value text not null
  comment text
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
table auth.refresh_tokens
  id uuid not null default app.uuid_v7()
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  user_id uuid not null
  metadata jsonb
  type text not null default 'regular'::text
  refresh_token_hash character varying(255)
  session_id uuid
  rotated_at timestamp with time zone
  successor_id uuid
  successor_sealed bytea
  revoked_at timestamp with time zone
  last_used_at timestamp with time zone
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
table auth.revocations row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid
  kind text not null
  session_id uuid
  user_id uuid
  device_id uuid
  at timestamp with time zone not null default clock_timestamp()
  expires_at timestamp with time zone not null
  reason text not null default ''::text
  created_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth; grant select to nself_crossing
table auth.roles
  role text not null
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
table auth.sessions
  id uuid not null default app.uuid_v7()
  user_id uuid not null
  active_family_id uuid
  active_role text
  device_id uuid
  ip inet
  agent text
  place text
  elevated_at timestamp with time zone
  mfa_at timestamp with time zone
  authenticated_at timestamp with time zone not null default now()
  created_at timestamp with time zone not null default now()
  last_seen_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  ended_at timestamp with time zone
  end_reason text
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
table auth.signing_keys
  kid text not null
  algorithm text not null
  public_jwk jsonb not null
  private_key_sealed bytea
  state text not null default 'active'::text
  created_at timestamp with time zone not null default now()
  retired_at timestamp with time zone
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
table auth.tickets
  id uuid not null default app.uuid_v7()
  user_id uuid
  purpose text not null
  hash text not null
  address text
  data jsonb not null default '{}'::jsonb
  attempts integer not null default 0
  max_attempts integer not null default 5
  expires_at timestamp with time zone not null
  used_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'Everything that is sent to a person and comes back once: links, one-time codes, MFA tickets. Hashed, bound to purpose.'
table auth.totp_uses
  user_id uuid not null
  step bigint not null
  created_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'Steps of 30 s whose code was used: a code is good once.'
table auth.user_providers
  id uuid not null default app.uuid_v7()
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  user_id uuid not null
  access_token text not null
  refresh_token text
  provider_id text not null
  provider_user_id text not null
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
table auth.user_roles
  id uuid not null default app.uuid_v7()
  created_at timestamp with time zone not null default now()
  user_id uuid not null
  role text not null
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
table auth.user_security_keys
  id uuid not null default app.uuid_v7()
  user_id uuid not null
  credential_id text not null
  credential_public_key bytea
  counter bigint not null default 0
  transports character varying(255) not null default ''::character varying
  nickname text
  created_at timestamp with time zone not null default now()
  last_used_at timestamp with time zone
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
table auth.users row level security, forced
  id uuid not null default app.uuid_v7(); grant select to nself_app
  created_at timestamp with time zone not null default now(); grant select to nself_app
  updated_at timestamp with time zone not null default now()
  last_seen timestamp with time zone
  disabled boolean not null default false
  display_name text not null default ''::text; grant select, update to nself_app
  avatar_url text not null default ''::text; grant select, update to nself_app
  locale character varying(3) not null default 'en'::character varying; grant select, update to nself_app
  email auth.email
  phone_number text
  password_hash text
  email_verified boolean not null default false
  phone_number_verified boolean not null default false
  new_email auth.email
  otp_method_last_used text
  otp_hash text
  otp_hash_expires_at timestamp with time zone not null default now()
  default_role text not null default 'user'::text
  is_anonymous boolean not null default false
  totp_secret text
  active_mfa_type text
  ticket text
  ticket_expires_at timestamp with time zone not null default now()
  metadata jsonb
  webauthn_current_challenge text
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'An account: one person, in any number of families.'
table ops.api_keys row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid
  created_by uuid
  name text not null
  prefix text not null
  hash text not null
  role text not null default 'user'::text
  scopes text[] not null default '{}'::text[]
  rate_limit integer not null default 60
  last_used_at timestamp with time zone
  expires_at timestamp with time zone
  revoked_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth; grant select, update to nself_crossing
table ops.audit_chains
  chain uuid not null
  sequence bigint not null default 0
  hash bytea not null default '\x'::bytea
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant insert, select, update to nself_crossing
table ops.audit_events row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid
  sequence bigint not null
  type text not null
  actor_id uuid
  subject_type text
  subject_id text
  old_state jsonb
  new_state jsonb
  ip inet
  agent text
  trace_id text
  created_at timestamp with time zone not null default now()
  previous_hash bytea not null
  hash bytea not null
  grant insert, maintain, references, select, trigger to nself_admin; grant insert, select to nself_app; grant insert, select to nself_auth; grant select to nself_crossing
  comment 'What happened, who did it, to what. Rows are never changed and never removed.'
table ops.audit_pseudonyms
  id uuid not null default gen_random_uuid()
  user_id uuid
  created_at timestamp with time zone not null default now()
  erased_at timestamp with time zone
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant insert, select to nself_crossing
  comment 'Whom a pseudonym in the audit trail stands for; erasure empties user_id.'
table ops.backups row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid
  kind text not null default 'full'::text
  state text not null default 'running'::text
  location text not null
  size_bytes bigint
  sha256 text
  manifest jsonb
  started_at timestamp with time zone not null default now()
  finished_at timestamp with time zone
  verified_at timestamp with time zone
  error text
  created_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin
table ops.dead_letters row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid
  job_id uuid
  name text not null
  payload jsonb not null
  error text not null
  attempts integer not null
  replayed_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant insert to nself_crossing
table ops.idempotency_keys
  scope text not null
  key text not null
  method text not null default ''::text
  path text not null default ''::text
  request_hash text not null
  state text not null default 'running'::text
  claim uuid not null
  response_status integer
  response_headers jsonb
  response_body bytea
  locked_until timestamp with time zone not null default (now() + '00:01:00'::interval)
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null default (now() + '24:00:00'::interval)
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant delete, insert, select, update to nself_auth
table ops.job_runs row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid
  job_id uuid not null
  attempt integer not null
  worker text not null default ''::text
  started_at timestamp with time zone not null default clock_timestamp()
  finished_at timestamp with time zone
  error text
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant insert, select, update to nself_crossing
table ops.jobs row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid
  name text not null
  payload jsonb not null default '{}'::jsonb
  unique_key text
  priority integer not null default 0
  run_at timestamp with time zone not null default now()
  state text not null default 'due'::text
  attempts integer not null default 0
  max_attempts integer not null default 5
  backoff_seconds integer not null default 10
  claimed_at timestamp with time zone
  claimed_until timestamp with time zone
  claimed_by text
  finished_at timestamp with time zone
  result jsonb
  last_error text
  trace_id text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant insert, select to nself_app; grant insert, select to nself_auth; grant select, update to nself_crossing
table ops.migrations
  id integer not null default nextval('ops.migrations_id_seq'::regclass)
  timestamp bigint not null
  name character varying not null
table ops.outbox row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid
  topic text not null
  payload jsonb not null default '{}'::jsonb
  attempts integer not null default 0
  available_at timestamp with time zone not null default now()
  delivered_at timestamp with time zone
  last_error text
  trace_id text
  created_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant insert to nself_app; grant insert to nself_auth; grant select, update to nself_crossing
table ops.webhook_deliveries row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid
  outbox_id uuid
  url text not null
  event text not null
  attempt integer not null default 1
  request_headers jsonb not null default '{}'::jsonb
  request_body jsonb
  response_status integer
  response_body text
  error text
  duration_ms integer
  created_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant insert, select to nself_app
table public.album_items row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  album_id uuid not null
  media_item_id uuid not null
  position integer not null default 0
  added_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.albums row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  author_id uuid
  title text not null
  description text not null default ''::text
  visibility text not null default 'family'::text
  cover_id uuid
  deleted_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.apps
  id uuid not null default app.uuid_v7()
  slug text not null
  name text not null
  description text not null default ''::text
  created_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant select to nself_auth
table public.device_bootstrap_tokens row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  token_hash text not null
  device_type text not null
  name text not null default ''::text
  created_by uuid
  device_id uuid
  expires_at timestamp with time zone not null
  used_at timestamp with time zone
  revoked_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant delete, insert, select, update to nself_auth; grant select to nself_crossing
table public.devices row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  type text not null
  name text not null default ''::text
  owner_id uuid
  public_key text
  key_rotate_at timestamp with time zone
  trusted boolean not null default false
  trusted_by uuid
  trusted_at timestamp with time zone
  revoked_at timestamp with time zone
  last_seen_at timestamp with time zone
  last_ip inet
  health jsonb not null default '{}'::jsonb
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant delete, insert, select, update to nself_auth; grant select to nself_crossing
table public.entitlement_claims row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid
  content_id uuid
  can_watch boolean not null default true
  can_record boolean not null default false
  parental_level integer not null default 18
  max_streams integer
  source text not null default 'manual'::text
  expires_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Who may watch what: no person means everybody, no content means all of it.'
table public.families row level security, forced
  id uuid not null default app.uuid_v7()
  name text not null; grant update to nself_app
  description text not null default ''::text; grant update to nself_app
  time_zone text not null default 'UTC'::text; grant update to nself_app
  locale text not null default 'en'::text; grant update to nself_app
  settings jsonb not null default '{}'::jsonb; grant update to nself_app
  state text not null default 'active'::text
  created_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant delete, insert, select, update to nself_auth; grant select, update to nself_crossing
  comment 'A family is a tenant: everything but accounts belongs to exactly one.'
table public.family_invitations row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  email public.citext
  role text not null default 'ADULT_MEMBER'::text
  token_hash text not null
  invited_by uuid
  expires_at timestamp with time zone not null
  used_at timestamp with time zone
  used_by uuid
  revoked_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant delete, insert, select, update to nself_auth; grant select to nself_crossing
table public.family_members row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid not null
  role text not null
  state text not null default 'active'::text
  nickname text
  permissions jsonb not null default '{}'::jsonb
  joined_at timestamp with time zone not null default now()
  left_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant delete, insert, select, update to nself_auth; grant select to nself_crossing
  comment 'Who belongs to a family, and as what. One who leaves stays as "inactive": what she wrote keeps its author.'
table public.family_settings row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  default_visibility text not null default 'family'::text
  mahram_mode boolean not null default false
  parental_controls boolean not null default true
  moderation text not null default 'standard'::text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant select, update to nself_app; grant insert, select to nself_auth
table public.media_comments row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  media_item_id uuid not null
  author_id uuid
  body text not null
  deleted_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.media_favorites row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  media_item_id uuid not null
  user_id uuid not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.media_items row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  file_id uuid not null
  uploaded_by uuid
  kind text not null
  mime_type text not null
  size bigint not null
  sha256 text not null
  width integer
  height integer
  duration_ms bigint
  orientation smallint
  taken_at timestamp with time zone
  camera_make text
  camera_model text
  latitude double precision
  longitude double precision
  altitude double precision
  place text
  blurhash text
  caption text not null default ''::text
  metadata jsonb not null default '{}'::jsonb
  status text not null default 'pending'::text
  failure text
  deleted_at timestamp with time zone
  deleted_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.media_tags row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  media_item_id uuid not null
  kind text not null default 'custom'::text
  label text not null
  user_id uuid
  x real
  y real
  created_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.media_variants row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  media_item_id uuid not null
  variant text not null
  mime_type text not null
  width integer
  height integer
  size bigint not null
  sha256 text
  object_key text not null
  version integer not null default 1
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.parental_contacts row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid not null
  contact_id uuid not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.parental_controls row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid not null
  adults_only boolean not null default false
  can_post boolean not null default true
  can_message boolean not null default true
  contacts_only boolean not null default false
  activity_visible boolean not null default true
  screen_from time without time zone
  screen_until time without time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.post_assets row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  post_id uuid not null
  media_item_id uuid not null
  position integer not null default 0
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.post_audiences row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  post_id uuid not null
  user_id uuid not null
  granted_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Who sees a private post. Nobody else does, admins included.'
table public.post_comments row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  post_id uuid not null
  author_id uuid
  parent_id uuid
  body text not null
  deleted_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.post_reactions row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  post_id uuid not null
  user_id uuid not null
  emoji text not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.posts row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  author_id uuid
  type text not null default 'text'::text
  body text not null default ''::text
  visibility text not null default 'family'::text
  pinned boolean not null default false
  metadata jsonb not null default '{}'::jsonb
  deleted_at timestamp with time zone
  deleted_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.quota_defaults
  metric text not null
  soft_limit bigint
  hard_limit bigint
  alert_at real not null default 0.8
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant select to nself_auth
table public.quota_limits row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  metric text not null
  soft_limit bigint
  hard_limit bigint
  alert_at real not null default 0.8
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant select to nself_app
table public.relationships row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid not null
  relative_id uuid not null
  type text not null
  is_mahram boolean; grant update to nself_app
  note text not null default ''::text; grant update to nself_app
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select to nself_app
  comment 'The user is the <type> of the relative. The other direction is kept by the database.'
table public.stream_contents row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  title text not null
  kind text not null default 'vod'::text
  media_item_id uuid
  source_url text
  parental_level integer not null default 0
  priority integer not null default 0
  active boolean not null default true
  created_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table public.stream_sessions row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid
  device_id uuid not null
  content_id uuid not null
  state text not null default 'playing'::text
  priority integer not null default 0
  started_at timestamp with time zone not null default clock_timestamp()
  heartbeat_at timestamp with time zone not null default clock_timestamp()
  state_since timestamp with time zone not null default clock_timestamp()
  ended_at timestamp with time zone
  evicted boolean not null default false
  end_reason text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select, update to nself_crossing
table public.usage_metrics row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  metric text not null
  period text not null default 'total'::text
  period_start date not null default '1970-01-01'::date
  value bigint not null default 0
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant insert, select, update to nself_app
table public.user_app_roles row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid not null
  app_id uuid not null
  role text not null default 'user'::text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant delete, insert, select, update to nself_auth
table public.visibility_overrides row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  viewer_id uuid not null
  author_id uuid not null
  effect text not null
  reason text not null default ''::text
  requested_by uuid
  confirmed_by uuid
  confirmed_at timestamp with time zone
  expires_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'In mahram mode: the viewer may, or may not, see what the author shares. It counts once an admin has confirmed it.'
table storage.buckets
  id text not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  download_expiration integer not null default 30
  min_upload_file_size integer not null default 1
  max_upload_file_size bigint not null default '2147483648'::bigint
  cache_control text default 'max-age=3600'::text
  presigned_urls_enabled boolean not null default true
  allowed_types text[]
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant select to nself_app
table storage.files row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  bucket_id text not null default 'default'::text
  name text
  size bigint
  mime_type text
  etag text
  is_uploaded boolean not null default false
  uploaded_by_user_id uuid
  metadata jsonb
  sha256 text
  object_key text
  state text not null default 'ready'::text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
table storage.pending_objects row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  object_key text not null
  created_at timestamp with time zone not null default now()
  renewed_at timestamp with time zone not null default now()
  grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Objects being written, or to be removed: what a crash leaves half done is found here and cleared away.'

-- views
view public.audit_trail owned by nself_crossing {security_barrier=true}; grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant select to nself_auth as
 SELECT e.id,
    e.family_id,
    e.sequence,
    e.type,
    a.user_id AS actor_id,
    e.subject_type,
    COALESCE((s.user_id)::text, e.subject_id) AS subject_id,
    e.old_state,
    e.new_state,
    e.ip,
    e.agent,
    e.trace_id,
    e.created_at
   FROM ((ops.audit_events e
     LEFT JOIN ops.audit_pseudonyms a ON ((a.id = e.actor_id)))
     LEFT JOIN ops.audit_pseudonyms s ON (((e.subject_type = 'user'::text) AND (s.id = app.uuid_or_null(e.subject_id)))))
  WHERE ((e.family_id = ( SELECT app.family_id() AS family_id)) AND ( SELECT app.is_admin() AS is_admin));
view public.hidden_people owned by nself_owner {security_invoker=true}; grant delete, insert, maintain, references, select, trigger, truncate, update to nself_admin; grant select to nself_app as
 SELECT v.family_id,
    v.user_id AS viewer_id,
    p.user_id AS person_id,
    'no_mahram_relationship'::text AS reason
   FROM ((public.family_settings s
     JOIN public.family_members v ON ((v.family_id = s.family_id)))
     JOIN public.family_members p ON (((p.family_id = s.family_id) AND (p.user_id <> v.user_id))))
  WHERE (s.mahram_mode AND (COALESCE(( SELECT bool_and((o.effect = 'allow'::text)) AS bool_and
           FROM public.visibility_overrides o
          WHERE ((o.family_id = s.family_id) AND (o.viewer_id = v.user_id) AND (o.author_id = p.user_id) AND (o.confirmed_at IS NOT NULL) AND ((o.expires_at IS NULL) OR (o.expires_at > now())))), ( SELECT bool_and(COALESCE(r.is_mahram, false)) AS bool_and
           FROM public.relationships r
          WHERE ((r.family_id = s.family_id) AND (r.user_id = v.user_id) AND (r.relative_id = p.user_id))), false) IS FALSE))
UNION ALL
 SELECT v.family_id,
    v.user_id AS viewer_id,
    p.user_id AS person_id,
    'parental_restriction'::text AS reason
   FROM ((((public.family_settings s
     JOIN public.families f ON ((f.id = s.family_id)))
     JOIN public.parental_controls c ON ((c.family_id = s.family_id)))
     JOIN public.family_members v ON (((v.family_id = s.family_id) AND (v.user_id = c.user_id) AND (v.role = ANY (ARRAY['YOUTH_MEMBER'::text, 'CHILD_MEMBER'::text])))))
     JOIN public.family_members p ON (((p.family_id = s.family_id) AND (p.user_id <> v.user_id))))
  WHERE (s.parental_controls AND ((NOT app.within_hours(now(), f.time_zone, c.screen_from, c.screen_until)) OR (c.contacts_only AND (NOT (EXISTS ( SELECT
           FROM public.parental_contacts k
          WHERE ((k.family_id = s.family_id) AND (k.user_id = c.user_id) AND (k.contact_id = p.user_id))))))));

-- constraints
constraint approval_is_whole on auth.device_pairings CHECK (((state <> ALL (ARRAY['approved'::text, 'claimed'::text])) OR ((approved_family_id IS NOT NULL) AND (approved_by IS NOT NULL))))
constraint device_pairings_approved_by_fkey on auth.device_pairings FOREIGN KEY (approved_by) REFERENCES auth.users(id) ON DELETE CASCADE
constraint device_pairings_approved_family_id_fkey on auth.device_pairings FOREIGN KEY (approved_family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint device_pairings_device_code_hash_key on auth.device_pairings UNIQUE (device_code_hash)
constraint device_pairings_pkey on auth.device_pairings PRIMARY KEY (id)
constraint device_pairings_user_code_key on auth.device_pairings UNIQUE (user_code)
constraint pairing_state_known on auth.device_pairings CHECK ((state = ANY (ARRAY['pending'::text, 'approved'::text, 'denied'::text, 'claimed'::text])))
constraint user_code_without_vowels on auth.device_pairings CHECK ((user_code ~ '^[BCDFGHJKLMNPQRSTVWXZ]{8}$'::text))
constraint nonces_pkey on auth.nonces PRIMARY KEY (nonce)
constraint pkce_codes_code_hash_key on auth.pkce_codes UNIQUE (code_hash)
constraint pkce_codes_pkey on auth.pkce_codes PRIMARY KEY (id)
constraint pkce_codes_session_id_fkey on auth.pkce_codes FOREIGN KEY (session_id) REFERENCES auth.sessions(id) ON DELETE CASCADE
constraint pkce_codes_user_id_fkey on auth.pkce_codes FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
constraint provider_requests_pkey on auth.provider_requests PRIMARY KEY (id)
constraint providers_pkey on auth.providers PRIMARY KEY (id)
constraint recovery_codes_pkey on auth.recovery_codes PRIMARY KEY (id)
constraint recovery_codes_user_id_fkey on auth.recovery_codes FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
constraint recovery_codes_user_id_hash_key on auth.recovery_codes UNIQUE (user_id, hash)
constraint refresh_token_types_pkey on auth.refresh_token_types PRIMARY KEY (value)
constraint refresh_tokens_pkey on auth.refresh_tokens PRIMARY KEY (id)
constraint refresh_tokens_refresh_token_hash_key on auth.refresh_tokens UNIQUE (refresh_token_hash)
constraint refresh_tokens_session_id_fkey on auth.refresh_tokens FOREIGN KEY (session_id) REFERENCES auth.sessions(id) ON DELETE CASCADE
constraint refresh_tokens_successor_id_fkey on auth.refresh_tokens FOREIGN KEY (successor_id) REFERENCES auth.refresh_tokens(id) ON DELETE SET NULL
constraint refresh_tokens_type_fkey on auth.refresh_tokens FOREIGN KEY (type) REFERENCES auth.refresh_token_types(value)
constraint refresh_tokens_user_id_fkey on auth.refresh_tokens FOREIGN KEY (user_id) REFERENCES auth.users(id) ON UPDATE CASCADE ON DELETE CASCADE
constraint revocation_kind_known on auth.revocations CHECK ((kind = ANY (ARRAY['session'::text, 'user'::text, 'member'::text, 'device'::text])))
constraint revocation_names_its_subject on auth.revocations CHECK (
CASE kind
    WHEN 'session'::text THEN (session_id IS NOT NULL)
    WHEN 'user'::text THEN (user_id IS NOT NULL)
    WHEN 'member'::text THEN ((user_id IS NOT NULL) AND (family_id IS NOT NULL))
    WHEN 'device'::text THEN (device_id IS NOT NULL)
    ELSE NULL::boolean
END)
constraint revocations_family_id_id_key on auth.revocations UNIQUE (family_id, id)
constraint revocations_pkey on auth.revocations PRIMARY KEY (id)
constraint roles_pkey on auth.roles PRIMARY KEY (role)
constraint sessions_active_family_id_fkey on auth.sessions FOREIGN KEY (active_family_id) REFERENCES public.families(id) ON DELETE SET NULL
constraint sessions_pkey on auth.sessions PRIMARY KEY (id)
constraint sessions_user_id_fkey on auth.sessions FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
constraint signing_key_state_known on auth.signing_keys CHECK ((state = ANY (ARRAY['next'::text, 'active'::text, 'retired'::text])))
constraint signing_keys_pkey on auth.signing_keys PRIMARY KEY (kid)
constraint tickets_pkey on auth.tickets PRIMARY KEY (id)
constraint tickets_user_id_fkey on auth.tickets FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
constraint totp_uses_pkey on auth.totp_uses PRIMARY KEY (user_id, step)
constraint totp_uses_user_id_fkey on auth.totp_uses FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
constraint user_providers_pkey on auth.user_providers PRIMARY KEY (id)
constraint user_providers_provider_id_fkey on auth.user_providers FOREIGN KEY (provider_id) REFERENCES auth.providers(id) ON UPDATE CASCADE
constraint user_providers_provider_id_provider_user_id_key on auth.user_providers UNIQUE (provider_id, provider_user_id)
constraint user_providers_user_id_fkey on auth.user_providers FOREIGN KEY (user_id) REFERENCES auth.users(id) ON UPDATE CASCADE ON DELETE CASCADE
constraint user_roles_pkey on auth.user_roles PRIMARY KEY (id)
constraint user_roles_role_fkey on auth.user_roles FOREIGN KEY (role) REFERENCES auth.roles(role) ON UPDATE CASCADE
constraint user_roles_user_id_fkey on auth.user_roles FOREIGN KEY (user_id) REFERENCES auth.users(id) ON UPDATE CASCADE ON DELETE CASCADE
constraint user_roles_user_id_role_key on auth.user_roles UNIQUE (user_id, role)
constraint user_security_keys_credential_id_key on auth.user_security_keys UNIQUE (credential_id)
constraint user_security_keys_pkey on auth.user_security_keys PRIMARY KEY (id)
constraint user_security_keys_user_id_fkey on auth.user_security_keys FOREIGN KEY (user_id) REFERENCES auth.users(id) ON UPDATE CASCADE ON DELETE CASCADE
constraint active_mfa_types_check on auth.users CHECK ((active_mfa_type = ANY (ARRAY['totp'::text, 'sms'::text])))
constraint users_default_role_fkey on auth.users FOREIGN KEY (default_role) REFERENCES auth.roles(role) ON UPDATE CASCADE
constraint users_email_key on auth.users UNIQUE (email)
constraint users_phone_number_key on auth.users UNIQUE (phone_number)
constraint users_pkey on auth.users PRIMARY KEY (id)
constraint api_keys_created_by_fkey on ops.api_keys FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE CASCADE
constraint api_keys_family_id_created_by_fkey on ops.api_keys FOREIGN KEY (family_id, created_by) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint api_keys_family_id_id_key on ops.api_keys UNIQUE (family_id, id)
constraint api_keys_hash_key on ops.api_keys UNIQUE (hash)
constraint api_keys_pkey on ops.api_keys PRIMARY KEY (id)
constraint audit_chains_pkey on ops.audit_chains PRIMARY KEY (chain)
constraint audit_events_family_id_id_key on ops.audit_events UNIQUE (family_id, id)
constraint audit_events_pkey on ops.audit_events PRIMARY KEY (id)
constraint audit_pseudonyms_pkey on ops.audit_pseudonyms PRIMARY KEY (id)
constraint audit_pseudonyms_user_id_key on ops.audit_pseudonyms UNIQUE (user_id)
constraint backup_kind_known on ops.backups CHECK ((kind = ANY (ARRAY['full'::text, 'family'::text, 'before_upgrade'::text])))
constraint backup_state_known on ops.backups CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'verified'::text, 'deleted'::text])))
constraint backups_family_id_id_key on ops.backups UNIQUE (family_id, id)
constraint backups_pkey on ops.backups PRIMARY KEY (id)
constraint dead_letters_family_id_id_key on ops.dead_letters UNIQUE (family_id, id)
constraint dead_letters_family_id_job_id_fkey on ops.dead_letters FOREIGN KEY (family_id, job_id) REFERENCES ops.jobs(family_id, id) ON DELETE SET NULL (job_id)
constraint dead_letters_job_id_fkey on ops.dead_letters FOREIGN KEY (job_id) REFERENCES ops.jobs(id) ON DELETE SET NULL
constraint dead_letters_pkey on ops.dead_letters PRIMARY KEY (id)
constraint idempotency_keys_pkey on ops.idempotency_keys PRIMARY KEY (scope, key)
constraint idempotency_state_known on ops.idempotency_keys CHECK ((state = ANY (ARRAY['running'::text, 'effected'::text, 'done'::text])))
constraint job_runs_family_id_id_key on ops.job_runs UNIQUE (family_id, id)
constraint job_runs_family_id_job_id_fkey on ops.job_runs FOREIGN KEY (family_id, job_id) REFERENCES ops.jobs(family_id, id) ON DELETE CASCADE
constraint job_runs_job_id_attempt_key on ops.job_runs UNIQUE (job_id, attempt)
constraint job_runs_job_id_fkey on ops.job_runs FOREIGN KEY (job_id) REFERENCES ops.jobs(id) ON DELETE CASCADE
constraint job_runs_pkey on ops.job_runs PRIMARY KEY (id)
constraint job_is_tried on ops.jobs CHECK ((max_attempts > 0))
constraint job_state_known on ops.jobs CHECK ((state = ANY (ARRAY['due'::text, 'claimed'::text, 'done'::text, 'dead'::text, 'cancelled'::text])))
constraint jobs_family_id_id_key on ops.jobs UNIQUE (family_id, id)
constraint jobs_pkey on ops.jobs PRIMARY KEY (id)
constraint PK_8c82d7f526340ab734260ea46be on ops.migrations PRIMARY KEY (id)
constraint outbox_family_id_id_key on ops.outbox UNIQUE (family_id, id)
constraint outbox_pkey on ops.outbox PRIMARY KEY (id)
constraint webhook_deliveries_family_id_id_key on ops.webhook_deliveries UNIQUE (family_id, id)
constraint webhook_deliveries_family_id_outbox_id_fkey on ops.webhook_deliveries FOREIGN KEY (family_id, outbox_id) REFERENCES ops.outbox(family_id, id) ON DELETE SET NULL (outbox_id)
constraint webhook_deliveries_outbox_id_fkey on ops.webhook_deliveries FOREIGN KEY (outbox_id) REFERENCES ops.outbox(id) ON DELETE SET NULL
constraint webhook_deliveries_pkey on ops.webhook_deliveries PRIMARY KEY (id)
constraint album_items_family_id_added_by_fkey on public.album_items FOREIGN KEY (family_id, added_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (added_by)
constraint album_items_family_id_album_id_fkey on public.album_items FOREIGN KEY (family_id, album_id) REFERENCES public.albums(family_id, id) ON DELETE CASCADE
constraint album_items_family_id_album_id_media_item_id_key on public.album_items UNIQUE (family_id, album_id, media_item_id)
constraint album_items_family_id_fkey on public.album_items FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint album_items_family_id_id_key on public.album_items UNIQUE (family_id, id)
constraint album_items_family_id_media_item_id_fkey on public.album_items FOREIGN KEY (family_id, media_item_id) REFERENCES public.media_items(family_id, id) ON DELETE CASCADE
constraint album_items_pkey on public.album_items PRIMARY KEY (id)
constraint album_has_a_title on public.albums CHECK ((title ~ '\S'::text))
constraint album_visibility_known on public.albums CHECK ((visibility = ANY (ARRAY['family'::text, 'adults_only'::text, 'private'::text, 'public'::text])))
constraint albums_family_id_author_id_fkey on public.albums FOREIGN KEY (family_id, author_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (author_id)
constraint albums_family_id_cover_id_fkey on public.albums FOREIGN KEY (family_id, cover_id) REFERENCES public.media_items(family_id, id) ON DELETE SET NULL (cover_id)
constraint albums_family_id_fkey on public.albums FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint albums_family_id_id_key on public.albums UNIQUE (family_id, id)
constraint albums_pkey on public.albums PRIMARY KEY (id)
constraint apps_pkey on public.apps PRIMARY KEY (id)
constraint apps_slug_key on public.apps UNIQUE (slug)
constraint device_bootstrap_tokens_family_id_created_by_fkey on public.device_bootstrap_tokens FOREIGN KEY (family_id, created_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (created_by)
constraint device_bootstrap_tokens_family_id_device_id_fkey on public.device_bootstrap_tokens FOREIGN KEY (family_id, device_id) REFERENCES public.devices(family_id, id) ON DELETE SET NULL (device_id)
constraint device_bootstrap_tokens_family_id_fkey on public.device_bootstrap_tokens FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint device_bootstrap_tokens_family_id_id_key on public.device_bootstrap_tokens UNIQUE (family_id, id)
constraint device_bootstrap_tokens_pkey on public.device_bootstrap_tokens PRIMARY KEY (id)
constraint device_bootstrap_tokens_token_hash_key on public.device_bootstrap_tokens UNIQUE (token_hash)
constraint device_type_known on public.devices CHECK ((type = ANY (ARRAY['antbox'::text, 'antserver'::text, 'browser'::text, 'mobile'::text, 'desktop'::text, 'tv'::text])))
constraint devices_family_id_fkey on public.devices FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint devices_family_id_id_key on public.devices UNIQUE (family_id, id)
constraint devices_family_id_owner_id_fkey on public.devices FOREIGN KEY (family_id, owner_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (owner_id)
constraint devices_family_id_trusted_by_fkey on public.devices FOREIGN KEY (family_id, trusted_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (trusted_by)
constraint devices_pkey on public.devices PRIMARY KEY (id)
constraint revoked_is_not_trusted on public.devices CHECK (((revoked_at IS NULL) OR (NOT trusted)))
constraint claim_level_in_range on public.entitlement_claims CHECK (((parental_level >= 0) AND (parental_level <= 18)))
constraint claim_streams_not_negative on public.entitlement_claims CHECK ((max_streams >= 0))
constraint entitlement_claims_family_id_content_id_fkey on public.entitlement_claims FOREIGN KEY (family_id, content_id) REFERENCES public.stream_contents(family_id, id) ON DELETE CASCADE
constraint entitlement_claims_family_id_fkey on public.entitlement_claims FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint entitlement_claims_family_id_id_key on public.entitlement_claims UNIQUE (family_id, id)
constraint entitlement_claims_family_id_user_id_fkey on public.entitlement_claims FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint entitlement_claims_pkey on public.entitlement_claims PRIMARY KEY (id)
constraint one_claim_per_person_and_content on public.entitlement_claims UNIQUE NULLS NOT DISTINCT (family_id, user_id, content_id, source)
constraint families_created_by_fkey on public.families FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL
constraint families_pkey on public.families PRIMARY KEY (id)
constraint family_has_a_name on public.families CHECK (((name ~ '\S'::text) AND (length(name) <= 200)))
constraint family_state_known on public.families CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'deleting'::text])))
constraint family_invitations_family_id_fkey on public.family_invitations FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint family_invitations_family_id_id_key on public.family_invitations UNIQUE (family_id, id)
constraint family_invitations_family_id_invited_by_fkey on public.family_invitations FOREIGN KEY (family_id, invited_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (invited_by)
constraint family_invitations_pkey on public.family_invitations PRIMARY KEY (id)
constraint family_invitations_token_hash_key on public.family_invitations UNIQUE (token_hash)
constraint family_invitations_used_by_fkey on public.family_invitations FOREIGN KEY (used_by) REFERENCES auth.users(id) ON DELETE SET NULL
constraint invited_role_known on public.family_invitations CHECK ((role = ANY (ARRAY['ADMIN'::text, 'ADULT_MEMBER'::text, 'YOUTH_MEMBER'::text, 'CHILD_MEMBER'::text])))
constraint family_members_family_id_fkey on public.family_members FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint family_members_family_id_id_key on public.family_members UNIQUE (family_id, id)
constraint family_members_family_id_user_id_key on public.family_members UNIQUE (family_id, user_id)
constraint family_members_pkey on public.family_members PRIMARY KEY (id)
constraint family_members_user_id_fkey on public.family_members FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
constraint member_role_known on public.family_members CHECK ((role = ANY (ARRAY['OWNER'::text, 'ADMIN'::text, 'ADULT_MEMBER'::text, 'YOUTH_MEMBER'::text, 'CHILD_MEMBER'::text, 'DEVICE'::text])))
constraint member_state_known on public.family_members CHECK ((state = ANY (ARRAY['active'::text, 'inactive'::text, 'suspended'::text, 'pending_invite'::text])))
constraint default_visibility_known on public.family_settings CHECK ((default_visibility = ANY (ARRAY['family'::text, 'adults_only'::text, 'private'::text, 'public'::text])))
constraint family_settings_family_id_fkey on public.family_settings FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint family_settings_family_id_id_key on public.family_settings UNIQUE (family_id, id)
constraint family_settings_family_id_key on public.family_settings UNIQUE (family_id)
constraint family_settings_pkey on public.family_settings PRIMARY KEY (id)
constraint moderation_known on public.family_settings CHECK ((moderation = ANY (ARRAY['relaxed'::text, 'standard'::text, 'strict'::text])))
constraint media_comment_says_something on public.media_comments CHECK ((body ~ '\S'::text))
constraint media_comments_family_id_author_id_fkey on public.media_comments FOREIGN KEY (family_id, author_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (author_id)
constraint media_comments_family_id_fkey on public.media_comments FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint media_comments_family_id_id_key on public.media_comments UNIQUE (family_id, id)
constraint media_comments_family_id_media_item_id_fkey on public.media_comments FOREIGN KEY (family_id, media_item_id) REFERENCES public.media_items(family_id, id) ON DELETE CASCADE
constraint media_comments_pkey on public.media_comments PRIMARY KEY (id)
constraint media_favorites_family_id_fkey on public.media_favorites FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint media_favorites_family_id_id_key on public.media_favorites UNIQUE (family_id, id)
constraint media_favorites_family_id_media_item_id_fkey on public.media_favorites FOREIGN KEY (family_id, media_item_id) REFERENCES public.media_items(family_id, id) ON DELETE CASCADE
constraint media_favorites_family_id_user_id_fkey on public.media_favorites FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint media_favorites_family_id_user_id_media_item_id_key on public.media_favorites UNIQUE (family_id, user_id, media_item_id)
constraint media_favorites_pkey on public.media_favorites PRIMARY KEY (id)
constraint media_duration_not_negative on public.media_items CHECK ((duration_ms >= 0))
constraint media_height_positive on public.media_items CHECK ((height > 0))
constraint media_items_family_id_deleted_by_fkey on public.media_items FOREIGN KEY (family_id, deleted_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (deleted_by)
constraint media_items_family_id_file_id_fkey on public.media_items FOREIGN KEY (family_id, file_id) REFERENCES storage.files(family_id, id) ON DELETE CASCADE
constraint media_items_family_id_fkey on public.media_items FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint media_items_family_id_id_key on public.media_items UNIQUE (family_id, id)
constraint media_items_family_id_uploaded_by_fkey on public.media_items FOREIGN KEY (family_id, uploaded_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (uploaded_by)
constraint media_items_pkey on public.media_items PRIMARY KEY (id)
constraint media_kind_known on public.media_items CHECK ((kind = ANY (ARRAY['photo'::text, 'video'::text, 'audio'::text, 'document'::text])))
constraint media_latitude_on_earth on public.media_items CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
constraint media_longitude_on_earth on public.media_items CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
constraint media_orientation_known on public.media_items CHECK (((orientation >= 1) AND (orientation <= 8)))
constraint media_place_is_whole on public.media_items CHECK (((latitude IS NULL) = (longitude IS NULL)))
constraint media_sha256_is_hex on public.media_items CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
constraint media_size_not_negative on public.media_items CHECK ((size >= 0))
constraint media_status_known on public.media_items CHECK ((status = ANY (ARRAY['pending'::text, 'processing'::text, 'ready'::text, 'failed'::text, 'quarantined'::text])))
constraint media_width_positive on public.media_items CHECK ((width > 0))
constraint media_tags_family_id_created_by_fkey on public.media_tags FOREIGN KEY (family_id, created_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (created_by)
constraint media_tags_family_id_fkey on public.media_tags FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint media_tags_family_id_id_key on public.media_tags UNIQUE (family_id, id)
constraint media_tags_family_id_media_item_id_fkey on public.media_tags FOREIGN KEY (family_id, media_item_id) REFERENCES public.media_items(family_id, id) ON DELETE CASCADE
constraint media_tags_family_id_user_id_fkey on public.media_tags FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint media_tags_pkey on public.media_tags PRIMARY KEY (id)
constraint tag_kind_known on public.media_tags CHECK ((kind = ANY (ARRAY['person'::text, 'place'::text, 'event'::text, 'custom'::text])))
constraint tag_point_is_whole on public.media_tags CHECK (((x IS NULL) = (y IS NULL)))
constraint tag_says_something on public.media_tags CHECK ((label ~ '\S'::text))
constraint tag_x_inside on public.media_tags CHECK (((x >= (0)::double precision) AND (x <= (1)::double precision)))
constraint tag_y_inside on public.media_tags CHECK (((y >= (0)::double precision) AND (y <= (1)::double precision)))
constraint media_variants_family_id_fkey on public.media_variants FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint media_variants_family_id_id_key on public.media_variants UNIQUE (family_id, id)
constraint media_variants_family_id_media_item_id_fkey on public.media_variants FOREIGN KEY (family_id, media_item_id) REFERENCES public.media_items(family_id, id) ON DELETE CASCADE
constraint media_variants_pkey on public.media_variants PRIMARY KEY (id)
constraint one_of_each_variant on public.media_variants UNIQUE (family_id, media_item_id, variant)
constraint variant_size_not_negative on public.media_variants CHECK ((size >= 0))
constraint parental_contacts_family_id_contact_id_fkey on public.parental_contacts FOREIGN KEY (family_id, contact_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint parental_contacts_family_id_fkey on public.parental_contacts FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint parental_contacts_family_id_id_key on public.parental_contacts UNIQUE (family_id, id)
constraint parental_contacts_family_id_user_id_contact_id_key on public.parental_contacts UNIQUE (family_id, user_id, contact_id)
constraint parental_contacts_family_id_user_id_fkey on public.parental_contacts FOREIGN KEY (family_id, user_id) REFERENCES public.parental_controls(family_id, user_id) ON DELETE CASCADE
constraint parental_contacts_pkey on public.parental_contacts PRIMARY KEY (id)
constraint parental_controls_family_id_fkey on public.parental_controls FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint parental_controls_family_id_id_key on public.parental_controls UNIQUE (family_id, id)
constraint parental_controls_family_id_user_id_fkey on public.parental_controls FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint parental_controls_family_id_user_id_key on public.parental_controls UNIQUE (family_id, user_id)
constraint parental_controls_pkey on public.parental_controls PRIMARY KEY (id)
constraint screen_hours_are_whole on public.parental_controls CHECK (((screen_from IS NULL) = (screen_until IS NULL)))
constraint post_assets_family_id_fkey on public.post_assets FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint post_assets_family_id_id_key on public.post_assets UNIQUE (family_id, id)
constraint post_assets_family_id_media_item_id_fkey on public.post_assets FOREIGN KEY (family_id, media_item_id) REFERENCES public.media_items(family_id, id) ON DELETE CASCADE
constraint post_assets_family_id_post_id_fkey on public.post_assets FOREIGN KEY (family_id, post_id) REFERENCES public.posts(family_id, id) ON DELETE CASCADE
constraint post_assets_family_id_post_id_media_item_id_key on public.post_assets UNIQUE (family_id, post_id, media_item_id)
constraint post_assets_pkey on public.post_assets PRIMARY KEY (id)
constraint post_audiences_family_id_fkey on public.post_audiences FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint post_audiences_family_id_granted_by_fkey on public.post_audiences FOREIGN KEY (family_id, granted_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (granted_by)
constraint post_audiences_family_id_id_key on public.post_audiences UNIQUE (family_id, id)
constraint post_audiences_family_id_post_id_fkey on public.post_audiences FOREIGN KEY (family_id, post_id) REFERENCES public.posts(family_id, id) ON DELETE CASCADE
constraint post_audiences_family_id_post_id_user_id_key on public.post_audiences UNIQUE (family_id, post_id, user_id)
constraint post_audiences_family_id_user_id_fkey on public.post_audiences FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint post_audiences_pkey on public.post_audiences PRIMARY KEY (id)
constraint comment_says_something on public.post_comments CHECK ((body ~ '\S'::text))
constraint post_comments_family_id_author_id_fkey on public.post_comments FOREIGN KEY (family_id, author_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (author_id)
constraint post_comments_family_id_fkey on public.post_comments FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint post_comments_family_id_id_key on public.post_comments UNIQUE (family_id, id)
constraint post_comments_family_id_post_id_fkey on public.post_comments FOREIGN KEY (family_id, post_id) REFERENCES public.posts(family_id, id) ON DELETE CASCADE
constraint post_comments_family_id_post_id_id_key on public.post_comments UNIQUE (family_id, post_id, id)
constraint post_comments_family_id_post_id_parent_id_fkey on public.post_comments FOREIGN KEY (family_id, post_id, parent_id) REFERENCES public.post_comments(family_id, post_id, id) ON DELETE CASCADE
constraint post_comments_pkey on public.post_comments PRIMARY KEY (id)
constraint post_reactions_family_id_fkey on public.post_reactions FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint post_reactions_family_id_id_key on public.post_reactions UNIQUE (family_id, id)
constraint post_reactions_family_id_post_id_fkey on public.post_reactions FOREIGN KEY (family_id, post_id) REFERENCES public.posts(family_id, id) ON DELETE CASCADE
constraint post_reactions_family_id_post_id_user_id_emoji_key on public.post_reactions UNIQUE (family_id, post_id, user_id, emoji)
constraint post_reactions_family_id_user_id_fkey on public.post_reactions FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint post_reactions_pkey on public.post_reactions PRIMARY KEY (id)
constraint reaction_is_short on public.post_reactions CHECK (((length(emoji) >= 1) AND (length(emoji) <= 32)))
constraint post_deletion_is_whole on public.posts CHECK (((deleted_by IS NULL) OR (deleted_at IS NOT NULL)))
constraint post_type_known on public.posts CHECK ((type = ANY (ARRAY['text'::text, 'photo'::text, 'video'::text, 'album'::text, 'event'::text, 'recipe'::text, 'milestone'::text])))
constraint post_visibility_known on public.posts CHECK ((visibility = ANY (ARRAY['family'::text, 'adults_only'::text, 'private'::text, 'public'::text])))
constraint posts_family_id_author_id_fkey on public.posts FOREIGN KEY (family_id, author_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (author_id)
constraint posts_family_id_deleted_by_fkey on public.posts FOREIGN KEY (family_id, deleted_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (deleted_by)
constraint posts_family_id_fkey on public.posts FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint posts_family_id_id_key on public.posts UNIQUE (family_id, id)
constraint posts_pkey on public.posts PRIMARY KEY (id)
constraint default_limits_in_order on public.quota_defaults CHECK ((soft_limit <= hard_limit))
constraint quota_defaults_pkey on public.quota_defaults PRIMARY KEY (metric)
constraint alert_is_a_share on public.quota_limits CHECK (((alert_at > (0)::double precision) AND (alert_at <= (1)::double precision)))
constraint hard_limit_not_negative on public.quota_limits CHECK ((hard_limit >= 0))
constraint limits_in_order on public.quota_limits CHECK ((soft_limit <= hard_limit))
constraint quota_limits_family_id_fkey on public.quota_limits FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint quota_limits_family_id_id_key on public.quota_limits UNIQUE (family_id, id)
constraint quota_limits_family_id_metric_key on public.quota_limits UNIQUE (family_id, metric)
constraint quota_limits_metric_fkey on public.quota_limits FOREIGN KEY (metric) REFERENCES public.quota_defaults(metric)
constraint quota_limits_pkey on public.quota_limits PRIMARY KEY (id)
constraint soft_limit_not_negative on public.quota_limits CHECK ((soft_limit >= 0))
constraint nobody_is_their_own_relative on public.relationships CHECK ((user_id <> relative_id))
constraint one_of_each_type_per_pair on public.relationships UNIQUE (family_id, user_id, relative_id, type)
constraint relationship_type_known on public.relationships CHECK ((type = ANY (ARRAY['spouse'::text, 'parent'::text, 'child'::text, 'sibling'::text, 'grandparent'::text, 'grandchild'::text, 'uncle_aunt'::text, 'nephew_niece'::text, 'cousin'::text])))
constraint relationships_family_id_fkey on public.relationships FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint relationships_family_id_id_key on public.relationships UNIQUE (family_id, id)
constraint relationships_family_id_relative_id_fkey on public.relationships FOREIGN KEY (family_id, relative_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint relationships_family_id_user_id_fkey on public.relationships FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint relationships_pkey on public.relationships PRIMARY KEY (id)
constraint content_has_a_title on public.stream_contents CHECK ((title ~ '\S'::text))
constraint content_kind_known on public.stream_contents CHECK ((kind = ANY (ARRAY['vod'::text, 'live'::text])))
constraint content_level_in_range on public.stream_contents CHECK (((parental_level >= 0) AND (parental_level <= 18)))
constraint stream_contents_family_id_created_by_fkey on public.stream_contents FOREIGN KEY (family_id, created_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (created_by)
constraint stream_contents_family_id_fkey on public.stream_contents FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint stream_contents_family_id_id_key on public.stream_contents UNIQUE (family_id, id)
constraint stream_contents_family_id_media_item_id_fkey on public.stream_contents FOREIGN KEY (family_id, media_item_id) REFERENCES public.media_items(family_id, id) ON DELETE SET NULL (media_item_id)
constraint stream_contents_pkey on public.stream_contents PRIMARY KEY (id)
constraint evicted_has_ended on public.stream_sessions CHECK (((NOT evicted) OR (ended_at IS NOT NULL)))
constraint stream_ends_after_start on public.stream_sessions CHECK ((ended_at >= started_at))
constraint stream_sessions_family_id_content_id_fkey on public.stream_sessions FOREIGN KEY (family_id, content_id) REFERENCES public.stream_contents(family_id, id) ON DELETE CASCADE
constraint stream_sessions_family_id_device_id_fkey on public.stream_sessions FOREIGN KEY (family_id, device_id) REFERENCES public.devices(family_id, id) ON DELETE CASCADE
constraint stream_sessions_family_id_fkey on public.stream_sessions FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint stream_sessions_family_id_id_key on public.stream_sessions UNIQUE (family_id, id)
constraint stream_sessions_family_id_user_id_fkey on public.stream_sessions FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint stream_sessions_pkey on public.stream_sessions PRIMARY KEY (id)
constraint stream_state_known on public.stream_sessions CHECK ((state = ANY (ARRAY['playing'::text, 'paused'::text, 'idle'::text, 'buffering'::text])))
constraint one_count_per_period on public.usage_metrics UNIQUE (family_id, metric, period, period_start)
constraint usage_metrics_family_id_fkey on public.usage_metrics FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint usage_metrics_family_id_id_key on public.usage_metrics UNIQUE (family_id, id)
constraint usage_metrics_pkey on public.usage_metrics PRIMARY KEY (id)
constraint usage_not_negative on public.usage_metrics CHECK ((value >= 0))
constraint app_role_known on public.user_app_roles CHECK ((role = ANY (ARRAY['user'::text, 'moderator'::text, 'admin'::text])))
constraint user_app_roles_app_id_fkey on public.user_app_roles FOREIGN KEY (app_id) REFERENCES public.apps(id) ON DELETE CASCADE
constraint user_app_roles_family_id_fkey on public.user_app_roles FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint user_app_roles_family_id_id_key on public.user_app_roles UNIQUE (family_id, id)
constraint user_app_roles_family_id_user_id_app_id_key on public.user_app_roles UNIQUE (family_id, user_id, app_id)
constraint user_app_roles_family_id_user_id_fkey on public.user_app_roles FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint user_app_roles_pkey on public.user_app_roles PRIMARY KEY (id)
constraint nobody_is_hidden_from_themselves on public.visibility_overrides CHECK ((viewer_id <> author_id))
constraint override_effect_known on public.visibility_overrides CHECK ((effect = ANY (ARRAY['allow'::text, 'deny'::text])))
constraint visibility_overrides_family_id_author_id_fkey on public.visibility_overrides FOREIGN KEY (family_id, author_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint visibility_overrides_family_id_confirmed_by_fkey on public.visibility_overrides FOREIGN KEY (family_id, confirmed_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (confirmed_by)
constraint visibility_overrides_family_id_fkey on public.visibility_overrides FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint visibility_overrides_family_id_id_key on public.visibility_overrides UNIQUE (family_id, id)
constraint visibility_overrides_family_id_requested_by_fkey on public.visibility_overrides FOREIGN KEY (family_id, requested_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (requested_by)
constraint visibility_overrides_family_id_viewer_id_author_id_effect_key on public.visibility_overrides UNIQUE (family_id, viewer_id, author_id, effect)
constraint visibility_overrides_family_id_viewer_id_fkey on public.visibility_overrides FOREIGN KEY (family_id, viewer_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint visibility_overrides_pkey on public.visibility_overrides PRIMARY KEY (id)
constraint bucket_sizes_in_order on storage.buckets CHECK ((min_upload_file_size <= max_upload_file_size))
constraint buckets_pkey on storage.buckets PRIMARY KEY (id)
constraint download_expiration_in_range on storage.buckets CHECK (((download_expiration >= 1) AND (download_expiration <= 604800)))
constraint file_sha256_is_hex on storage.files CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
constraint file_size_not_negative on storage.files CHECK ((size >= 0))
constraint file_state_known on storage.files CHECK ((state = ANY (ARRAY['pending'::text, 'ready'::text, 'quarantined'::text])))
constraint files_bucket_id_fkey on storage.files FOREIGN KEY (bucket_id) REFERENCES storage.buckets(id) ON UPDATE CASCADE
constraint files_family_id_fkey on storage.files FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint files_family_id_id_key on storage.files UNIQUE (family_id, id)
constraint files_family_id_uploaded_by_user_id_fkey on storage.files FOREIGN KEY (family_id, uploaded_by_user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (uploaded_by_user_id)
constraint files_pkey on storage.files PRIMARY KEY (id)
constraint pending_objects_family_id_fkey on storage.pending_objects FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint pending_objects_family_id_id_key on storage.pending_objects UNIQUE (family_id, id)
constraint pending_objects_pkey on storage.pending_objects PRIMARY KEY (id)

-- indexes
CREATE INDEX nonces_expiry ON auth.nonces USING btree (expires_at)
CREATE INDEX refresh_tokens_session ON auth.refresh_tokens USING btree (session_id)
CREATE INDEX refresh_tokens_user ON auth.refresh_tokens USING btree (user_id, expires_at)
CREATE INDEX revocations_live ON auth.revocations USING btree (expires_at)
CREATE INDEX sessions_family ON auth.sessions USING btree (active_family_id) WHERE (ended_at IS NULL)
CREATE INDEX sessions_user ON auth.sessions USING btree (user_id, last_seen_at DESC)
CREATE INDEX tickets_hash ON auth.tickets USING btree (hash)
CREATE INDEX tickets_user ON auth.tickets USING btree (user_id, purpose)
CREATE INDEX user_providers_user ON auth.user_providers USING btree (user_id)
CREATE INDEX user_security_keys_user ON auth.user_security_keys USING btree (user_id)
CREATE INDEX api_keys_maker ON ops.api_keys USING btree (created_by)
CREATE UNIQUE INDEX audit_events_chain ON ops.audit_events USING btree (COALESCE(family_id, '00000000-0000-0000-0000-000000000000'::uuid), sequence)
CREATE INDEX audit_events_newest ON ops.audit_events USING btree (family_id, created_at DESC, id DESC)
CREATE INDEX audit_events_subject ON ops.audit_events USING btree (family_id, subject_type, subject_id)
CREATE INDEX dead_letters_waiting ON ops.dead_letters USING btree (created_at) WHERE (replayed_at IS NULL)
CREATE INDEX idempotency_keys_expiry ON ops.idempotency_keys USING btree (expires_at)
CREATE UNIQUE INDEX job_once_per_slot ON ops.jobs USING btree (family_id, name, unique_key) NULLS NOT DISTINCT WHERE (unique_key IS NOT NULL)
CREATE INDEX jobs_claimed ON ops.jobs USING btree (claimed_until) WHERE (state = 'claimed'::text)
CREATE INDEX jobs_due ON ops.jobs USING btree (priority DESC, run_at) WHERE (state = 'due'::text)
CREATE INDEX outbox_waiting ON ops.outbox USING btree (available_at) WHERE (delivered_at IS NULL)
CREATE INDEX webhook_deliveries_newest ON ops.webhook_deliveries USING btree (family_id, created_at DESC)
CREATE INDEX album_items_in_order ON public.album_items USING btree (family_id, album_id, "position", id)
CREATE INDEX album_items_of_item ON public.album_items USING btree (family_id, media_item_id)
CREATE INDEX albums_author ON public.albums USING btree (family_id, author_id)
CREATE INDEX albums_newest ON public.albums USING btree (family_id, created_at DESC) WHERE (deleted_at IS NULL)
CREATE INDEX devices_owner ON public.devices USING btree (family_id, owner_id)
CREATE INDEX family_members_user ON public.family_members USING btree (user_id)
CREATE INDEX media_comments_of_item ON public.media_comments USING btree (family_id, media_item_id, created_at)
CREATE INDEX media_items_bytes ON public.media_items USING btree (family_id, sha256)
CREATE INDEX media_items_file ON public.media_items USING btree (family_id, file_id)
CREATE INDEX media_items_newest ON public.media_items USING btree (family_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX media_items_taken ON public.media_items USING btree (family_id, taken_at DESC) WHERE (deleted_at IS NULL)
CREATE INDEX media_items_uploader ON public.media_items USING btree (family_id, uploaded_by, created_at DESC)
CREATE INDEX media_tags_of_item ON public.media_tags USING btree (family_id, media_item_id)
CREATE INDEX media_tags_person ON public.media_tags USING btree (family_id, user_id) WHERE (user_id IS NOT NULL)
CREATE INDEX media_variants_object ON public.media_variants USING btree (object_key)
CREATE INDEX post_assets_in_order ON public.post_assets USING btree (family_id, post_id, "position", id)
CREATE INDEX post_assets_of_item ON public.post_assets USING btree (family_id, media_item_id)
CREATE INDEX post_audiences_viewer ON public.post_audiences USING btree (family_id, user_id, post_id)
CREATE INDEX post_comments_author ON public.post_comments USING btree (family_id, author_id)
CREATE INDEX post_comments_of_post ON public.post_comments USING btree (family_id, post_id, created_at, id)
CREATE INDEX posts_author ON public.posts USING btree (family_id, author_id, created_at DESC)
CREATE INDEX posts_newest ON public.posts USING btree (family_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX posts_pinned ON public.posts USING btree (family_id) WHERE (pinned AND (deleted_at IS NULL))
CREATE INDEX relationships_of_relative ON public.relationships USING btree (family_id, relative_id)
CREATE INDEX stream_contents_newest ON public.stream_contents USING btree (family_id, created_at DESC)
CREATE INDEX stream_sessions_newest ON public.stream_sessions USING btree (family_id, started_at DESC)
CREATE INDEX stream_sessions_running ON public.stream_sessions USING btree (family_id, user_id, device_id) WHERE (ended_at IS NULL)
CREATE INDEX stream_sessions_silent ON public.stream_sessions USING btree (heartbeat_at) WHERE (ended_at IS NULL)
CREATE INDEX files_object ON storage.files USING btree (object_key)
CREATE INDEX files_same_bytes ON storage.files USING btree (family_id, sha256)
CREATE INDEX files_uploader ON storage.files USING btree (family_id, uploaded_by_user_id, created_at DESC)
CREATE INDEX pending_objects_key ON storage.pending_objects USING btree (object_key)
CREATE INDEX pending_objects_renewed ON storage.pending_objects USING btree (renewed_at)

-- policies
policy auth_service on auth.revocations as permissive for * to nself_auth using true
policy tenant_wall on auth.revocations as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check ((family_id IS NULL) OR (family_id = ( SELECT app.family_id() AS family_id)))
policy auth_service on auth.users as permissive for * to nself_auth using true
policy known_people on auth.users as permissive for r to nself_app using ((id = ( SELECT app.user_id() AS user_id)) OR (id IN ( SELECT m.user_id
   FROM public.family_members m
  WHERE (m.family_id = ( SELECT app.family_id() AS family_id)))))
policy oneself on auth.users as permissive for w to nself_app using (id = ( SELECT app.user_id() AS user_id))
policy auth_service on ops.api_keys as permissive for * to nself_auth using true
policy tenant_wall on ops.api_keys as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check ((family_id IS NULL) OR (family_id = ( SELECT app.family_id() AS family_id)))
policy auth_service on ops.audit_events as permissive for * to nself_auth using true
policy members_insert on ops.audit_events as permissive for a to nself_app with check true
policy members_select on ops.audit_events as permissive for r to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on ops.audit_events as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check ((family_id IS NULL) OR (family_id = ( SELECT app.family_id() AS family_id)))
policy tenant_wall on ops.backups as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check ((family_id IS NULL) OR (family_id = ( SELECT app.family_id() AS family_id)))
policy members_select on ops.dead_letters as permissive for r to nself_app using true
policy tenant_wall on ops.dead_letters as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check ((family_id IS NULL) OR (family_id = ( SELECT app.family_id() AS family_id)))
policy members_select on ops.job_runs as permissive for r to nself_app using true
policy tenant_wall on ops.job_runs as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check ((family_id IS NULL) OR (family_id = ( SELECT app.family_id() AS family_id)))
policy auth_service on ops.jobs as permissive for * to nself_auth using true
policy members_insert on ops.jobs as permissive for a to nself_app with check true
policy members_select on ops.jobs as permissive for r to nself_app using true
policy tenant_wall on ops.jobs as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check ((family_id IS NULL) OR (family_id = ( SELECT app.family_id() AS family_id)))
policy auth_service on ops.outbox as permissive for * to nself_auth using true
policy members_insert on ops.outbox as permissive for a to nself_app with check true
policy tenant_wall on ops.outbox as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check ((family_id IS NULL) OR (family_id = ( SELECT app.family_id() AS family_id)))
policy members_insert on ops.webhook_deliveries as permissive for a to nself_app with check true
policy members_select on ops.webhook_deliveries as permissive for r to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on ops.webhook_deliveries as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check ((family_id IS NULL) OR (family_id = ( SELECT app.family_id() AS family_id)))
policy members_delete on public.album_items as permissive for d to nself_app using ((added_by = ( SELECT app.user_id() AS user_id)) OR (EXISTS ( SELECT
   FROM public.albums p
  WHERE ((p.family_id = album_items.family_id) AND (p.id = album_items.album_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.album_items as permissive for a to nself_app with check (( SELECT app.is_contributor() AS is_contributor) AND (added_by = ( SELECT app.user_id() AS user_id)) AND (EXISTS ( SELECT
   FROM public.albums p
  WHERE ((p.family_id = album_items.family_id) AND (p.id = album_items.album_id)))) AND (EXISTS ( SELECT
   FROM public.media_items p
  WHERE ((p.family_id = album_items.family_id) AND (p.id = album_items.media_item_id)))))
policy members_select on public.album_items as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.albums p
  WHERE ((p.family_id = album_items.family_id) AND (p.id = album_items.album_id))))
policy members_update on public.album_items as permissive for w to nself_app using ((added_by = ( SELECT app.user_id() AS user_id)) OR (EXISTS ( SELECT
   FROM public.albums p
  WHERE ((p.family_id = album_items.family_id) AND (p.id = album_items.album_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.album_items as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.albums as permissive for d to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.albums as permissive for a to nself_app with check ((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor))
policy members_select on public.albums as permissive for r to nself_app using ((app.visibility_verdict((deleted_at IS NOT NULL), ( SELECT app.is_person() AS is_person), ((author_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text)), visibility, ( SELECT app.is_adult() AS is_adult), false, (author_id IN ( SELECT h.person_id
   FROM public.hidden_people h
  WHERE ((h.family_id = ( SELECT app.family_id() AS family_id)) AND (h.viewer_id = ( SELECT app.user_id() AS user_id)) AND (h.reason = 'no_mahram_relationship'::text)))), (author_id IN ( SELECT h.person_id
   FROM public.hidden_people h
  WHERE ((h.family_id = ( SELECT app.family_id() AS family_id)) AND (h.viewer_id = ( SELECT app.user_id() AS user_id)) AND (h.reason = 'parental_restriction'::text))))) = ANY (ARRAY['author'::text, 'policy_passed'::text])) OR ((deleted_at IS NOT NULL) AND ((author_id = ( SELECT app.user_id() AS user_id)) OR ((visibility <> 'private'::text) AND ( SELECT app.is_admin() AS is_admin)))))
policy members_update on public.albums as permissive for w to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.albums as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy auth_service on public.device_bootstrap_tokens as permissive for * to nself_auth using true
policy members_select on public.device_bootstrap_tokens as permissive for r to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.device_bootstrap_tokens as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy auth_service on public.devices as permissive for * to nself_auth using true
policy members_delete on public.devices as permissive for d to nself_app using ( SELECT app.is_admin() AS is_admin)
policy members_insert on public.devices as permissive for a to nself_app with check ( SELECT app.is_admin() AS is_admin)
policy members_select on public.devices as permissive for r to nself_app using true
policy members_update on public.devices as permissive for w to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.devices as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.entitlement_claims as permissive for d to nself_app using ( SELECT app.is_admin() AS is_admin)
policy members_insert on public.entitlement_claims as permissive for a to nself_app with check ( SELECT app.is_admin() AS is_admin)
policy members_select on public.entitlement_claims as permissive for r to nself_app using true
policy members_update on public.entitlement_claims as permissive for w to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.entitlement_claims as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy auth_service on public.families as permissive for * to nself_auth using true
policy members_select on public.families as permissive for r to nself_app using true
policy members_update on public.families as permissive for w to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.families as restrictive for * to public using (id = ( SELECT app.family_id() AS family_id)) with check (id = ( SELECT app.family_id() AS family_id))
policy auth_service on public.family_invitations as permissive for * to nself_auth using true
policy members_select on public.family_invitations as permissive for r to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.family_invitations as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy auth_service on public.family_members as permissive for * to nself_auth using true
policy members_select on public.family_members as permissive for r to nself_app using true
policy tenant_wall on public.family_members as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy auth_service on public.family_settings as permissive for * to nself_auth using true
policy members_select on public.family_settings as permissive for r to nself_app using true
policy members_update on public.family_settings as permissive for w to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.family_settings as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.media_comments as permissive for d to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.media_comments as permissive for a to nself_app with check ((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor) AND (EXISTS ( SELECT
   FROM public.media_items p
  WHERE ((p.family_id = media_comments.family_id) AND (p.id = media_comments.media_item_id)))))
policy members_select on public.media_comments as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.media_items p
  WHERE ((p.family_id = media_comments.family_id) AND (p.id = media_comments.media_item_id))))
policy members_update on public.media_comments as permissive for w to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.media_comments as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.media_favorites as permissive for d to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person) AND (EXISTS ( SELECT
   FROM public.media_items p
  WHERE ((p.family_id = media_favorites.family_id) AND (p.id = media_favorites.media_item_id)))))
policy members_insert on public.media_favorites as permissive for a to nself_app with check ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person) AND (EXISTS ( SELECT
   FROM public.media_items p
  WHERE ((p.family_id = media_favorites.family_id) AND (p.id = media_favorites.media_item_id)))))
policy members_select on public.media_favorites as permissive for r to nself_app using (user_id = ( SELECT app.user_id() AS user_id))
policy members_update on public.media_favorites as permissive for w to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person) AND (EXISTS ( SELECT
   FROM public.media_items p
  WHERE ((p.family_id = media_favorites.family_id) AND (p.id = media_favorites.media_item_id)))))
policy tenant_wall on public.media_favorites as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.media_items as permissive for d to nself_app using (((uploaded_by = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.media_items as permissive for a to nself_app with check (((uploaded_by = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_select on public.media_items as permissive for r to nself_app using ((uploaded_by = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text) OR ((deleted_at IS NULL) AND ((EXISTS ( SELECT
   FROM public.post_assets s
  WHERE ((s.family_id = media_items.family_id) AND (s.media_item_id = media_items.id)))) OR (EXISTS ( SELECT
   FROM public.album_items s
  WHERE ((s.family_id = media_items.family_id) AND (s.media_item_id = media_items.id)))))) OR ((deleted_at IS NOT NULL) AND ( SELECT app.is_admin() AS is_admin)))
policy members_update on public.media_items as permissive for w to nself_app using (((uploaded_by = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.media_items as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.media_tags as permissive for d to nself_app using (((created_by = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.media_tags as permissive for a to nself_app with check ((created_by = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor) AND (EXISTS ( SELECT
   FROM public.media_items p
  WHERE ((p.family_id = media_tags.family_id) AND (p.id = media_tags.media_item_id)))))
policy members_select on public.media_tags as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.media_items p
  WHERE ((p.family_id = media_tags.family_id) AND (p.id = media_tags.media_item_id))))
policy members_update on public.media_tags as permissive for w to nself_app using (((created_by = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.media_tags as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.media_variants as permissive for d to nself_app using (( SELECT app.role() AS role) = 'service'::text)
policy members_insert on public.media_variants as permissive for a to nself_app with check (( SELECT app.role() AS role) = 'service'::text)
policy members_select on public.media_variants as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.media_items p
  WHERE ((p.family_id = media_variants.family_id) AND (p.id = media_variants.media_item_id))))
policy members_update on public.media_variants as permissive for w to nself_app using (( SELECT app.role() AS role) = 'service'::text)
policy tenant_wall on public.media_variants as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.parental_contacts as permissive for d to nself_app using ( SELECT app.is_adult() AS is_adult)
policy members_insert on public.parental_contacts as permissive for a to nself_app with check ( SELECT app.is_adult() AS is_adult)
policy members_select on public.parental_contacts as permissive for r to nself_app using true
policy members_update on public.parental_contacts as permissive for w to nself_app using ( SELECT app.is_adult() AS is_adult)
policy tenant_wall on public.parental_contacts as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.parental_controls as permissive for d to nself_app using ( SELECT app.is_adult() AS is_adult)
policy members_insert on public.parental_controls as permissive for a to nself_app with check ( SELECT app.is_adult() AS is_adult)
policy members_select on public.parental_controls as permissive for r to nself_app using true
policy members_update on public.parental_controls as permissive for w to nself_app using ( SELECT app.is_adult() AS is_adult)
policy tenant_wall on public.parental_controls as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.post_assets as permissive for d to nself_app using ((EXISTS ( SELECT
   FROM public.posts p
  WHERE ((p.family_id = post_assets.family_id) AND (p.id = post_assets.post_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.post_assets as permissive for a to nself_app with check ((EXISTS ( SELECT
   FROM public.posts p
  WHERE ((p.family_id = post_assets.family_id) AND (p.id = post_assets.post_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) AND (EXISTS ( SELECT
   FROM public.media_items p
  WHERE ((p.family_id = post_assets.family_id) AND (p.id = post_assets.media_item_id)))))
policy members_select on public.post_assets as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.posts p
  WHERE ((p.family_id = post_assets.family_id) AND (p.id = post_assets.post_id))))
policy members_update on public.post_assets as permissive for w to nself_app using ((EXISTS ( SELECT
   FROM public.posts p
  WHERE ((p.family_id = post_assets.family_id) AND (p.id = post_assets.post_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.post_assets as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.post_audiences as permissive for d to nself_app using ((granted_by = ( SELECT app.user_id() AS user_id)) AND (EXISTS ( SELECT
   FROM public.posts p
  WHERE ((p.family_id = post_audiences.family_id) AND (p.id = post_audiences.post_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))))
policy members_insert on public.post_audiences as permissive for a to nself_app with check ((granted_by = ( SELECT app.user_id() AS user_id)) AND (EXISTS ( SELECT
   FROM public.posts p
  WHERE ((p.family_id = post_audiences.family_id) AND (p.id = post_audiences.post_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))))
policy members_select on public.post_audiences as permissive for r to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) OR (granted_by = ( SELECT app.user_id() AS user_id)))
policy members_update on public.post_audiences as permissive for w to nself_app using ((granted_by = ( SELECT app.user_id() AS user_id)) AND (EXISTS ( SELECT
   FROM public.posts p
  WHERE ((p.family_id = post_audiences.family_id) AND (p.id = post_audiences.post_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))))
policy tenant_wall on public.post_audiences as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.post_comments as permissive for d to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.post_comments as permissive for a to nself_app with check ((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor) AND (EXISTS ( SELECT
   FROM public.posts p
  WHERE ((p.family_id = post_comments.family_id) AND (p.id = post_comments.post_id)))))
policy members_select on public.post_comments as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.posts p
  WHERE ((p.family_id = post_comments.family_id) AND (p.id = post_comments.post_id))))
policy members_update on public.post_comments as permissive for w to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.post_comments as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.post_reactions as permissive for d to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person) AND (EXISTS ( SELECT
   FROM public.posts p
  WHERE ((p.family_id = post_reactions.family_id) AND (p.id = post_reactions.post_id)))))
policy members_insert on public.post_reactions as permissive for a to nself_app with check ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person) AND (EXISTS ( SELECT
   FROM public.posts p
  WHERE ((p.family_id = post_reactions.family_id) AND (p.id = post_reactions.post_id)))))
policy members_select on public.post_reactions as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.posts p
  WHERE ((p.family_id = post_reactions.family_id) AND (p.id = post_reactions.post_id))))
policy members_update on public.post_reactions as permissive for w to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person) AND (EXISTS ( SELECT
   FROM public.posts p
  WHERE ((p.family_id = post_reactions.family_id) AND (p.id = post_reactions.post_id)))))
policy tenant_wall on public.post_reactions as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.posts as permissive for d to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.posts as permissive for a to nself_app with check (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_select on public.posts as permissive for r to nself_app using ((app.visibility_verdict((deleted_at IS NOT NULL), ( SELECT app.is_person() AS is_person), ((author_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text)), visibility, ( SELECT app.is_adult() AS is_adult), (EXISTS ( SELECT
   FROM public.post_audiences a
  WHERE ((a.family_id = posts.family_id) AND (a.post_id = posts.id) AND (a.user_id = ( SELECT app.user_id() AS user_id))))), (author_id IN ( SELECT h.person_id
   FROM public.hidden_people h
  WHERE ((h.family_id = ( SELECT app.family_id() AS family_id)) AND (h.viewer_id = ( SELECT app.user_id() AS user_id)) AND (h.reason = 'no_mahram_relationship'::text)))), (author_id IN ( SELECT h.person_id
   FROM public.hidden_people h
  WHERE ((h.family_id = ( SELECT app.family_id() AS family_id)) AND (h.viewer_id = ( SELECT app.user_id() AS user_id)) AND (h.reason = 'parental_restriction'::text))))) = ANY (ARRAY['author'::text, 'policy_passed'::text])) OR ((deleted_at IS NOT NULL) AND ((author_id = ( SELECT app.user_id() AS user_id)) OR ((visibility <> 'private'::text) AND ( SELECT app.is_admin() AS is_admin)))))
policy members_update on public.posts as permissive for w to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.posts as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_select on public.quota_limits as permissive for r to nself_app using true
policy tenant_wall on public.quota_limits as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.relationships as permissive for d to nself_app using ( SELECT app.is_adult() AS is_adult)
policy members_insert on public.relationships as permissive for a to nself_app with check ( SELECT app.is_adult() AS is_adult)
policy members_select on public.relationships as permissive for r to nself_app using true
policy members_update on public.relationships as permissive for w to nself_app using ( SELECT app.is_adult() AS is_adult)
policy tenant_wall on public.relationships as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.stream_contents as permissive for d to nself_app using ( SELECT app.is_admin() AS is_admin)
policy members_insert on public.stream_contents as permissive for a to nself_app with check ( SELECT app.is_admin() AS is_admin)
policy members_select on public.stream_contents as permissive for r to nself_app using (( SELECT app.is_person() AS is_person) OR (( SELECT app.role() AS role) = 'device'::text))
policy members_update on public.stream_contents as permissive for w to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.stream_contents as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.stream_sessions as permissive for d to nself_app using (( SELECT app.is_person() AS is_person) OR (( SELECT app.role() AS role) = 'device'::text))
policy members_insert on public.stream_sessions as permissive for a to nself_app with check (( SELECT app.is_person() AS is_person) OR (( SELECT app.role() AS role) = 'device'::text))
policy members_select on public.stream_sessions as permissive for r to nself_app using true
policy members_update on public.stream_sessions as permissive for w to nself_app using (( SELECT app.is_person() AS is_person) OR (( SELECT app.role() AS role) = 'device'::text))
policy tenant_wall on public.stream_sessions as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_insert on public.usage_metrics as permissive for a to nself_app with check true
policy members_select on public.usage_metrics as permissive for r to nself_app using true
policy members_update on public.usage_metrics as permissive for w to nself_app using true
policy tenant_wall on public.usage_metrics as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy auth_service on public.user_app_roles as permissive for * to nself_auth using true
policy members_delete on public.user_app_roles as permissive for d to nself_app using ( SELECT app.is_admin() AS is_admin)
policy members_insert on public.user_app_roles as permissive for a to nself_app with check ( SELECT app.is_admin() AS is_admin)
policy members_select on public.user_app_roles as permissive for r to nself_app using true
policy members_update on public.user_app_roles as permissive for w to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.user_app_roles as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.visibility_overrides as permissive for d to nself_app using ( SELECT app.is_admin() AS is_admin)
policy members_insert on public.visibility_overrides as permissive for a to nself_app with check (( SELECT app.is_adult() AS is_adult) AND (requested_by = ( SELECT app.user_id() AS user_id)))
policy members_select on public.visibility_overrides as permissive for r to nself_app using true
policy members_update on public.visibility_overrides as permissive for w to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.visibility_overrides as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on storage.files as permissive for d to nself_app using (((uploaded_by_user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR (( SELECT app.role() AS role) = 'service'::text) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on storage.files as permissive for a to nself_app with check (((uploaded_by_user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_select on storage.files as permissive for r to nself_app using (((uploaded_by_user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_update on storage.files as permissive for w to nself_app using (((uploaded_by_user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR (( SELECT app.role() AS role) = 'service'::text))
policy shown_media on storage.files as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.media_items i
  WHERE ((i.family_id = files.family_id) AND (i.file_id = files.id))))
policy tenant_wall on storage.files as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on storage.pending_objects as permissive for d to nself_app using (( SELECT app.is_contributor() AS is_contributor) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_insert on storage.pending_objects as permissive for a to nself_app with check (( SELECT app.is_contributor() AS is_contributor) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_select on storage.pending_objects as permissive for r to nself_app using true
policy members_update on storage.pending_objects as permissive for w to nself_app using (( SELECT app.is_contributor() AS is_contributor) OR (( SELECT app.role() AS role) = 'service'::text))
policy tenant_wall on storage.pending_objects as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))

-- triggers
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON auth.revocations FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON auth.user_providers FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce AFTER INSERT OR DELETE OR UPDATE ON auth.users FOR EACH STATEMENT EXECUTE FUNCTION app.announce_to_all()
CREATE TRIGGER touch BEFORE UPDATE ON auth.users FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON ops.api_keys FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON ops.api_keys FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER insert_only BEFORE DELETE OR UPDATE OR TRUNCATE ON ops.audit_events FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_rewriting()
CREATE TRIGGER join_chain BEFORE INSERT ON ops.audit_events FOR EACH ROW EXECUTE FUNCTION ops.join_audit_chain()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON ops.audit_events FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON ops.backups FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON ops.dead_letters FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON ops.job_runs FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON ops.jobs FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON ops.jobs FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON ops.outbox FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON ops.webhook_deliveries FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER announce_delete AFTER DELETE ON public.album_items REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.album_items REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.album_items REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.album_items FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.album_items FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.albums REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.albums REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.albums REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.albums FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.albums FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.device_bootstrap_tokens REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.device_bootstrap_tokens REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.device_bootstrap_tokens REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.device_bootstrap_tokens FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.device_bootstrap_tokens FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.devices REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.devices REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.devices REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.devices FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.devices FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.entitlement_claims REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.entitlement_claims REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.entitlement_claims REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.entitlement_claims FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.entitlement_claims FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce AFTER INSERT OR DELETE OR UPDATE ON public.families FOR EACH ROW EXECUTE FUNCTION app.announce_family()
CREATE TRIGGER give_settings AFTER INSERT ON public.families FOR EACH ROW EXECUTE FUNCTION app.give_settings()
CREATE TRIGGER touch BEFORE UPDATE ON public.families FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.family_invitations REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.family_invitations REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.family_invitations REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.family_invitations FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.family_invitations FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.family_members REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.family_members REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.family_members REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER keep_an_owner AFTER DELETE OR UPDATE OF role, state ON public.family_members FOR EACH ROW WHEN (((old.role = 'OWNER'::text) AND (old.state = 'active'::text))) EXECUTE FUNCTION app.keep_an_owner()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.family_members FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.family_members FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.family_settings REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.family_settings REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.family_settings REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER UPDATE OF mahram_mode, parental_controls, moderation, default_visibility ON public.family_settings FOR EACH ROW EXECUTE FUNCTION app.audit_kinship('family_settings')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.family_settings FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.family_settings FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.media_comments REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.media_comments REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.media_comments REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER only_author_rewrites BEFORE UPDATE OF body ON public.media_comments FOR EACH ROW WHEN ((old.body IS DISTINCT FROM new.body)) EXECUTE FUNCTION app.only_author_rewrites('author_id')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.media_comments FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.media_comments FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.media_favorites REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.media_favorites REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.media_favorites REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.media_favorites FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.media_favorites FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.media_items REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.media_items REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.media_items REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER note_deletion BEFORE UPDATE OF deleted_at ON public.media_items FOR EACH ROW EXECUTE FUNCTION app.note_deletion()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.media_items FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.media_items FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.media_tags REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.media_tags REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.media_tags REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.media_tags FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.media_tags FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.media_variants REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.media_variants REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.media_variants REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.media_variants FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.media_variants FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.parental_contacts REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.parental_contacts REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.parental_contacts REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.parental_contacts FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.parental_contacts FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.parental_controls REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.parental_controls REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.parental_controls REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.parental_controls FOR EACH ROW EXECUTE FUNCTION app.audit_kinship('parental_control')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.parental_controls FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.parental_controls FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.post_assets REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.post_assets REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.post_assets REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.post_assets FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.post_assets FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.post_audiences REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.post_audiences REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.post_audiences REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.post_audiences FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.post_audiences FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.post_comments REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.post_comments REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.post_comments REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER only_author_rewrites BEFORE UPDATE OF body ON public.post_comments FOR EACH ROW WHEN ((old.body IS DISTINCT FROM new.body)) EXECUTE FUNCTION app.only_author_rewrites('author_id')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.post_comments FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.post_comments FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.post_reactions REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.post_reactions REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.post_reactions REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.post_reactions FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.post_reactions FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.posts REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.posts REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.posts REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER note_deletion BEFORE UPDATE OF deleted_at ON public.posts FOR EACH ROW EXECUTE FUNCTION app.note_deletion()
CREATE TRIGGER only_author_rewrites BEFORE UPDATE OF body, visibility ON public.posts FOR EACH ROW WHEN (((old.body IS DISTINCT FROM new.body) OR (old.visibility IS DISTINCT FROM new.visibility))) EXECUTE FUNCTION app.only_author_rewrites('author_id')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.posts FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.posts FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER touch BEFORE UPDATE ON public.quota_defaults FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.quota_limits REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.quota_limits REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.quota_limits REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.quota_limits FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.quota_limits FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.relationships REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.relationships REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.relationships REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.relationships FOR EACH ROW EXECUTE FUNCTION app.audit_kinship('relationship')
CREATE TRIGGER mirror AFTER INSERT OR DELETE OR UPDATE ON public.relationships FOR EACH ROW EXECUTE FUNCTION app.mirror_relationship()
CREATE TRIGGER presume_mahram BEFORE INSERT ON public.relationships FOR EACH ROW EXECUTE FUNCTION app.presume_mahram()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.relationships FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.relationships FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.stream_contents REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.stream_contents REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.stream_contents REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.stream_contents FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.stream_contents FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.stream_sessions REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.stream_sessions REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.stream_sessions REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.stream_sessions FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.stream_sessions FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.usage_metrics REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.usage_metrics REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.usage_metrics REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.usage_metrics FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.usage_metrics FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.user_app_roles REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.user_app_roles REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.user_app_roles REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.user_app_roles FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.user_app_roles FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.visibility_overrides REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.visibility_overrides REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.visibility_overrides REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.visibility_overrides FOR EACH ROW EXECUTE FUNCTION app.audit_kinship('visibility_override')
CREATE TRIGGER sign BEFORE INSERT OR UPDATE ON public.visibility_overrides FOR EACH ROW EXECUTE FUNCTION app.sign_override()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.visibility_overrides FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.visibility_overrides FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER touch BEFORE UPDATE ON storage.buckets FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON storage.files REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON storage.files REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON storage.files REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON storage.files FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON storage.files FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON storage.pending_objects FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()

-- functions
CREATE OR REPLACE FUNCTION app.add_usage(family uuid, metric text, amount bigint, period text DEFAULT 'total'::text, period_start date DEFAULT '1970-01-01'::date)
 RETURNS bigint
 LANGUAGE sql
AS $function$
    insert into public.usage_metrics as u (family_id, metric, period, period_start, value)
    values (add_usage.family, add_usage.metric, add_usage.period, add_usage.period_start, greatest(add_usage.amount, 0))
    on conflict on constraint one_count_per_period
      do update set value = greatest(u.value + add_usage.amount, 0)
    returning value
  $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.announce_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  declare
    changed uuid;
  begin
    for changed in select distinct family_id from changed_rows loop
      perform pg_notify('nself_changes',
        json_build_object('table', tg_table_schema || '.' || tg_table_name, 'family', changed)::text);
    end loop;
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.announce_family()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    perform pg_notify('nself_changes',
      json_build_object('table', 'public.families', 'family', coalesce(new.id, old.id))::text);
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.announce_to_all()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    perform pg_notify('nself_changes',
      json_build_object('table', tg_table_schema || '.' || tg_table_name, 'family', null)::text);
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.api_key_by_hash(hash text)
 RETURNS TABLE(id uuid, family_id uuid, created_by uuid, role text, scopes text[], rate_limit integer, expires_at timestamp with time zone, revoked_at timestamp with time zone)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    update ops.api_keys k set last_used_at = now()
    where  k.hash = api_key_by_hash.hash and k.last_used_at is distinct from now();
    select k.id, k.family_id, k.created_by, k.role, k.scopes, k.rate_limit, k.expires_at, k.revoked_at
    from   ops.api_keys k
    where  k.hash = api_key_by_hash.hash;
  $function$
 -- owned by nself_crossing; grant execute to nself_app; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.audit_kinship()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  declare
    was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    is_ jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  begin
    -- One edit is one event: the mirror that the database writes by itself is none.
    if pg_trigger_depth() > 1 then return null; end if;
    perform ops.record(
      tg_argv[0] || '.' || case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'changed' else 'removed' end,
      (coalesce(is_, was) ->> 'family_id')::uuid, tg_argv[0], coalesce(is_, was) ->> 'id', was, is_);
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.bootstrap_token_by_hash(hash text)
 RETURNS TABLE(id uuid, family_id uuid, device_type text, name text, expires_at timestamp with time zone, used_at timestamp with time zone, revoked_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT t.id,
     t.family_id,
     t.device_type,
     t.name,
     t.expires_at,
     t.used_at,
     t.revoked_at
    FROM public.device_bootstrap_tokens t
   WHERE (t.token_hash = bootstrap_token_by_hash.hash);
END
 -- owned by nself_crossing; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.device_by_id(device uuid)
 RETURNS TABLE(id uuid, family_id uuid, type text, public_key text, trusted boolean, revoked_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT d.id,
     d.family_id,
     d.type,
     d.public_key,
     d.trusted,
     d.revoked_at
    FROM public.devices d
   WHERE (d.id = device_by_id.device);
END
 -- owned by nself_crossing; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.family_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE(app.uuid_or_null(current_setting('app.family_id'::text, true)), app.uuid_or_null(app.session_variable('x-hasura-family-id'::text)))
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.give_settings()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    insert into family_settings (family_id) values (new.id) on conflict do nothing;
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.inverse_relationship(type text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE type WHEN 'parent'::text THEN 'child'::text WHEN 'child'::text THEN 'parent'::text WHEN 'grandparent'::text THEN 'grandchild'::text WHEN 'grandchild'::text THEN 'grandparent'::text WHEN 'uncle_aunt'::text THEN 'nephew_niece'::text WHEN 'nephew_niece'::text THEN 'uncle_aunt'::text ELSE type END
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.invitation_by_token(hash text)
 RETURNS TABLE(id uuid, family_id uuid, family_name text, email public.citext, role text, invited_by uuid, expires_at timestamp with time zone, used_at timestamp with time zone, revoked_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT i.id,
     i.family_id,
     f.name,
     i.email,
     i.role,
     i.invited_by,
     i.expires_at,
     i.used_at,
     i.revoked_at
    FROM (public.family_invitations i
      JOIN public.families f ON ((f.id = i.family_id)))
   WHERE (i.token_hash = invitation_by_token.hash);
END
 -- owned by nself_crossing; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.is_admin()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (app.role() = ANY (ARRAY['owner'::text, 'admin_member'::text, 'service'::text]))
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.is_adult()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (app.role() = ANY (ARRAY['owner'::text, 'admin_member'::text, 'adult'::text, 'service'::text]))
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.is_contributor()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (app.role() = ANY (ARRAY['owner'::text, 'admin_member'::text, 'adult'::text, 'youth'::text, 'service'::text]))
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.is_person()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (app.role() = ANY (ARRAY['owner'::text, 'admin_member'::text, 'adult'::text, 'youth'::text, 'child'::text, 'service'::text]))
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.keep_an_owner()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    -- Two owners who leave at once would each count the other: they take turns at the family's row.
    perform from public.families f where f.id = old.family_id for no key update;
    if found and not exists (
      select from public.family_members m
      where m.family_id = old.family_id and m.role = 'OWNER' and m.state = 'active')
    then
      raise exception 'a family keeps at least one owner'
        using errcode = 'check_violation', constraint = 'family_keeps_an_owner';
    end if;
    return null;
  end $function$
 -- owned by nself_crossing;
CREATE OR REPLACE FUNCTION app.live_revocations()
 RETURNS TABLE(kind text, session_id uuid, user_id uuid, family_id uuid, device_id uuid, at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT r.kind,
     r.session_id,
     r.user_id,
     r.family_id,
     r.device_id,
     r.at
    FROM auth.revocations r
   WHERE (r.expires_at > now())
   ORDER BY r.at;
END
 -- owned by nself_crossing; grant execute to nself_app; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.mirror_relationship()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    if tg_op = 'DELETE' then
      delete from public.relationships r
      where r.family_id = old.family_id and r.user_id = old.relative_id and r.relative_id = old.user_id
        and r.type = app.inverse_relationship(old.type);
      return null;
    end if;
    insert into public.relationships as r (family_id, user_id, relative_id, type, is_mahram, note)
    values (new.family_id, new.relative_id, new.user_id, app.inverse_relationship(new.type), new.is_mahram, new.note)
    on conflict on constraint one_of_each_type_per_pair
      do update set is_mahram = excluded.is_mahram, note = excluded.note
      where (r.is_mahram, r.note) is distinct from (excluded.is_mahram, excluded.note);
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.my_api_keys()
 RETURNS TABLE(id uuid, family_id uuid, name text, prefix text, role text, scopes text[], rate_limit integer, last_used_at timestamp with time zone, expires_at timestamp with time zone, revoked_at timestamp with time zone, created_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT k.id,
     k.family_id,
     k.name,
     k.prefix,
     k.role,
     k.scopes,
     k.rate_limit,
     k.last_used_at,
     k.expires_at,
     k.revoked_at,
     k.created_at
    FROM ops.api_keys k
   WHERE (k.created_by = app.user_id())
   ORDER BY k.created_at DESC;
END
 -- owned by nself_crossing; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.my_families()
 RETURNS TABLE(family_id uuid, name text, state text, role text, member_state text, joined_at timestamp with time zone, time_zone text, locale text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT f.id,
     f.name,
     f.state,
     m.role,
     m.state,
     m.joined_at,
     f.time_zone,
     f.locale
    FROM (public.family_members m
      JOIN public.families f ON ((f.id = m.family_id)))
   WHERE (m.user_id = app.user_id())
   ORDER BY m.joined_at, f.id;
END
 -- owned by nself_crossing; grant execute to nself_app; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.note_deletion()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    if new.deleted_at is null then
      new.deleted_by := null;
    elsif old.deleted_at is null then
      new.deleted_by := coalesce(app.user_id(), new.deleted_by);
    end if;
    return new;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.only_author_rewrites()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    if current_user = 'nself_app' and app.role() <> 'service'
       and (to_jsonb(old) ->> tg_argv[0])::uuid is distinct from app.user_id() then
      raise exception 'only the author rewrites it'
        using errcode = 'check_violation', constraint = 'only_author_rewrites';
    end if;
    return new;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.presume_mahram()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    new.is_mahram := coalesce(new.is_mahram, case
      when new.type in ('spouse', 'parent', 'child', 'sibling', 'grandparent', 'grandchild') then true
      when new.type = 'cousin' then false
    end);
    return new;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.quota(family uuid, metric text)
 RETURNS TABLE(soft_limit bigint, hard_limit bigint, alert_at real)
 LANGUAGE sql
 STABLE
AS $function$
    select coalesce(l.soft_limit, d.soft_limit), coalesce(l.hard_limit, d.hard_limit), coalesce(l.alert_at, d.alert_at)
    from   public.quota_defaults d
    left   join public.quota_limits l on l.metric = d.metric and l.family_id = quota.family
    where  d.metric = quota.metric
  $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.refuse_family_move()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    if new.family_id is distinct from old.family_id then
      raise exception 'a row never moves to another family'
        using errcode = 'check_violation', constraint = 'stay_in_family';
    end if;
    return new;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.revoke_my_api_key(key uuid)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    with ended as (
      update ops.api_keys k set revoked_at = now()
      where k.id = revoke_my_api_key.key and k.created_by = app.user_id() and k.revoked_at is null
      returning 1)
    select exists (select from ended)
  $function$
 -- owned by nself_crossing; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.role()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE(NULLIF(current_setting('app.role'::text, true), ''::text), app.session_variable('x-hasura-role'::text), 'anonymous'::text)
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.session_variable(name text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
AS $function$
  declare
    session text := nullif(current_setting('hasura.user', true), '');
  begin
    return session::json ->> name;
  exception when invalid_text_representation then
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.sign_override()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    if tg_op = 'INSERT' then
      new.requested_by := coalesce(new.requested_by, app.user_id());
      new.confirmed_by := null;
      new.confirmed_at := null;
    elsif new.confirmed_at is null then
      new.confirmed_by := null;
    elsif old.confirmed_at is null then
      new.confirmed_by := app.user_id();
      new.confirmed_at := now();
    end if;
    return new;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    new.updated_at := clock_timestamp();
    return new;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.trace_id()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('app.trace_id'::text, true), ''::text)
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.user_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE(app.uuid_or_null(current_setting('app.user_id'::text, true)), app.uuid_or_null(app.session_variable('x-hasura-user-id'::text)))
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.uuid_or_null(word text)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (word ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'::text) THEN (word)::uuid ELSE NULL::uuid END
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.uuid_v7()
 RETURNS uuid
 LANGUAGE sql
 PARALLEL SAFE
RETURN (encode(set_bit(set_bit(OVERLAY(uuid_send(gen_random_uuid()) PLACING SUBSTRING(int8send(((EXTRACT(epoch FROM clock_timestamp()) * (1000)::numeric))::bigint) FROM 3) FROM 1 FOR 6), (52)::bigint, 1), (53)::bigint, 1), 'hex'::text))::uuid
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.visibility_verdict(deleted boolean, is_member boolean, is_author boolean, visibility text, is_adult boolean, in_audience boolean, mahram_hidden boolean, parent_hidden boolean)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN deleted THEN 'post_not_found'::text WHEN (is_member IS NOT TRUE) THEN 'not_family_member'::text WHEN is_author THEN 'author'::text WHEN ((visibility = 'adults_only'::text) AND (NOT is_adult)) THEN 'adults_only_content'::text WHEN ((visibility = 'private'::text) AND (NOT in_audience)) THEN 'not_in_audience'::text WHEN mahram_hidden THEN 'no_mahram_relationship'::text WHEN parent_hidden THEN 'parental_restriction'::text WHEN (visibility = ANY (ARRAY['public'::text, 'family'::text, 'adults_only'::text, 'private'::text])) THEN 'policy_passed'::text ELSE 'post_not_found'::text END
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.within_hours(at timestamp with time zone, zone text, since time without time zone, until time without time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN CASE WHEN ((since IS NULL) OR (until IS NULL)) THEN true WHEN (since <= until) THEN ((((at AT TIME ZONE zone))::time without time zone >= since) AND (((at AT TIME ZONE zone))::time without time zone < until)) ELSE ((((at AT TIME ZONE zone))::time without time zone >= since) OR (((at AT TIME ZONE zone))::time without time zone < until)) END
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION ops.audit_faults(chain_of uuid DEFAULT NULL::uuid)
 RETURNS TABLE(chain uuid, sequence bigint, fault text)
 LANGUAGE sql
 STABLE
AS $function$
    with events as (
      select coalesce(e.family_id, '00000000-0000-0000-0000-000000000000') as chain, e.sequence, e.previous_hash, e.hash,
             ops.audit_hash(e) as expected,
             lag(e.hash, 1, ''::bytea) over w as before,
             lag(e.sequence, 1, 0::bigint) over w as last
      from   ops.audit_events e
      window w as (partition by e.family_id order by e.sequence)
    ), faults as (
      select chain, sequence, case
               when sequence <> last + 1         then 'an event before it is missing'
               when previous_hash <> before      then 'it does not follow from the event before it'
               when hash <> expected             then 'it was changed'
             end as fault
      from events
      union all
      select c.chain, c.sequence, 'the end of the chain is missing'
      from   ops.audit_chains c
      where  c.sequence <> (select count(*) from events e where e.chain = c.chain)
    )
    select distinct on (f.chain) f.chain, f.sequence, f.fault
    from   faults f
    where  f.fault is not null and (chain_of is null or f.chain = chain_of)
    order  by f.chain, f.sequence
  $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION ops.audit_hash(event ops.audit_events)
 RETURNS bytea
 LANGUAGE sql
 STABLE
 SET "TimeZone" TO 'UTC'
AS $function$
    select sha256(event.previous_hash || convert_to(
      jsonb_build_array(
        event.id, event.family_id, event.sequence, event.type, event.actor_id, event.subject_type, event.subject_id,
        event.old_state, event.new_state, event.ip, event.agent, event.trace_id, event.created_at)::text, 'UTF8'))
  $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION ops.claim_due_jobs(n integer, worker text DEFAULT ''::text, lease interval DEFAULT '00:05:00'::interval)
 RETURNS SETOF ops.jobs
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
  $function$
 -- owned by nself_crossing; grant execute to nself_app
CREATE OR REPLACE FUNCTION ops.claim_outbox(n integer, lease interval DEFAULT '00:01:00'::interval)
 RETURNS SETOF ops.outbox
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    with waiting as (
      select o.id from ops.outbox o
      where  o.delivered_at is null and o.available_at <= clock_timestamp()
      order  by o.available_at
      limit  claim_outbox.n
      for update skip locked)
    update ops.outbox o
    set    attempts = o.attempts + 1, available_at = clock_timestamp() + claim_outbox.lease
    from   waiting where o.id = waiting.id
    returning o.*
  $function$
 -- owned by nself_crossing; grant execute to nself_app
CREATE OR REPLACE FUNCTION ops.end_silent_streams(after interval DEFAULT '00:00:45'::interval)
 RETURNS TABLE(id uuid, family_id uuid, user_id uuid, device_id uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    update public.stream_sessions s
    set    ended_at = greatest(clock_timestamp(), s.started_at), end_reason = 'silent'
    where  s.ended_at is null and s.heartbeat_at < clock_timestamp() - end_silent_streams.after
    returning s.id, s.family_id, s.user_id, s.device_id
  $function$
 -- owned by nself_crossing; grant execute to nself_app
CREATE OR REPLACE FUNCTION ops.fail_job(job uuid, error text, retry_at timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
  end $function$
 -- owned by nself_crossing; grant execute to nself_app
CREATE OR REPLACE FUNCTION ops.finish_job(job uuid, result jsonb DEFAULT NULL::jsonb)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    update ops.job_runs r set finished_at = clock_timestamp()
    from   ops.jobs j
    where  j.id = finish_job.job and r.job_id = j.id and r.attempt = j.attempts;
    update ops.jobs j
    set    state = 'done', finished_at = clock_timestamp(), claimed_until = null, result = finish_job.result
    where  j.id = finish_job.job and j.state = 'claimed';
  $function$
 -- owned by nself_crossing; grant execute to nself_app
CREATE OR REPLACE FUNCTION ops.join_audit_chain()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  declare
    chain_of uuid := coalesce(new.family_id, '00000000-0000-0000-0000-000000000000');
    head     ops.audit_chains;
  begin
    insert into ops.audit_chains (chain) values (chain_of) on conflict do nothing;
    select * into strict head from ops.audit_chains c where c.chain = chain_of for update;

    if new.subject_type = 'user' and app.uuid_or_null(new.subject_id) is not null then
      new.subject_id := ops.pseudonym(new.subject_id::uuid)::text;
    end if;
    new.actor_id      := ops.pseudonym(new.actor_id);
    new.sequence      := head.sequence + 1;
    new.previous_hash := head.hash;
    new.created_at    := clock_timestamp();
    new.hash          := ops.audit_hash(new);

    update ops.audit_chains set sequence = new.sequence, hash = new.hash where chain = chain_of;
    return new;
  end $function$
 -- owned by nself_crossing;
CREATE OR REPLACE FUNCTION ops.keep_job(job uuid, lease interval DEFAULT '00:05:00'::interval)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    with kept as (
      update ops.jobs j set claimed_until = clock_timestamp() + keep_job.lease
      where j.id = keep_job.job and j.state = 'claimed' returning 1)
    select exists (select from kept)
  $function$
 -- owned by nself_crossing; grant execute to nself_app
CREATE OR REPLACE FUNCTION ops.pseudonym(person uuid)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
  declare
    found_id uuid;
  begin
    if person is null then return null; end if;
    insert into ops.audit_pseudonyms (user_id) values (person) on conflict (user_id) do nothing;
    select p.id into strict found_id from ops.audit_pseudonyms p where p.user_id = person;
    return found_id;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION ops.record(type text, family uuid, subject_type text, subject_id text, old_state jsonb DEFAULT NULL::jsonb, new_state jsonb DEFAULT NULL::jsonb)
 RETURNS void
 LANGUAGE sql
BEGIN ATOMIC
 INSERT INTO ops.audit_events (family_id, type, actor_id, subject_type, subject_id, old_state, new_state, trace_id)
   VALUES (record.family, record.type, app.user_id(), record.subject_type, record.subject_id, record.old_state, record.new_state, app.trace_id());
END
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION ops.refuse_rewriting()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    raise exception 'the audit trail is written once'
      using errcode = 'check_violation', constraint = 'audit_is_insert_only';
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION ops.settle_outbox(message uuid, error text DEFAULT NULL::text, retry_at timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    update ops.outbox o
    set    delivered_at = case when settle_outbox.error is null then clock_timestamp() end,
           last_error   = settle_outbox.error,
           available_at = coalesce(settle_outbox.retry_at, o.available_at)
    where  o.id = settle_outbox.message and o.delivered_at is null
  $function$
 -- owned by nself_crossing; grant execute to nself_app

-- comments
comment on auth.revocations.at is 'Tokens issued before this moment are refused.'
comment on auth.revocations.family_id is 'No foreign key: a revocation outlives the family it speaks of.'
comment on auth.sessions.authenticated_at is 'When the person last proved who she is; a vault asks for a fresh one.'
comment on auth.sessions.expires_at is 'The absolute end, however often the session is refreshed.'
comment on ops.audit_chains.chain is 'The family, or the nil uuid for the platform.'
comment on ops.audit_events.actor_id is 'Inserted as the user; kept as her pseudonym.'
comment on ops.audit_events.family_id is 'No foreign key: the trail outlives the family.'
comment on ops.jobs.claimed_until is 'A worker that died loses its claim at this moment and the job is due again.'
comment on ops.jobs.unique_key is 'Names the slot: the same key enqueued again is the same job.'
comment on public.albums.visibility is '"private" is for its author alone.'
comment on public.devices.public_key is 'Ed25519, base64url of the raw 32 bytes.'
comment on public.family_invitations.token_hash is 'sha256 of the token, hex. The token itself is shown once.'
comment on public.parental_controls.activity_visible is 'Guardians see what the child does.'
comment on public.parental_controls.adults_only is 'May watch streams that are rated for adults. Posts for adults are never shown to minors.'
comment on public.parental_controls.contacts_only is 'Sees and writes to nobody but the contacts that are named.'
comment on public.parental_controls.screen_from is 'Screen hours in the family''s time zone; they may run over midnight.'
comment on public.relationships.is_mahram is 'Null means nobody has said so; the mahram mode takes that as no.'
comment on public.stream_contents.parental_level is 'Youngest age, in years, that may watch.'
comment on storage.buckets.allowed_types is 'MIME types or "image/*"; null leaves it to the common allow-list.'
