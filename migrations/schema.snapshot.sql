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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth; grant delete, select to nself_crossing
  comment 'A device that waits for somebody to type its code (RFC 8628).'
table auth.nonces
  nonce text not null
  subject text not null
  expires_at timestamp with time zone not null
  created_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth; grant delete, select to nself_crossing
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'A code that an app changes for tokens, good once (RFC 7636).'
table auth.provider_requests
  id uuid not null default app.uuid_v7()
  options jsonb
  created_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'A sign-in that is under way at a provider.'
table auth.providers
  id text not null
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'Where else somebody can prove who they are: Google, GitHub, Apple, any OpenID provider.'
table auth.recovery_codes
  id uuid not null default app.uuid_v7()
  user_id uuid not null
  hash text not null
  used_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'Codes for whoever has lost the second factor, by hash, good once.'
table auth.refresh_token_types
  value text not null
  comment text
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'What a refresh token is for.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth; grant select, update to nself_crossing
  comment 'What keeps a session alive, by hash. Each is good once; its successor is noted.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth; grant delete, insert, select to nself_crossing
  comment 'What refuses access tokens before they expire: an ended session, user, membership or device.'
table auth.roles
  role text not null
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'What a request can act as.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth; grant select, update to nself_crossing
  comment 'A person signed in on one device: from where, with what, until when.'
table auth.signing_keys
  kid text not null
  algorithm text not null
  public_jwk jsonb not null
  private_key_sealed bytea
  state text not null default 'active'::text
  created_at timestamp with time zone not null default now()
  retired_at timestamp with time zone
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'The keys that sign access tokens: the next, the active, and those that still verify.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth; grant delete, select to nself_crossing
  comment 'Everything that is sent to a person and comes back once: links, one-time codes, MFA tickets. Hashed, bound to purpose.'
table auth.totp_uses
  user_id uuid not null
  step bigint not null
  created_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'An account of a person with one of them.'
table auth.user_roles
  id uuid not null default app.uuid_v7()
  created_at timestamp with time zone not null default now()
  user_id uuid not null
  role text not null
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'The roles that a person may take besides those of a family.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
  comment 'A passkey or security key of a person (WebAuthn).'
table auth.users row level security, forced
  id uuid not null default app.uuid_v7(); grant select to nself_app; grant select to nself_crossing
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_auth; grant select, update to nself_crossing
  comment 'Keys of machines, by hash, with what they may do.'
table ops.audit_chains
  chain uuid not null
  sequence bigint not null default 0
  hash bytea not null default '\x'::bytea
  created_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant insert, select, update to nself_crossing
  comment 'The last event of each chain: of each family, and of the platform.'
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
  grant insert, references, select, trigger to nself_admin; grant insert, select to nself_app; grant insert, select to nself_auth; grant insert to nself_crossing
  comment 'What happened, who did it, to what. Rows are never changed and never removed.'
table ops.audit_pseudonyms
  id uuid not null default gen_random_uuid()
  user_id uuid
  created_at timestamp with time zone not null default now()
  erased_at timestamp with time zone
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant insert, select to nself_crossing
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin
  comment 'Backups that were made, where they lie and whether they were verified.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant insert to nself_crossing
  comment 'Jobs that failed too often and wait for a person.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant delete, insert, select, update to nself_auth; grant delete, select to nself_crossing
  comment 'Requests that were answered, so that one sent twice takes effect once.'
table ops.job_runs row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid
  job_id uuid not null
  attempt integer not null
  worker text not null default ''::text
  started_at timestamp with time zone not null default clock_timestamp()
  finished_at timestamp with time zone
  error text
  created_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant insert, select, update to nself_crossing
  comment 'One attempt at a job.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant insert, select to nself_app; grant insert, select to nself_auth; grant select, update to nself_crossing
  comment 'Work that is due, and what became of it.'
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
  expires_at timestamp with time zone
  delivered_at timestamp with time zone
  last_error text
  trace_id text
  created_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant insert to nself_app; grant insert to nself_auth; grant delete, select, update to nself_crossing
  comment 'What other systems are to be told, written in the transaction of the change itself.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant insert, select to nself_app
  comment 'Each call of an address of somebody else, with its answer.'
table public.activity_log row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  actor_id uuid
  verb text not null
  subject_type text not null
  subject_id uuid
  summary text not null default ''::text
  data jsonb not null default '{}'::jsonb
  created_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant insert, select to nself_app
  comment 'What is going on in the family. What is private or for adults is not told here.'
table public.album_items row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  album_id uuid not null
  media_item_id uuid not null
  position integer not null default 0
  added_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'What lies in an album, in order.'
table public.albums row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  author_id uuid
  title text not null
  description text not null default ''::text
  visibility text not null default app.default_visibility()
  cover_id uuid
  deleted_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'A collection of items with a visibility of its own.'
table public.apps
  id uuid not null default app.uuid_v7()
  slug text not null
  name text not null
  description text not null default ''::text
  created_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant select to nself_auth
  comment 'The apps in which members have a role of their own.'
table public.calendar_feeds row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid not null
  token_hash text not null
  last_read_at timestamp with time zone
  revoked_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select to nself_crossing
  comment 'The secret link behind which a member''s calendar is read as iCal. Hashed, revocable.'
table public.conversation_members row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  conversation_id uuid not null
  user_id uuid not null
  role text not null default 'member'::text; grant update to nself_app
  muted_until timestamp with time zone; grant update to nself_app
  joined_at timestamp with time zone not null default now()
  left_at timestamp with time zone; grant update to nself_app
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant insert, select to nself_app; grant insert, select to nself_crossing
  comment 'Who takes part, since when and until when.'
table public.conversation_notification_overrides row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  conversation_id uuid not null
  user_id uuid not null
  level text not null default 'all'::text
  muted_until timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'What somebody wants to be told about one conversation.'
table public.conversations row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  type text not null
  title text not null default ''::text; grant update to nself_app
  created_by uuid
  lower_user_id uuid
  higher_user_id uuid
  last_message_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select to nself_app; grant select, update to nself_crossing
  comment 'People talking with each other, two or more.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant delete, insert, select, update to nself_auth; grant select to nself_crossing
  comment 'What lets a new box register itself: by hash, for a while, once.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant delete, insert, select, update to nself_auth; grant select to nself_crossing
  comment 'A machine of the family: what shows, serves or records.'
table public.digital_successors row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid not null
  successor_id uuid not null
  scope text not null default 'everything'::text
  instructions text not null default ''::text
  accepted_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Who takes over something of somebody, if they accept.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Who may watch what: no person means everybody, no content means all of it.'
table public.event_invites row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  event_id uuid not null
  user_id uuid not null
  invited_by uuid
  status text not null default 'pending'::text; grant update to nself_app
  responded_at timestamp with time zone
  note text not null default ''::text; grant update to nself_app
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select to nself_app; grant select to nself_crossing
  comment 'Who is asked to come, and what they answered.'
table public.event_markers row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  live_event_id uuid not null
  user_id uuid
  kind text not null default 'moment'::text
  label text not null default ''::text
  offset_ms bigint not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'A moment of it that somebody marked.'
table public.event_reminders row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  event_id uuid not null
  user_id uuid not null
  minutes_before integer not null
  channel text not null default 'push'::text
  due_at timestamp with time zone
  sent_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select, update to nself_crossing
  comment 'When somebody wants to be reminded of an event, and how.'
table public.events row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  author_id uuid
  title text not null
  description text not null default ''::text
  category text not null default 'general'::text
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  all_day boolean not null default false
  time_zone text not null default 'UTC'::text
  location text
  latitude double precision
  longitude double precision
  rrule text
  skipped timestamp with time zone[] not null default '{}'::timestamp with time zone[]
  colour text
  visibility text not null default app.default_visibility()
  deleted_at timestamp with time zone
  deleted_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'What the family plans, once or again and again.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant delete, insert, select, update to nself_auth; grant select, update to nself_crossing
  comment 'A family is a tenant: everything but accounts belongs to exactly one.'
table public.family_data_keys row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  version integer not null default 1
  wrapped_key bytea not null
  retired_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant insert, select, update to nself_app
  comment 'The keys that encrypt what lies in the vaults of a family, wrapped by the master key.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant delete, insert, select, update to nself_auth; grant select to nself_crossing
  comment 'A way into the family, by mail or by link, with the role that waits there.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant delete, insert, select, update to nself_auth; grant select to nself_crossing
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select, update to nself_app; grant insert, select to nself_auth; grant select to nself_crossing
  comment 'What the family has switched on: mahram mode, parental controls, moderation.'
table public.genealogy_children row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  union_id uuid not null
  child_id uuid not null
  pedigree text not null default 'birth'::text
  position integer not null default 0
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Who is a child of which union, and how.'
table public.genealogy_citations row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  source_id uuid not null
  profile_id uuid
  union_id uuid
  fact text not null default ''::text
  page text
  quality integer
  text text not null default ''::text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'What a source says about a person or a union.'
table public.genealogy_profiles row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid
  xref text
  given_names text not null default ''::text
  surname text not null default ''::text
  maiden_name text
  nickname text
  name_prefix text
  name_suffix text
  sex text not null default 'unknown'::text
  birth_date text
  birth_range daterange default app.gedcom_range(birth_date)
  birth_place text
  death_date text
  death_range daterange default app.gedcom_range(death_date)
  death_place text
  living boolean not null default true
  biography text not null default ''::text
  photo_id uuid
  gedcom jsonb not null default '{}'::jsonb
  created_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'A person of the family tree, living or not, with or without an account.'
table public.genealogy_sources row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  xref text
  title text not null
  author text
  publication text
  repository text
  url text
  text text not null default ''::text
  gedcom jsonb not null default '{}'::jsonb
  created_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Where something about the family is written.'
table public.genealogy_unions row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  xref text
  husband_id uuid
  wife_id uuid
  type text not null default 'married'::text
  start_date text
  start_range daterange default app.gedcom_range(start_date)
  start_place text
  end_date text
  end_range daterange default app.gedcom_range(end_date)
  end_place text
  end_reason text
  gedcom jsonb not null default '{}'::jsonb
  created_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'A family as GEDCOM means it: husband and wife are its roles, whoever fills them.'
table public.geofence_watches row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  geofence_id uuid not null
  user_id uuid not null
  inside boolean
  crossed_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select, update to nself_crossing
  comment 'Whom a fence watches, and on which side they were last.'
table public.geofences row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  name text not null
  latitude double precision not null
  longitude double precision not null
  radius_m integer not null
  on_enter boolean not null default true
  on_exit boolean not null default true
  created_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select to nself_crossing
  comment 'A place whose border somebody wants to be told of.'
table public.inheritance_scenarios row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  author_id uuid not null
  name text not null
  version integer not null
  content jsonb not null
  created_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select to nself_app
  comment 'Never changed: a new thought is a new version of the same name.'
table public.legacy_vaults row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  owner_id uuid not null
  title text not null
  description text not null default ''::text
  state text not null default 'active'::text
  condition text not null default 'manual'::text
  release_at timestamp with time zone
  trustees_needed integer
  waiting_days integer
  sealed_at timestamp with time zone
  released_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select, update to nself_crossing
  comment 'What somebody leaves to others, and when they get it.'
table public.live_events row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  title text not null
  content_id uuid not null
  device_id uuid
  state text not null default 'scheduled'::text
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone
  created_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Something that is streamed at a certain time.'
table public.location_shares row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid not null
  device_id uuid
  latitude double precision not null
  longitude double precision not null
  accuracy_m real
  battery real
  recorded_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant delete, select to nself_crossing
  comment 'Where somebody is, for as long as they said and never longer than a day.'
table public.meal_plans row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  date date not null
  meal text not null
  recipe_id uuid
  title text not null default ''::text
  servings integer
  created_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'What is eaten when: one dish for each meal of a day.'
table public.measurement_units
  unit text not null
  kind text not null
  factor numeric not null
  created_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app
  comment 'Units that can be turned into one another.'
table public.media_comments row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  media_item_id uuid not null
  author_id uuid
  body text not null
  deleted_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'What somebody says to an item.'
table public.media_favorites row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  media_item_id uuid not null
  user_id uuid not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Items that somebody keeps close.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'A picture, clip, sound or document: what it shows, how large, taken where and when.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Who or what can be seen on an item, and where on it.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'A smaller or converted copy of an item.'
table public.memorial_profiles row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  profile_id uuid not null
  message text not null default ''::text
  cover_id uuid
  state text not null default 'requested'::text
  requested_by uuid not null
  decided_by uuid
  decided_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'A page in memory of somebody, once an admin other than who asked has approved it.'
table public.message_mentions row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  message_id uuid not null
  user_id uuid not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Who is called in a message.'
table public.message_reactions row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  message_id uuid not null
  user_id uuid not null
  emoji text not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'How somebody feels about a message.'
table public.messages row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  conversation_id uuid not null
  sender_id uuid
  type text not null default 'text'::text
  content text not null default ''::text; grant update to nself_app
  media_item_id uuid; grant update to nself_app
  metadata jsonb not null default '{}'::jsonb; grant update to nself_app
  reply_to_id uuid
  edited_at timestamp with time zone
  deleted_at timestamp with time zone; grant update to nself_app
  created_at timestamp with time zone not null default clock_timestamp()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant insert, select to nself_app
  comment 'What was said. Deleted, it stays as a blank.'
table public.notification_events row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid not null
  type text not null
  title text not null
  body text not null default ''::text
  data jsonb not null default '{}'::jsonb
  source text not null default ''::text
  channel text not null default 'in_app'::text
  status text not null default 'pending'::text
  sent_at timestamp with time zone
  delivered_at timestamp with time zone
  read_at timestamp with time zone
  failure text
  once_within tstzrange not null default tstzrange(now(), (now() + '00:05:00'::interval))
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant insert, select to nself_crossing
  comment 'Something that somebody is told, on one channel, and whether it arrived.'
table public.notification_preferences row level security, forced
  id uuid not null default app.uuid_v7()
  user_id uuid not null
  type text not null default '*'::text
  channel text not null default '*'::text
  enabled boolean not null default true
  quiet_from time without time zone
  quiet_until time without time zone
  time_zone text not null default 'UTC'::text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select to nself_crossing
  comment 'What somebody wants to be told, how, and in which hours not.'
table public.parental_contacts row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid not null
  contact_id uuid not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select to nself_crossing
  comment 'With whom a minor may have to do, when contacts are limited to those named.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select to nself_crossing
  comment 'What a minor may do and see, and when.'
table public.post_assets row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  post_id uuid not null
  media_item_id uuid not null
  position integer not null default 0
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'The pictures and clips of a post, in order.'
table public.post_audiences row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  post_id uuid not null
  user_id uuid not null
  granted_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select to nself_crossing
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'What somebody says to a post, or to another comment.'
table public.post_reactions row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  post_id uuid not null
  user_id uuid not null
  emoji text not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'How somebody feels about a post.'
table public.posts row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  author_id uuid
  type text not null default 'text'::text
  body text not null default ''::text
  visibility text not null default app.default_visibility()
  pinned boolean not null default false
  metadata jsonb not null default '{}'::jsonb
  deleted_at timestamp with time zone
  deleted_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select to nself_crossing
  comment 'What somebody tells the family.'
table public.push_tokens row level security, forced
  id uuid not null default app.uuid_v7()
  user_id uuid not null
  platform text not null
  token text not null
  last_used_at timestamp with time zone
  failed_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select to nself_crossing
  comment 'Where a push message reaches somebody.'
table public.quota_defaults
  metric text not null
  soft_limit bigint
  hard_limit bigint
  alert_at real not null default 0.8
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant select to nself_auth
  comment 'How much a family may use unless something else was agreed.'
table public.quota_limits row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  metric text not null
  soft_limit bigint
  hard_limit bigint
  alert_at real not null default 0.8
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app
  comment 'What was agreed with a family instead.'
table public.read_states row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  conversation_id uuid not null
  user_id uuid not null
  message_id uuid
  read_at timestamp with time zone not null default clock_timestamp()
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'How far somebody has read.'
table public.recipe_collection_items row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  collection_id uuid not null
  recipe_id uuid not null
  position integer not null default 0
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'What stands in it, in order.'
table public.recipe_collections row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  author_id uuid
  title text not null
  description text not null default ''::text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'A book of recipes.'
table public.recipe_ingredients row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  recipe_id uuid not null
  position integer not null default 0
  name text not null
  amount numeric
  unit text
  note text not null default ''::text
  optional boolean not null default false
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'What goes into a recipe.'
table public.recipe_steps row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  recipe_id uuid not null
  position integer not null
  text text not null
  minutes integer
  media_item_id uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'How it is done, step by step.'
table public.recipes row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  author_id uuid
  title text not null
  description text not null default ''::text
  prep_minutes integer
  cook_minutes integer
  servings integer not null default 4
  difficulty text
  cuisine text
  source_url text
  visibility text not null default app.default_visibility()
  cover_id uuid
  deleted_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'How something is cooked, and for how many.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select to nself_app; grant select to nself_crossing
  comment 'The user is the <type> of the relative. The other direction is kept by the database.'
table public.search_index row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  kind text not null
  content_id uuid not null
  title text not null default ''::text
  body text not null default ''::text
  language text not null default 'en'::text
  folded text default app.fold(((title || ' '::text) || body))
  document tsvector default ((setweight(to_tsvector('simple'::regconfig, app.fold(title)), 'A'::"char") || setweight(to_tsvector('simple'::regconfig, app.fold(body)), 'B'::"char")) || setweight(to_tsvector(app.text_configuration(language), app.fold(((title || ' '::text) || body))), 'C'::"char"))
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant delete, insert, select, update to nself_crossing
  comment 'The words of everything that can be found. Who finds it is up to the thing itself.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Something that can be watched, live or later.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select, update to nself_crossing
  comment 'Somebody watching something on a device, for as long as its player is heard of.'
table public.trip_itinerary_items row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  trip_id uuid not null
  kind text not null default 'activity'::text
  title text not null
  notes text not null default ''::text
  starts_at timestamp with time zone
  ends_at timestamp with time zone
  location text
  latitude double precision
  longitude double precision
  position integer not null default 0
  created_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'What happens on the way, in order.'
table public.trip_participants row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  trip_id uuid not null
  user_id uuid not null
  role text not null default 'traveller'::text
  status text not null default 'pending'::text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Who comes along.'
table public.trips row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  author_id uuid
  title text not null
  description text not null default ''::text
  destination text not null default ''::text
  starts_on date not null
  ends_on date not null
  deleted_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'A journey of the family.'
table public.usage_metrics row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  metric text not null
  period text not null default 'total'::text
  period_start date not null default '1970-01-01'::date
  value bigint not null default 0
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant insert, select, update to nself_app
  comment 'How much a family has used, per metric and period.'
table public.user_app_roles row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  user_id uuid not null
  app_id uuid not null
  role text not null default 'user'::text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant delete, insert, select, update to nself_auth
  comment 'What a member is in one of the apps.'
table public.vault_items row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  vault_id uuid not null
  kind text not null
  title text not null default ''::text
  content bytea
  data_key_id uuid
  media_item_id uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'A letter, document or picture in a vault, encrypted.'
table public.vault_recipients row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  vault_id uuid not null
  user_id uuid not null
  note text not null default ''::text
  notified_at timestamp with time zone
  viewed_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select to nself_crossing
  comment 'Who gets it, once it is released.'
table public.vault_release_confirmations row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  vault_id uuid not null
  request_id uuid not null
  user_id uuid not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select to nself_app; grant select to nself_crossing
  comment 'Each row is one named trustee who vouches for the death.'
table public.vault_release_requests row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  vault_id uuid not null
  requested_by uuid not null
  reason text not null default ''::text
  waits_until timestamp with time zone not null default now()
  objected_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant insert, select, update to nself_app; grant select to nself_crossing
  comment 'A trustee asks for its release; until the waiting time is over its owner can object.'
table public.vault_trustees row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  vault_id uuid not null
  user_id uuid not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select to nself_crossing
  comment 'Who can vouch that its owner has died.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app; grant select to nself_crossing
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app
  comment 'What may be uploaded where: sizes, kinds, how long links live.'
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
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'A file of the family: which stored object it means. The same bytes share one object.'
table storage.pending_objects row level security, forced
  id uuid not null default app.uuid_v7()
  family_id uuid not null
  object_key text not null
  created_at timestamp with time zone not null default now()
  renewed_at timestamp with time zone not null default now()
  grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant delete, insert, select, update to nself_app
  comment 'Objects being written, or to be removed: what a crash leaves half done is found here and cleared away.'

-- views
view public.audit_trail owned by nself_owner {security_invoker=true}; grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant select to nself_auth as
 SELECT id,
    family_id,
    sequence,
    type,
    ops.person_behind(actor_id) AS actor_id,
    subject_type,
        CASE subject_type
            WHEN 'user'::text THEN COALESCE((ops.person_behind(app.uuid_or_null(subject_id)))::text, subject_id)
            ELSE subject_id
        END AS subject_id,
    ops.with_people(old_state) AS old_state,
    ops.with_people(new_state) AS new_state,
    ip,
    agent,
    trace_id,
    created_at
   FROM ops.audit_events e
  WHERE ((family_id = ( SELECT app.family_id() AS family_id)) AND ( SELECT app.is_admin() AS is_admin));
view public.current_locations owned by nself_owner {security_invoker=true}; grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app as
 SELECT DISTINCT ON (family_id, user_id) id,
    family_id,
    user_id,
    latitude,
    longitude,
    accuracy_m,
    battery,
    recorded_at,
    expires_at
   FROM public.location_shares s
  WHERE (expires_at > now())
  ORDER BY family_id, user_id, recorded_at DESC;
view public.hidden_from_me owned by nself_owner {security_invoker=true}; grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app as
 SELECT family_id,
    viewer_id,
    person_id,
    reason
   FROM app.hidden_people_from_me() hidden_people_from_me(family_id, viewer_id, person_id, reason);
view public.hidden_people owned by nself_owner {security_invoker=true}; grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant select to nself_crossing as
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
view public.meal_needs owned by nself_owner {security_invoker=true}; grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app as
 SELECT p.family_id,
    p.date,
    lower(TRIM(BOTH FROM i.name)) AS ingredient,
        CASE u.kind
            WHEN 'mass'::text THEN 'g'::text
            WHEN 'volume'::text THEN 'ml'::text
            ELSE COALESCE(lower(TRIM(BOTH FROM i.unit)), ''::text)
        END AS unit,
    (((i.amount * COALESCE(u.factor, (1)::numeric)) * (COALESCE(p.servings, r.servings))::numeric) / (r.servings)::numeric) AS amount,
    r.id AS recipe_id
   FROM (((public.meal_plans p
     JOIN public.recipes r ON (((r.family_id = p.family_id) AND (r.id = p.recipe_id) AND (r.deleted_at IS NULL))))
     JOIN public.recipe_ingredients i ON (((i.family_id = r.family_id) AND (i.recipe_id = r.id) AND (NOT i.optional))))
     LEFT JOIN public.measurement_units u ON ((u.unit = lower(TRIM(BOTH FROM i.unit)))));
view public.my_families owned by nself_owner {security_invoker=true}; grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app; grant select to nself_auth as
 SELECT family_id,
    name,
    state,
    role,
    member_state,
    joined_at,
    time_zone,
    locale
   FROM app.my_families() my_families(family_id, name, state, role, member_state, joined_at, time_zone, locale);
view public.search_facets owned by nself_owner {security_invoker=true}; grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app as
 SELECT family_id,
    kind,
    count(*) AS hits
   FROM public.search_index s
  GROUP BY family_id, kind;
view public.search_results owned by nself_owner {security_invoker=true}; grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app as
 SELECT id,
    family_id,
    kind,
    content_id,
    title,
    "left"(body, 200) AS headline,
    (0)::real AS rank,
    updated_at
   FROM public.search_index s;
view public.shopping_lines owned by nself_owner {security_invoker=true}; grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app as
 SELECT family_id,
    ingredient,
    unit,
    sum(amount) AS amount,
    count(DISTINCT recipe_id) AS recipes
   FROM public.meal_needs n
  WHERE ((date >= CURRENT_DATE) AND (date <= (CURRENT_DATE + 6)))
  GROUP BY family_id, ingredient, unit;
view public.visibility_answers owned by nself_owner {security_invoker=true}; grant delete, insert, references, select, trigger, truncate, update to nself_admin; grant select to nself_app as
 SELECT family_id,
    user_id AS viewer_id,
    user_id AS post_id,
    ''::text AS reason,
    false AS visible
   FROM public.family_members m
  WHERE false;

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
constraint activity_log_family_id_actor_id_fkey on public.activity_log FOREIGN KEY (family_id, actor_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (actor_id)
constraint activity_log_family_id_fkey on public.activity_log FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint activity_log_family_id_id_key on public.activity_log UNIQUE (family_id, id)
constraint activity_log_pkey on public.activity_log PRIMARY KEY (id)
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
constraint calendar_feeds_family_id_fkey on public.calendar_feeds FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint calendar_feeds_family_id_id_key on public.calendar_feeds UNIQUE (family_id, id)
constraint calendar_feeds_family_id_user_id_fkey on public.calendar_feeds FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint calendar_feeds_pkey on public.calendar_feeds PRIMARY KEY (id)
constraint calendar_feeds_token_hash_key on public.calendar_feeds UNIQUE (token_hash)
constraint conversation_members_family_id_conversation_id_fkey on public.conversation_members FOREIGN KEY (family_id, conversation_id) REFERENCES public.conversations(family_id, id) ON DELETE CASCADE
constraint conversation_members_family_id_conversation_id_user_id_key on public.conversation_members UNIQUE (family_id, conversation_id, user_id)
constraint conversation_members_family_id_fkey on public.conversation_members FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint conversation_members_family_id_id_key on public.conversation_members UNIQUE (family_id, id)
constraint conversation_members_family_id_user_id_fkey on public.conversation_members FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint conversation_members_pkey on public.conversation_members PRIMARY KEY (id)
constraint conversation_role_known on public.conversation_members CHECK ((role = ANY (ARRAY['admin'::text, 'member'::text])))
constraint leaves_after_joining on public.conversation_members CHECK ((left_at >= joined_at))
constraint conversation_notification_ove_family_id_user_id_conversatio_key on public.conversation_notification_overrides UNIQUE (family_id, user_id, conversation_id)
constraint conversation_notification_overri_family_id_conversation_id_fkey on public.conversation_notification_overrides FOREIGN KEY (family_id, conversation_id) REFERENCES public.conversations(family_id, id) ON DELETE CASCADE
constraint conversation_notification_overrides_family_id_fkey on public.conversation_notification_overrides FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint conversation_notification_overrides_family_id_id_key on public.conversation_notification_overrides UNIQUE (family_id, id)
constraint conversation_notification_overrides_family_id_user_id_fkey on public.conversation_notification_overrides FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint conversation_notification_overrides_pkey on public.conversation_notification_overrides PRIMARY KEY (id)
constraint override_level_known on public.conversation_notification_overrides CHECK ((level = ANY (ARRAY['all'::text, 'mentions'::text, 'none'::text])))
constraint conversation_type_known on public.conversations CHECK ((type = ANY (ARRAY['direct'::text, 'group'::text])))
constraint conversations_family_id_created_by_fkey on public.conversations FOREIGN KEY (family_id, created_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (created_by)
constraint conversations_family_id_fkey on public.conversations FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint conversations_family_id_higher_user_id_fkey on public.conversations FOREIGN KEY (family_id, higher_user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint conversations_family_id_id_key on public.conversations UNIQUE (family_id, id)
constraint conversations_family_id_lower_user_id_fkey on public.conversations FOREIGN KEY (family_id, lower_user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint conversations_pkey on public.conversations PRIMARY KEY (id)
constraint direct_is_between_two on public.conversations CHECK ((((type = 'direct'::text) = ((lower_user_id IS NOT NULL) AND (higher_user_id IS NOT NULL))) AND ((lower_user_id IS NULL) = (higher_user_id IS NULL))))
constraint one_direct_conversation_per_pair on public.conversations UNIQUE (family_id, lower_user_id, higher_user_id)
constraint pair_is_in_order on public.conversations CHECK ((lower_user_id < higher_user_id))
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
constraint digital_successors_family_id_fkey on public.digital_successors FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint digital_successors_family_id_id_key on public.digital_successors UNIQUE (family_id, id)
constraint digital_successors_family_id_successor_id_fkey on public.digital_successors FOREIGN KEY (family_id, successor_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint digital_successors_family_id_user_id_fkey on public.digital_successors FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint digital_successors_family_id_user_id_successor_id_scope_key on public.digital_successors UNIQUE (family_id, user_id, successor_id, scope)
constraint digital_successors_pkey on public.digital_successors PRIMARY KEY (id)
constraint nobody_succeeds_themselves on public.digital_successors CHECK ((user_id <> successor_id))
constraint succession_scope_known on public.digital_successors CHECK ((scope = ANY (ARRAY['everything'::text, 'media'::text, 'vaults'::text, 'family'::text])))
constraint claim_level_in_range on public.entitlement_claims CHECK (((parental_level >= 0) AND (parental_level <= 18)))
constraint claim_streams_not_negative on public.entitlement_claims CHECK ((max_streams >= 0))
constraint entitlement_claims_family_id_content_id_fkey on public.entitlement_claims FOREIGN KEY (family_id, content_id) REFERENCES public.stream_contents(family_id, id) ON DELETE CASCADE
constraint entitlement_claims_family_id_fkey on public.entitlement_claims FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint entitlement_claims_family_id_id_key on public.entitlement_claims UNIQUE (family_id, id)
constraint entitlement_claims_family_id_user_id_fkey on public.entitlement_claims FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint entitlement_claims_pkey on public.entitlement_claims PRIMARY KEY (id)
constraint one_claim_per_person_and_content on public.entitlement_claims UNIQUE NULLS NOT DISTINCT (family_id, user_id, content_id, source)
constraint event_invites_family_id_event_id_fkey on public.event_invites FOREIGN KEY (family_id, event_id) REFERENCES public.events(family_id, id) ON DELETE CASCADE
constraint event_invites_family_id_event_id_user_id_key on public.event_invites UNIQUE (family_id, event_id, user_id)
constraint event_invites_family_id_fkey on public.event_invites FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint event_invites_family_id_id_key on public.event_invites UNIQUE (family_id, id)
constraint event_invites_family_id_invited_by_fkey on public.event_invites FOREIGN KEY (family_id, invited_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (invited_by)
constraint event_invites_family_id_user_id_fkey on public.event_invites FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint event_invites_pkey on public.event_invites PRIMARY KEY (id)
constraint invite_status_known on public.event_invites CHECK ((status = ANY (ARRAY['pending'::text, 'accepted'::text, 'declined'::text, 'maybe'::text])))
constraint event_markers_family_id_fkey on public.event_markers FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint event_markers_family_id_id_key on public.event_markers UNIQUE (family_id, id)
constraint event_markers_family_id_live_event_id_fkey on public.event_markers FOREIGN KEY (family_id, live_event_id) REFERENCES public.live_events(family_id, id) ON DELETE CASCADE
constraint event_markers_family_id_user_id_fkey on public.event_markers FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (user_id)
constraint event_markers_pkey on public.event_markers PRIMARY KEY (id)
constraint marker_after_start on public.event_markers CHECK ((offset_ms >= 0))
constraint marker_kind_known on public.event_markers CHECK ((kind = ANY (ARRAY['moment'::text, 'chapter'::text, 'goal'::text, 'speech'::text, 'note'::text])))
constraint event_reminders_family_id_event_id_fkey on public.event_reminders FOREIGN KEY (family_id, event_id) REFERENCES public.events(family_id, id) ON DELETE CASCADE
constraint event_reminders_family_id_event_id_user_id_minutes_before_c_key on public.event_reminders UNIQUE (family_id, event_id, user_id, minutes_before, channel)
constraint event_reminders_family_id_fkey on public.event_reminders FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint event_reminders_family_id_id_key on public.event_reminders UNIQUE (family_id, id)
constraint event_reminders_family_id_user_id_fkey on public.event_reminders FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint event_reminders_pkey on public.event_reminders PRIMARY KEY (id)
constraint reminder_channel_known on public.event_reminders CHECK ((channel = ANY (ARRAY['push'::text, 'email'::text, 'in_app'::text])))
constraint reminder_within_four_weeks on public.event_reminders CHECK (((minutes_before >= 0) AND (minutes_before <= 40320)))
constraint event_colour_is_hex on public.events CHECK ((colour ~ '^#[0-9a-fA-F]{6}$'::text))
constraint event_ends_after_start on public.events CHECK ((ends_at >= starts_at))
constraint event_has_a_title on public.events CHECK ((title ~ '\S'::text))
constraint event_latitude_on_earth on public.events CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
constraint event_longitude_on_earth on public.events CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
constraint event_place_is_whole on public.events CHECK (((latitude IS NULL) = (longitude IS NULL)))
constraint event_rule_is_valid on public.events CHECK (app.is_rrule(rrule))
constraint event_time_zone_known on public.events CHECK (app.is_time_zone(time_zone))
constraint event_visibility_known on public.events CHECK ((visibility = ANY (ARRAY['family'::text, 'adults_only'::text, 'private'::text, 'public'::text])))
constraint events_family_id_author_id_fkey on public.events FOREIGN KEY (family_id, author_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (author_id)
constraint events_family_id_deleted_by_fkey on public.events FOREIGN KEY (family_id, deleted_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (deleted_by)
constraint events_family_id_fkey on public.events FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint events_family_id_id_key on public.events UNIQUE (family_id, id)
constraint events_pkey on public.events PRIMARY KEY (id)
constraint families_created_by_fkey on public.families FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL
constraint families_pkey on public.families PRIMARY KEY (id)
constraint family_has_a_name on public.families CHECK (((name ~ '\S'::text) AND (length(name) <= 200)))
constraint family_state_known on public.families CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'deleting'::text])))
constraint family_time_zone_known on public.families CHECK (app.is_time_zone(time_zone))
constraint family_data_keys_family_id_fkey on public.family_data_keys FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint family_data_keys_family_id_id_key on public.family_data_keys UNIQUE (family_id, id)
constraint family_data_keys_family_id_version_key on public.family_data_keys UNIQUE (family_id, version)
constraint family_data_keys_pkey on public.family_data_keys PRIMARY KEY (id)
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
constraint genealogy_children_family_id_child_id_fkey on public.genealogy_children FOREIGN KEY (family_id, child_id) REFERENCES public.genealogy_profiles(family_id, id) ON DELETE CASCADE
constraint genealogy_children_family_id_fkey on public.genealogy_children FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint genealogy_children_family_id_id_key on public.genealogy_children UNIQUE (family_id, id)
constraint genealogy_children_family_id_union_id_child_id_key on public.genealogy_children UNIQUE (family_id, union_id, child_id)
constraint genealogy_children_family_id_union_id_fkey on public.genealogy_children FOREIGN KEY (family_id, union_id) REFERENCES public.genealogy_unions(family_id, id) ON DELETE CASCADE
constraint genealogy_children_pkey on public.genealogy_children PRIMARY KEY (id)
constraint pedigree_known on public.genealogy_children CHECK ((pedigree = ANY (ARRAY['birth'::text, 'adopted'::text, 'foster'::text, 'step'::text, 'sealing'::text, 'unknown'::text])))
constraint citation_of_one_thing on public.genealogy_citations CHECK ((num_nonnulls(profile_id, union_id) = 1))
constraint citation_quality_known on public.genealogy_citations CHECK (((quality >= 0) AND (quality <= 3)))
constraint genealogy_citations_family_id_fkey on public.genealogy_citations FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint genealogy_citations_family_id_id_key on public.genealogy_citations UNIQUE (family_id, id)
constraint genealogy_citations_family_id_profile_id_fkey on public.genealogy_citations FOREIGN KEY (family_id, profile_id) REFERENCES public.genealogy_profiles(family_id, id) ON DELETE CASCADE
constraint genealogy_citations_family_id_source_id_fkey on public.genealogy_citations FOREIGN KEY (family_id, source_id) REFERENCES public.genealogy_sources(family_id, id) ON DELETE CASCADE
constraint genealogy_citations_family_id_union_id_fkey on public.genealogy_citations FOREIGN KEY (family_id, union_id) REFERENCES public.genealogy_unions(family_id, id) ON DELETE CASCADE
constraint genealogy_citations_pkey on public.genealogy_citations PRIMARY KEY (id)
constraint death_after_birth on public.genealogy_profiles CHECK ((NOT (death_range << birth_range)))
constraint genealogy_profiles_family_id_created_by_fkey on public.genealogy_profiles FOREIGN KEY (family_id, created_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (created_by)
constraint genealogy_profiles_family_id_fkey on public.genealogy_profiles FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint genealogy_profiles_family_id_id_key on public.genealogy_profiles UNIQUE (family_id, id)
constraint genealogy_profiles_family_id_photo_id_fkey on public.genealogy_profiles FOREIGN KEY (family_id, photo_id) REFERENCES public.media_items(family_id, id) ON DELETE SET NULL (photo_id)
constraint genealogy_profiles_family_id_user_id_fkey on public.genealogy_profiles FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (user_id)
constraint genealogy_profiles_family_id_user_id_key on public.genealogy_profiles UNIQUE (family_id, user_id)
constraint genealogy_profiles_pkey on public.genealogy_profiles PRIMARY KEY (id)
constraint sex_known on public.genealogy_profiles CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text, 'other'::text, 'unknown'::text])))
constraint the_dead_do_not_live on public.genealogy_profiles CHECK ((NOT (living AND ((death_date IS NOT NULL) OR (death_place IS NOT NULL)))))
constraint genealogy_sources_family_id_created_by_fkey on public.genealogy_sources FOREIGN KEY (family_id, created_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (created_by)
constraint genealogy_sources_family_id_fkey on public.genealogy_sources FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint genealogy_sources_family_id_id_key on public.genealogy_sources UNIQUE (family_id, id)
constraint genealogy_sources_pkey on public.genealogy_sources PRIMARY KEY (id)
constraint genealogy_unions_family_id_created_by_fkey on public.genealogy_unions FOREIGN KEY (family_id, created_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (created_by)
constraint genealogy_unions_family_id_fkey on public.genealogy_unions FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint genealogy_unions_family_id_husband_id_fkey on public.genealogy_unions FOREIGN KEY (family_id, husband_id) REFERENCES public.genealogy_profiles(family_id, id) ON DELETE SET NULL (husband_id)
constraint genealogy_unions_family_id_id_key on public.genealogy_unions UNIQUE (family_id, id)
constraint genealogy_unions_family_id_wife_id_fkey on public.genealogy_unions FOREIGN KEY (family_id, wife_id) REFERENCES public.genealogy_profiles(family_id, id) ON DELETE SET NULL (wife_id)
constraint genealogy_unions_pkey on public.genealogy_unions PRIMARY KEY (id)
constraint nobody_marries_themselves on public.genealogy_unions CHECK ((husband_id <> wife_id))
constraint union_end_known on public.genealogy_unions CHECK ((end_reason = ANY (ARRAY['divorce'::text, 'annulment'::text, 'separation'::text, 'death'::text])))
constraint union_ends_after_start on public.genealogy_unions CHECK ((NOT (end_range << start_range)))
constraint union_type_known on public.genealogy_unions CHECK ((type = ANY (ARRAY['married'::text, 'partners'::text, 'engaged'::text, 'unknown'::text])))
constraint geofence_watches_family_id_fkey on public.geofence_watches FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint geofence_watches_family_id_geofence_id_fkey on public.geofence_watches FOREIGN KEY (family_id, geofence_id) REFERENCES public.geofences(family_id, id) ON DELETE CASCADE
constraint geofence_watches_family_id_geofence_id_user_id_key on public.geofence_watches UNIQUE (family_id, geofence_id, user_id)
constraint geofence_watches_family_id_id_key on public.geofence_watches UNIQUE (family_id, id)
constraint geofence_watches_family_id_user_id_fkey on public.geofence_watches FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint geofence_watches_pkey on public.geofence_watches PRIMARY KEY (id)
constraint fence_latitude_on_earth on public.geofences CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
constraint fence_longitude_on_earth on public.geofences CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
constraint fence_radius_sensible on public.geofences CHECK (((radius_m >= 20) AND (radius_m <= 100000)))
constraint fence_watches_something on public.geofences CHECK ((on_enter OR on_exit))
constraint geofence_has_a_name on public.geofences CHECK ((name ~ '\S'::text))
constraint geofences_family_id_created_by_fkey on public.geofences FOREIGN KEY (family_id, created_by) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint geofences_family_id_fkey on public.geofences FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint geofences_family_id_id_key on public.geofences UNIQUE (family_id, id)
constraint geofences_pkey on public.geofences PRIMARY KEY (id)
constraint inheritance_scenarios_family_id_author_id_fkey on public.inheritance_scenarios FOREIGN KEY (family_id, author_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint inheritance_scenarios_family_id_author_id_name_version_key on public.inheritance_scenarios UNIQUE (family_id, author_id, name, version)
constraint inheritance_scenarios_family_id_fkey on public.inheritance_scenarios FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint inheritance_scenarios_family_id_id_key on public.inheritance_scenarios UNIQUE (family_id, id)
constraint inheritance_scenarios_pkey on public.inheritance_scenarios PRIMARY KEY (id)
constraint scenario_has_a_name on public.inheritance_scenarios CHECK ((name ~ '\S'::text))
constraint death_is_verified_by_trustees on public.legacy_vaults CHECK (((condition <> 'death_verification'::text) OR ((trustees_needed IS NOT NULL) AND (waiting_days IS NOT NULL))))
constraint legacy_vaults_family_id_fkey on public.legacy_vaults FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint legacy_vaults_family_id_id_key on public.legacy_vaults UNIQUE (family_id, id)
constraint legacy_vaults_family_id_owner_id_fkey on public.legacy_vaults FOREIGN KEY (family_id, owner_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint legacy_vaults_pkey on public.legacy_vaults PRIMARY KEY (id)
constraint timed_vault_has_its_time on public.legacy_vaults CHECK (((condition <> 'time'::text) OR (release_at IS NOT NULL)))
constraint two_trustees_at_least on public.legacy_vaults CHECK ((trustees_needed >= 2))
constraint vault_condition_known on public.legacy_vaults CHECK ((condition = ANY (ARRAY['manual'::text, 'time'::text, 'death_verification'::text])))
constraint vault_has_a_title on public.legacy_vaults CHECK ((title ~ '\S'::text))
constraint vault_state_known on public.legacy_vaults CHECK ((state = ANY (ARRAY['active'::text, 'sealed'::text, 'released'::text])))
constraint waiting_is_long_enough on public.legacy_vaults CHECK (((waiting_days >= 1) AND (waiting_days <= 365)))
constraint live_event_ends_after_start on public.live_events CHECK ((ends_at >= starts_at))
constraint live_event_has_a_title on public.live_events CHECK ((title ~ '\S'::text))
constraint live_events_family_id_content_id_fkey on public.live_events FOREIGN KEY (family_id, content_id) REFERENCES public.stream_contents(family_id, id) ON DELETE CASCADE
constraint live_events_family_id_created_by_fkey on public.live_events FOREIGN KEY (family_id, created_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (created_by)
constraint live_events_family_id_device_id_fkey on public.live_events FOREIGN KEY (family_id, device_id) REFERENCES public.devices(family_id, id) ON DELETE SET NULL (device_id)
constraint live_events_family_id_fkey on public.live_events FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint live_events_family_id_id_key on public.live_events UNIQUE (family_id, id)
constraint live_events_pkey on public.live_events PRIMARY KEY (id)
constraint live_state_known on public.live_events CHECK ((state = ANY (ARRAY['scheduled'::text, 'live'::text, 'ended'::text, 'cancelled'::text])))
constraint location_shares_family_id_device_id_fkey on public.location_shares FOREIGN KEY (family_id, device_id) REFERENCES public.devices(family_id, id) ON DELETE SET NULL (device_id)
constraint location_shares_family_id_fkey on public.location_shares FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint location_shares_family_id_id_key on public.location_shares UNIQUE (family_id, id)
constraint location_shares_family_id_user_id_fkey on public.location_shares FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint location_shares_pkey on public.location_shares PRIMARY KEY (id)
constraint share_accuracy_not_negative on public.location_shares CHECK ((accuracy_m >= (0)::double precision))
constraint share_battery_is_a_share on public.location_shares CHECK (((battery >= (0)::double precision) AND (battery <= (1)::double precision)))
constraint share_ends_within_a_day on public.location_shares CHECK (((expires_at > created_at) AND (expires_at <= (created_at + '24:00:00'::interval))))
constraint share_latitude_on_earth on public.location_shares CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
constraint share_longitude_on_earth on public.location_shares CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
constraint meal_known on public.meal_plans CHECK ((meal = ANY (ARRAY['breakfast'::text, 'lunch'::text, 'dinner'::text, 'snack'::text])))
constraint meal_plans_family_id_created_by_fkey on public.meal_plans FOREIGN KEY (family_id, created_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (created_by)
constraint meal_plans_family_id_fkey on public.meal_plans FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint meal_plans_family_id_id_key on public.meal_plans UNIQUE (family_id, id)
constraint meal_plans_family_id_recipe_id_fkey on public.meal_plans FOREIGN KEY (family_id, recipe_id) REFERENCES public.recipes(family_id, id) ON DELETE CASCADE
constraint meal_plans_pkey on public.meal_plans PRIMARY KEY (id)
constraint one_plan_per_meal on public.meal_plans UNIQUE (family_id, date, meal)
constraint plan_says_what on public.meal_plans CHECK (((recipe_id IS NOT NULL) OR (title ~ '\S'::text)))
constraint planned_servings_positive on public.meal_plans CHECK ((servings > 0))
constraint measurement_units_pkey on public.measurement_units PRIMARY KEY (unit)
constraint unit_factor_positive on public.measurement_units CHECK ((factor > (0)::numeric))
constraint unit_kind_known on public.measurement_units CHECK ((kind = ANY (ARRAY['mass'::text, 'volume'::text])))
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
constraint decision_is_whole on public.memorial_profiles CHECK (((state = 'requested'::text) = (decided_by IS NULL)))
constraint memorial_profiles_family_id_cover_id_fkey on public.memorial_profiles FOREIGN KEY (family_id, cover_id) REFERENCES public.media_items(family_id, id) ON DELETE SET NULL (cover_id)
constraint memorial_profiles_family_id_decided_by_fkey on public.memorial_profiles FOREIGN KEY (family_id, decided_by) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint memorial_profiles_family_id_fkey on public.memorial_profiles FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint memorial_profiles_family_id_id_key on public.memorial_profiles UNIQUE (family_id, id)
constraint memorial_profiles_family_id_profile_id_fkey on public.memorial_profiles FOREIGN KEY (family_id, profile_id) REFERENCES public.genealogy_profiles(family_id, id) ON DELETE CASCADE
constraint memorial_profiles_family_id_profile_id_key on public.memorial_profiles UNIQUE (family_id, profile_id)
constraint memorial_profiles_family_id_requested_by_fkey on public.memorial_profiles FOREIGN KEY (family_id, requested_by) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint memorial_profiles_pkey on public.memorial_profiles PRIMARY KEY (id)
constraint memorial_state_known on public.memorial_profiles CHECK ((state = ANY (ARRAY['requested'::text, 'approved'::text, 'rejected'::text])))
constraint requester_is_not_approver on public.memorial_profiles CHECK ((requested_by <> decided_by))
constraint message_mentions_family_id_fkey on public.message_mentions FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint message_mentions_family_id_id_key on public.message_mentions UNIQUE (family_id, id)
constraint message_mentions_family_id_message_id_fkey on public.message_mentions FOREIGN KEY (family_id, message_id) REFERENCES public.messages(family_id, id) ON DELETE CASCADE
constraint message_mentions_family_id_message_id_user_id_key on public.message_mentions UNIQUE (family_id, message_id, user_id)
constraint message_mentions_family_id_user_id_fkey on public.message_mentions FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint message_mentions_pkey on public.message_mentions PRIMARY KEY (id)
constraint message_reaction_is_short on public.message_reactions CHECK (((length(emoji) >= 1) AND (length(emoji) <= 32)))
constraint message_reactions_family_id_fkey on public.message_reactions FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint message_reactions_family_id_id_key on public.message_reactions UNIQUE (family_id, id)
constraint message_reactions_family_id_message_id_fkey on public.message_reactions FOREIGN KEY (family_id, message_id) REFERENCES public.messages(family_id, id) ON DELETE CASCADE
constraint message_reactions_family_id_message_id_user_id_emoji_key on public.message_reactions UNIQUE (family_id, message_id, user_id, emoji)
constraint message_reactions_family_id_user_id_fkey on public.message_reactions FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint message_reactions_pkey on public.message_reactions PRIMARY KEY (id)
constraint message_says_something on public.messages CHECK (((deleted_at IS NOT NULL) OR (media_item_id IS NOT NULL) OR (content ~ '\S'::text)))
constraint message_type_known on public.messages CHECK ((type = ANY (ARRAY['text'::text, 'image'::text, 'video'::text, 'file'::text, 'system'::text, 'shared_link'::text])))
constraint messages_family_id_conversation_id_fkey on public.messages FOREIGN KEY (family_id, conversation_id) REFERENCES public.conversations(family_id, id) ON DELETE CASCADE
constraint messages_family_id_conversation_id_id_key on public.messages UNIQUE (family_id, conversation_id, id)
constraint messages_family_id_conversation_id_reply_to_id_fkey on public.messages FOREIGN KEY (family_id, conversation_id, reply_to_id) REFERENCES public.messages(family_id, conversation_id, id) ON DELETE SET NULL (reply_to_id)
constraint messages_family_id_fkey on public.messages FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint messages_family_id_id_key on public.messages UNIQUE (family_id, id)
constraint messages_family_id_media_item_id_fkey on public.messages FOREIGN KEY (family_id, media_item_id) REFERENCES public.media_items(family_id, id) ON DELETE SET NULL (media_item_id)
constraint messages_family_id_sender_id_fkey on public.messages FOREIGN KEY (family_id, sender_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (sender_id)
constraint messages_pkey on public.messages PRIMARY KEY (id)
constraint notification_channel_known on public.notification_events CHECK ((channel = ANY (ARRAY['in_app'::text, 'push'::text, 'email'::text, 'sms'::text])))
constraint notification_events_family_id_fkey on public.notification_events FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint notification_events_family_id_id_key on public.notification_events UNIQUE (family_id, id)
constraint notification_events_family_id_user_id_fkey on public.notification_events FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint notification_events_pkey on public.notification_events PRIMARY KEY (id)
constraint notification_status_known on public.notification_events CHECK ((status = ANY (ARRAY['pending'::text, 'sent'::text, 'delivered'::text, 'read'::text, 'failed'::text])))
constraint told_once on public.notification_events EXCLUDE USING gist (family_id WITH =, user_id WITH =, type WITH =, source WITH =, channel WITH =, once_within WITH &&)
constraint notification_preferences_pkey on public.notification_preferences PRIMARY KEY (id)
constraint notification_preferences_user_id_fkey on public.notification_preferences FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
constraint notification_preferences_user_id_type_channel_key on public.notification_preferences UNIQUE (user_id, type, channel)
constraint preference_channel_known on public.notification_preferences CHECK ((channel = ANY (ARRAY['*'::text, 'in_app'::text, 'push'::text, 'email'::text, 'sms'::text])))
constraint preference_time_zone_known on public.notification_preferences CHECK (app.is_time_zone(time_zone))
constraint quiet_hours_are_whole on public.notification_preferences CHECK (((quiet_from IS NULL) = (quiet_until IS NULL)))
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
constraint push_platform_known on public.push_tokens CHECK ((platform = ANY (ARRAY['fcm'::text, 'apns'::text, 'web'::text])))
constraint push_tokens_pkey on public.push_tokens PRIMARY KEY (id)
constraint push_tokens_user_id_fkey on public.push_tokens FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
constraint push_tokens_user_id_platform_token_key on public.push_tokens UNIQUE (user_id, platform, token)
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
constraint one_read_state_each on public.read_states UNIQUE (family_id, conversation_id, user_id)
constraint read_states_family_id_conversation_id_fkey on public.read_states FOREIGN KEY (family_id, conversation_id) REFERENCES public.conversations(family_id, id) ON DELETE CASCADE
constraint read_states_family_id_conversation_id_message_id_fkey on public.read_states FOREIGN KEY (family_id, conversation_id, message_id) REFERENCES public.messages(family_id, conversation_id, id) ON DELETE SET NULL (message_id)
constraint read_states_family_id_fkey on public.read_states FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint read_states_family_id_id_key on public.read_states UNIQUE (family_id, id)
constraint read_states_family_id_user_id_fkey on public.read_states FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint read_states_pkey on public.read_states PRIMARY KEY (id)
constraint recipe_collection_items_family_id_collection_id_fkey on public.recipe_collection_items FOREIGN KEY (family_id, collection_id) REFERENCES public.recipe_collections(family_id, id) ON DELETE CASCADE
constraint recipe_collection_items_family_id_collection_id_recipe_id_key on public.recipe_collection_items UNIQUE (family_id, collection_id, recipe_id)
constraint recipe_collection_items_family_id_fkey on public.recipe_collection_items FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint recipe_collection_items_family_id_id_key on public.recipe_collection_items UNIQUE (family_id, id)
constraint recipe_collection_items_family_id_recipe_id_fkey on public.recipe_collection_items FOREIGN KEY (family_id, recipe_id) REFERENCES public.recipes(family_id, id) ON DELETE CASCADE
constraint recipe_collection_items_pkey on public.recipe_collection_items PRIMARY KEY (id)
constraint collection_has_a_title on public.recipe_collections CHECK ((title ~ '\S'::text))
constraint recipe_collections_family_id_author_id_fkey on public.recipe_collections FOREIGN KEY (family_id, author_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (author_id)
constraint recipe_collections_family_id_fkey on public.recipe_collections FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint recipe_collections_family_id_id_key on public.recipe_collections UNIQUE (family_id, id)
constraint recipe_collections_pkey on public.recipe_collections PRIMARY KEY (id)
constraint amount_positive on public.recipe_ingredients CHECK ((amount > (0)::numeric))
constraint ingredient_has_a_name on public.recipe_ingredients CHECK ((name ~ '\S'::text))
constraint recipe_ingredients_family_id_fkey on public.recipe_ingredients FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint recipe_ingredients_family_id_id_key on public.recipe_ingredients UNIQUE (family_id, id)
constraint recipe_ingredients_family_id_recipe_id_fkey on public.recipe_ingredients FOREIGN KEY (family_id, recipe_id) REFERENCES public.recipes(family_id, id) ON DELETE CASCADE
constraint recipe_ingredients_pkey on public.recipe_ingredients PRIMARY KEY (id)
constraint one_step_per_position on public.recipe_steps UNIQUE (family_id, recipe_id, "position") DEFERRABLE
constraint recipe_steps_family_id_fkey on public.recipe_steps FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint recipe_steps_family_id_id_key on public.recipe_steps UNIQUE (family_id, id)
constraint recipe_steps_family_id_media_item_id_fkey on public.recipe_steps FOREIGN KEY (family_id, media_item_id) REFERENCES public.media_items(family_id, id) ON DELETE SET NULL (media_item_id)
constraint recipe_steps_family_id_recipe_id_fkey on public.recipe_steps FOREIGN KEY (family_id, recipe_id) REFERENCES public.recipes(family_id, id) ON DELETE CASCADE
constraint recipe_steps_pkey on public.recipe_steps PRIMARY KEY (id)
constraint step_says_something on public.recipe_steps CHECK ((text ~ '\S'::text))
constraint step_time_not_negative on public.recipe_steps CHECK ((minutes >= 0))
constraint cook_time_not_negative on public.recipes CHECK ((cook_minutes >= 0))
constraint difficulty_known on public.recipes CHECK ((difficulty = ANY (ARRAY['easy'::text, 'medium'::text, 'hard'::text])))
constraint prep_time_not_negative on public.recipes CHECK ((prep_minutes >= 0))
constraint recipe_has_a_title on public.recipes CHECK ((title ~ '\S'::text))
constraint recipe_visibility_known on public.recipes CHECK ((visibility = ANY (ARRAY['family'::text, 'adults_only'::text, 'private'::text, 'public'::text])))
constraint recipes_family_id_author_id_fkey on public.recipes FOREIGN KEY (family_id, author_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (author_id)
constraint recipes_family_id_cover_id_fkey on public.recipes FOREIGN KEY (family_id, cover_id) REFERENCES public.media_items(family_id, id) ON DELETE SET NULL (cover_id)
constraint recipes_family_id_fkey on public.recipes FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint recipes_family_id_id_key on public.recipes UNIQUE (family_id, id)
constraint recipes_pkey on public.recipes PRIMARY KEY (id)
constraint servings_positive on public.recipes CHECK ((servings > 0))
constraint nobody_is_their_own_relative on public.relationships CHECK ((user_id <> relative_id))
constraint one_of_each_type_per_pair on public.relationships UNIQUE (family_id, user_id, relative_id, type)
constraint relationship_type_known on public.relationships CHECK ((type = ANY (ARRAY['spouse'::text, 'parent'::text, 'child'::text, 'sibling'::text, 'grandparent'::text, 'grandchild'::text, 'uncle_aunt'::text, 'nephew_niece'::text, 'cousin'::text])))
constraint relationships_family_id_fkey on public.relationships FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint relationships_family_id_id_key on public.relationships UNIQUE (family_id, id)
constraint relationships_family_id_relative_id_fkey on public.relationships FOREIGN KEY (family_id, relative_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint relationships_family_id_user_id_fkey on public.relationships FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint relationships_pkey on public.relationships PRIMARY KEY (id)
constraint everything_is_found_once on public.search_index UNIQUE (family_id, kind, content_id)
constraint search_index_family_id_fkey on public.search_index FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint search_index_family_id_id_key on public.search_index UNIQUE (family_id, id)
constraint search_index_pkey on public.search_index PRIMARY KEY (id)
constraint search_kind_known on public.search_index CHECK ((kind = ANY (ARRAY['post'::text, 'media'::text, 'album'::text, 'event'::text, 'recipe'::text, 'trip'::text, 'person'::text])))
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
constraint itinerary_has_a_title on public.trip_itinerary_items CHECK ((title ~ '\S'::text))
constraint itinerary_kind_known on public.trip_itinerary_items CHECK ((kind = ANY (ARRAY['activity'::text, 'transport'::text, 'lodging'::text, 'meal'::text, 'note'::text])))
constraint stop_ends_after_start on public.trip_itinerary_items CHECK ((ends_at >= starts_at))
constraint stop_latitude_on_earth on public.trip_itinerary_items CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
constraint stop_longitude_on_earth on public.trip_itinerary_items CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
constraint stop_place_is_whole on public.trip_itinerary_items CHECK (((latitude IS NULL) = (longitude IS NULL)))
constraint trip_itinerary_items_family_id_created_by_fkey on public.trip_itinerary_items FOREIGN KEY (family_id, created_by) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (created_by)
constraint trip_itinerary_items_family_id_fkey on public.trip_itinerary_items FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint trip_itinerary_items_family_id_id_key on public.trip_itinerary_items UNIQUE (family_id, id)
constraint trip_itinerary_items_family_id_trip_id_fkey on public.trip_itinerary_items FOREIGN KEY (family_id, trip_id) REFERENCES public.trips(family_id, id) ON DELETE CASCADE
constraint trip_itinerary_items_pkey on public.trip_itinerary_items PRIMARY KEY (id)
constraint traveller_role_known on public.trip_participants CHECK ((role = ANY (ARRAY['organizer'::text, 'traveller'::text])))
constraint traveller_status_known on public.trip_participants CHECK ((status = ANY (ARRAY['pending'::text, 'accepted'::text, 'declined'::text, 'maybe'::text])))
constraint trip_participants_family_id_fkey on public.trip_participants FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint trip_participants_family_id_id_key on public.trip_participants UNIQUE (family_id, id)
constraint trip_participants_family_id_trip_id_fkey on public.trip_participants FOREIGN KEY (family_id, trip_id) REFERENCES public.trips(family_id, id) ON DELETE CASCADE
constraint trip_participants_family_id_trip_id_user_id_key on public.trip_participants UNIQUE (family_id, trip_id, user_id)
constraint trip_participants_family_id_user_id_fkey on public.trip_participants FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint trip_participants_pkey on public.trip_participants PRIMARY KEY (id)
constraint trip_ends_after_start on public.trips CHECK ((ends_on >= starts_on))
constraint trip_has_a_title on public.trips CHECK ((title ~ '\S'::text))
constraint trips_family_id_author_id_fkey on public.trips FOREIGN KEY (family_id, author_id) REFERENCES public.family_members(family_id, user_id) ON DELETE SET NULL (author_id)
constraint trips_family_id_fkey on public.trips FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint trips_family_id_id_key on public.trips UNIQUE (family_id, id)
constraint trips_pkey on public.trips PRIMARY KEY (id)
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
constraint sealed_content_names_its_key on public.vault_items CHECK (((content IS NULL) OR (data_key_id IS NOT NULL)))
constraint vault_item_kind_known on public.vault_items CHECK ((kind = ANY (ARRAY['letter'::text, 'document'::text, 'media'::text, 'message'::text])))
constraint vault_items_family_id_data_key_id_fkey on public.vault_items FOREIGN KEY (family_id, data_key_id) REFERENCES public.family_data_keys(family_id, id)
constraint vault_items_family_id_fkey on public.vault_items FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint vault_items_family_id_id_key on public.vault_items UNIQUE (family_id, id)
constraint vault_items_family_id_media_item_id_fkey on public.vault_items FOREIGN KEY (family_id, media_item_id) REFERENCES public.media_items(family_id, id) ON DELETE SET NULL (media_item_id)
constraint vault_items_family_id_vault_id_fkey on public.vault_items FOREIGN KEY (family_id, vault_id) REFERENCES public.legacy_vaults(family_id, id) ON DELETE CASCADE
constraint vault_items_pkey on public.vault_items PRIMARY KEY (id)
constraint vault_recipients_family_id_fkey on public.vault_recipients FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint vault_recipients_family_id_id_key on public.vault_recipients UNIQUE (family_id, id)
constraint vault_recipients_family_id_user_id_fkey on public.vault_recipients FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint vault_recipients_family_id_vault_id_fkey on public.vault_recipients FOREIGN KEY (family_id, vault_id) REFERENCES public.legacy_vaults(family_id, id) ON DELETE CASCADE
constraint vault_recipients_family_id_vault_id_user_id_key on public.vault_recipients UNIQUE (family_id, vault_id, user_id)
constraint vault_recipients_pkey on public.vault_recipients PRIMARY KEY (id)
constraint a_trustee_confirms_once on public.vault_release_confirmations UNIQUE (family_id, request_id, user_id)
constraint vault_release_confirmations_family_id_fkey on public.vault_release_confirmations FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint vault_release_confirmations_family_id_id_key on public.vault_release_confirmations UNIQUE (family_id, id)
constraint vault_release_confirmations_family_id_vault_id_request_id_fkey on public.vault_release_confirmations FOREIGN KEY (family_id, vault_id, request_id) REFERENCES public.vault_release_requests(family_id, vault_id, id) ON DELETE CASCADE
constraint vault_release_confirmations_family_id_vault_id_user_id_fkey on public.vault_release_confirmations FOREIGN KEY (family_id, vault_id, user_id) REFERENCES public.vault_trustees(family_id, vault_id, user_id) ON DELETE CASCADE
constraint vault_release_confirmations_pkey on public.vault_release_confirmations PRIMARY KEY (id)
constraint vault_release_requests_family_id_fkey on public.vault_release_requests FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint vault_release_requests_family_id_id_key on public.vault_release_requests UNIQUE (family_id, id)
constraint vault_release_requests_family_id_vault_id_fkey on public.vault_release_requests FOREIGN KEY (family_id, vault_id) REFERENCES public.legacy_vaults(family_id, id) ON DELETE CASCADE
constraint vault_release_requests_family_id_vault_id_id_key on public.vault_release_requests UNIQUE (family_id, vault_id, id)
constraint vault_release_requests_family_id_vault_id_requested_by_fkey on public.vault_release_requests FOREIGN KEY (family_id, vault_id, requested_by) REFERENCES public.vault_trustees(family_id, vault_id, user_id) ON DELETE CASCADE
constraint vault_release_requests_pkey on public.vault_release_requests PRIMARY KEY (id)
constraint vault_trustees_family_id_fkey on public.vault_trustees FOREIGN KEY (family_id) REFERENCES public.families(id) ON DELETE CASCADE
constraint vault_trustees_family_id_id_key on public.vault_trustees UNIQUE (family_id, id)
constraint vault_trustees_family_id_user_id_fkey on public.vault_trustees FOREIGN KEY (family_id, user_id) REFERENCES public.family_members(family_id, user_id) ON DELETE CASCADE
constraint vault_trustees_family_id_vault_id_fkey on public.vault_trustees FOREIGN KEY (family_id, vault_id) REFERENCES public.legacy_vaults(family_id, id) ON DELETE CASCADE
constraint vault_trustees_family_id_vault_id_user_id_key on public.vault_trustees UNIQUE (family_id, vault_id, user_id)
constraint vault_trustees_pkey on public.vault_trustees PRIMARY KEY (id)
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
CREATE INDEX audit_events_order ON ops.audit_events USING btree (family_id, sequence DESC)
CREATE INDEX audit_events_subject ON ops.audit_events USING btree (family_id, subject_type, subject_id)
CREATE INDEX dead_letters_waiting ON ops.dead_letters USING btree (created_at) WHERE (replayed_at IS NULL)
CREATE INDEX idempotency_keys_expiry ON ops.idempotency_keys USING btree (expires_at)
CREATE UNIQUE INDEX job_once_per_slot ON ops.jobs USING btree (family_id, name, unique_key) NULLS NOT DISTINCT WHERE (unique_key IS NOT NULL)
CREATE INDEX jobs_claimed ON ops.jobs USING btree (claimed_until) WHERE (state = 'claimed'::text)
CREATE INDEX jobs_due ON ops.jobs USING btree (priority DESC, run_at) WHERE (state = 'due'::text)
CREATE INDEX outbox_waiting ON ops.outbox USING btree (available_at) WHERE (delivered_at IS NULL)
CREATE INDEX webhook_deliveries_newest ON ops.webhook_deliveries USING btree (family_id, created_at DESC)
CREATE INDEX activity_actor ON public.activity_log USING btree (family_id, actor_id, created_at DESC)
CREATE INDEX activity_newest ON public.activity_log USING btree (family_id, created_at DESC, id DESC)
CREATE INDEX album_items_in_order ON public.album_items USING btree (family_id, album_id, "position", id)
CREATE INDEX album_items_of_item ON public.album_items USING btree (family_id, media_item_id)
CREATE INDEX albums_author ON public.albums USING btree (family_id, author_id)
CREATE INDEX albums_newest ON public.albums USING btree (family_id, created_at DESC) WHERE (deleted_at IS NULL)
CREATE INDEX calendar_feeds_own ON public.calendar_feeds USING btree (family_id, user_id)
CREATE INDEX conversation_members_person ON public.conversation_members USING btree (family_id, user_id, conversation_id)
CREATE INDEX conversations_newest ON public.conversations USING btree (family_id, last_message_at DESC NULLS LAST)
CREATE INDEX devices_owner ON public.devices USING btree (family_id, owner_id)
CREATE INDEX digital_successors_successor ON public.digital_successors USING btree (family_id, successor_id)
CREATE INDEX event_invites_guest ON public.event_invites USING btree (family_id, user_id, status)
CREATE INDEX event_markers_in_order ON public.event_markers USING btree (family_id, live_event_id, offset_ms)
CREATE INDEX event_reminders_due ON public.event_reminders USING btree (due_at) WHERE (sent_at IS NULL)
CREATE INDEX event_reminders_own ON public.event_reminders USING btree (family_id, user_id)
CREATE INDEX events_author ON public.events USING btree (family_id, author_id)
CREATE INDEX events_calendar ON public.events USING btree (family_id, starts_at) WHERE (deleted_at IS NULL)
CREATE INDEX events_recurring ON public.events USING btree (family_id) WHERE ((rrule IS NOT NULL) AND (deleted_at IS NULL))
CREATE INDEX family_members_user ON public.family_members USING btree (user_id)
CREATE INDEX genealogy_children_child ON public.genealogy_children USING btree (family_id, child_id)
CREATE INDEX genealogy_citations_profile ON public.genealogy_citations USING btree (family_id, profile_id)
CREATE INDEX genealogy_citations_source ON public.genealogy_citations USING btree (family_id, source_id)
CREATE INDEX genealogy_citations_union ON public.genealogy_citations USING btree (family_id, union_id)
CREATE INDEX genealogy_profiles_birth ON public.genealogy_profiles USING btree (family_id, lower(birth_range))
CREATE INDEX genealogy_profiles_name ON public.genealogy_profiles USING btree (family_id, surname, given_names)
CREATE UNIQUE INDEX genealogy_profiles_xref ON public.genealogy_profiles USING btree (family_id, xref) WHERE (xref IS NOT NULL)
CREATE UNIQUE INDEX genealogy_sources_xref ON public.genealogy_sources USING btree (family_id, xref) WHERE (xref IS NOT NULL)
CREATE INDEX genealogy_unions_husband ON public.genealogy_unions USING btree (family_id, husband_id)
CREATE INDEX genealogy_unions_wife ON public.genealogy_unions USING btree (family_id, wife_id)
CREATE UNIQUE INDEX genealogy_unions_xref ON public.genealogy_unions USING btree (family_id, xref) WHERE (xref IS NOT NULL)
CREATE INDEX geofence_watches_person ON public.geofence_watches USING btree (family_id, user_id)
CREATE INDEX legacy_vaults_owner ON public.legacy_vaults USING btree (family_id, owner_id)
CREATE INDEX legacy_vaults_timed ON public.legacy_vaults USING btree (release_at) WHERE ((state = 'sealed'::text) AND (condition = 'time'::text))
CREATE INDEX live_events_by_start ON public.live_events USING btree (family_id, starts_at DESC)
CREATE INDEX location_shares_newest ON public.location_shares USING btree (family_id, user_id, recorded_at DESC)
CREATE INDEX location_shares_over ON public.location_shares USING btree (expires_at)
CREATE INDEX media_comments_of_item ON public.media_comments USING btree (family_id, media_item_id, created_at)
CREATE INDEX media_items_bytes ON public.media_items USING btree (family_id, sha256)
CREATE INDEX media_items_file ON public.media_items USING btree (family_id, file_id)
CREATE INDEX media_items_newest ON public.media_items USING btree (family_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX media_items_taken ON public.media_items USING btree (family_id, taken_at DESC) WHERE (deleted_at IS NULL)
CREATE INDEX media_items_uploader ON public.media_items USING btree (family_id, uploaded_by, created_at DESC)
CREATE INDEX media_tags_of_item ON public.media_tags USING btree (family_id, media_item_id)
CREATE INDEX media_tags_person ON public.media_tags USING btree (family_id, user_id) WHERE (user_id IS NOT NULL)
CREATE INDEX media_variants_object ON public.media_variants USING btree (object_key)
CREATE INDEX message_mentions_person ON public.message_mentions USING btree (family_id, user_id)
CREATE INDEX messages_newest ON public.messages USING btree (family_id, conversation_id, created_at DESC, id DESC)
CREATE INDEX messages_sender ON public.messages USING btree (family_id, sender_id)
CREATE INDEX notification_events_newest ON public.notification_events USING btree (family_id, user_id, created_at DESC)
CREATE INDEX notification_events_pending ON public.notification_events USING btree (created_at) WHERE (status = 'pending'::text)
CREATE UNIQUE INDEX one_open_release_request ON public.vault_release_requests USING btree (family_id, vault_id) WHERE (objected_at IS NULL)
CREATE UNIQUE INDEX one_side_of_each_tie ON public.relationships USING btree (family_id, user_id, relative_id, LEAST(type, app.inverse_relationship(type)))
CREATE INDEX post_assets_in_order ON public.post_assets USING btree (family_id, post_id, "position", id)
CREATE INDEX post_assets_of_item ON public.post_assets USING btree (family_id, media_item_id)
CREATE INDEX post_audiences_viewer ON public.post_audiences USING btree (family_id, user_id, post_id)
CREATE INDEX post_comments_author ON public.post_comments USING btree (family_id, author_id)
CREATE INDEX post_comments_of_post ON public.post_comments USING btree (family_id, post_id, created_at, id)
CREATE INDEX posts_author ON public.posts USING btree (family_id, author_id, created_at DESC)
CREATE INDEX posts_newest ON public.posts USING btree (family_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX posts_pinned ON public.posts USING btree (family_id) WHERE (pinned AND (deleted_at IS NULL))
CREATE INDEX recipe_ingredients_in_order ON public.recipe_ingredients USING btree (family_id, recipe_id, "position")
CREATE INDEX recipes_by_title ON public.recipes USING btree (family_id, title) WHERE (deleted_at IS NULL)
CREATE INDEX recipes_newest ON public.recipes USING btree (family_id, created_at DESC) WHERE (deleted_at IS NULL)
CREATE INDEX relationships_of_relative ON public.relationships USING btree (family_id, relative_id)
CREATE INDEX search_index_trigrams ON public.search_index USING gin (family_id, folded public.gin_trgm_ops)
CREATE INDEX search_index_words ON public.search_index USING gin (family_id, document)
CREATE INDEX stream_contents_newest ON public.stream_contents USING btree (family_id, created_at DESC)
CREATE INDEX stream_sessions_newest ON public.stream_sessions USING btree (family_id, started_at DESC)
CREATE INDEX stream_sessions_running ON public.stream_sessions USING btree (family_id, user_id, device_id) WHERE (ended_at IS NULL)
CREATE INDEX stream_sessions_silent ON public.stream_sessions USING btree (heartbeat_at) WHERE (ended_at IS NULL)
CREATE INDEX trip_itinerary_in_order ON public.trip_itinerary_items USING btree (family_id, trip_id, starts_at, "position")
CREATE INDEX trip_participants_traveller ON public.trip_participants USING btree (family_id, user_id)
CREATE INDEX trips_by_date ON public.trips USING btree (family_id, starts_on DESC) WHERE (deleted_at IS NULL)
CREATE INDEX vault_items_of_vault ON public.vault_items USING btree (family_id, vault_id)
CREATE INDEX vault_recipients_person ON public.vault_recipients USING btree (family_id, user_id)
CREATE INDEX vault_trustees_person ON public.vault_trustees USING btree (family_id, user_id)
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
policy members_insert on public.activity_log as permissive for a to nself_app with check ((actor_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_select on public.activity_log as permissive for r to nself_app using ((( SELECT app.user_id() AS user_id) = actor_id) OR (( SELECT app.role() AS role) = 'service'::text) OR (( SELECT app.is_person() AS is_person) AND (( SELECT app.is_admin() AS is_admin) OR (NOT (EXISTS ( SELECT
   FROM public.parental_controls c
  WHERE ((c.family_id = activity_log.family_id) AND (c.user_id = activity_log.actor_id) AND (NOT c.activity_visible)))))) AND (( SELECT app.is_adult() AS is_adult) OR (actor_id IS NULL) OR (NOT (actor_id = ANY (( SELECT app.hidden_from_me() AS hidden_from_me)::uuid[]))))))
policy tenant_wall on public.activity_log as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.album_items as permissive for d to nself_app using ((added_by = ( SELECT app.user_id() AS user_id)) OR (EXISTS ( SELECT
   FROM public.albums p
  WHERE ((p.family_id = album_items.family_id) AND (p.id = album_items.album_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.album_items as permissive for a to nself_app with check (( SELECT app.is_contributor() AS is_contributor) AND (added_by = ( SELECT app.user_id() AS user_id)) AND (EXISTS ( SELECT
   FROM public.albums p
  WHERE ((p.family_id = album_items.family_id) AND (p.id = album_items.album_id)))) AND app.sees_media(media_item_id))
policy members_select on public.album_items as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.albums p
  WHERE ((p.family_id = album_items.family_id) AND (p.id = album_items.album_id))))
policy members_update on public.album_items as permissive for w to nself_app using ((added_by = ( SELECT app.user_id() AS user_id)) OR (EXISTS ( SELECT
   FROM public.albums p
  WHERE ((p.family_id = album_items.family_id) AND (p.id = album_items.album_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.album_items as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.albums as permissive for d to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.albums as permissive for a to nself_app with check ((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor))
policy members_select on public.albums as permissive for r to nself_app using 
CASE
    WHEN (deleted_at IS NOT NULL) THEN ((author_id = ( SELECT app.user_id() AS user_id)) OR ((visibility <> 'private'::text) AND ( SELECT app.is_admin() AS is_admin)))
    WHEN (visibility = ANY (( SELECT '{family,public,adults_only}'::text[] AS text
       FROM (public.family_members m
         JOIN public.family_settings s ON ((s.family_id = m.family_id)))
      WHERE ((m.user_id = ( SELECT app.user_id() AS user_id)) AND (m.state = 'active'::text) AND (NOT s.mahram_mode) AND app.is_adult()))::text[])) THEN true
    ELSE (app.visibility_verdict(false, ( SELECT app.is_active_member() AS is_active_member), ((author_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text)), visibility, ( SELECT app.is_adult() AS is_adult), false, (author_id = ANY (( SELECT app.hidden_from_me() AS hidden_from_me)::uuid[])), false) = ANY (ARRAY['author'::text, 'policy_passed'::text]))
END
policy members_update on public.albums as permissive for w to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.albums as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.calendar_feeds as permissive for d to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person))
policy members_insert on public.calendar_feeds as permissive for a to nself_app with check ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person))
policy members_select on public.calendar_feeds as permissive for r to nself_app using (user_id = ( SELECT app.user_id() AS user_id))
policy members_update on public.calendar_feeds as permissive for w to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person))
policy tenant_wall on public.calendar_feeds as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.conversation_members as permissive for d to nself_app using false
policy members_insert on public.conversation_members as permissive for a to nself_app with check (( SELECT app.is_contributor() AS is_contributor) AND (conversation_id IN ( SELECT c.conversation_id
   FROM app.my_conversations() c(conversation_id, role, left_at)
  WHERE ((c.left_at IS NULL) AND (c.role = 'admin'::text)))) AND (EXISTS ( SELECT
   FROM public.conversations c
  WHERE ((c.family_id = conversation_members.family_id) AND (c.id = conversation_members.conversation_id) AND (c.type = 'group'::text)))))
policy members_select on public.conversation_members as permissive for r to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND ((user_id = ( SELECT app.user_id() AS user_id)) OR (conversation_id IN ( SELECT c.conversation_id
   FROM app.my_conversations() c(conversation_id, role, left_at)
  WHERE (c.left_at IS NULL)))))
policy members_update on public.conversation_members as permissive for w to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND ((user_id = ( SELECT app.user_id() AS user_id)) OR (conversation_id IN ( SELECT c.conversation_id
   FROM app.my_conversations() c(conversation_id, role, left_at)
  WHERE ((c.left_at IS NULL) AND (c.role = 'admin'::text))))))
policy tenant_wall on public.conversation_members as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.conversation_notification_overrides as permissive for d to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor))
policy members_insert on public.conversation_notification_overrides as permissive for a to nself_app with check ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor))
policy members_select on public.conversation_notification_overrides as permissive for r to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_update on public.conversation_notification_overrides as permissive for w to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor))
policy tenant_wall on public.conversation_notification_overrides as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.conversations as permissive for d to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND (id IN ( SELECT c.conversation_id
   FROM app.my_conversations() c(conversation_id, role, left_at)
  WHERE ((c.left_at IS NULL) AND (c.role = 'admin'::text)))))
policy members_insert on public.conversations as permissive for a to nself_app with check (( SELECT app.is_contributor() AS is_contributor) AND (created_by = ( SELECT app.user_id() AS user_id)) AND ((type = 'group'::text) OR ((( SELECT app.user_id() AS user_id) = lower_user_id) OR (( SELECT app.user_id() AS user_id) = higher_user_id))))
policy members_select on public.conversations as permissive for r to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND ((created_by = ( SELECT app.user_id() AS user_id)) OR (id IN ( SELECT c.conversation_id
   FROM app.my_conversations() c(conversation_id, role, left_at)))))
policy members_update on public.conversations as permissive for w to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND (id IN ( SELECT c.conversation_id
   FROM app.my_conversations() c(conversation_id, role, left_at)
  WHERE ((c.left_at IS NULL) AND (c.role = 'admin'::text)))))
policy tenant_wall on public.conversations as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy auth_service on public.device_bootstrap_tokens as permissive for * to nself_auth using true
policy members_select on public.device_bootstrap_tokens as permissive for r to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.device_bootstrap_tokens as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy auth_service on public.devices as permissive for * to nself_auth using true
policy members_delete on public.devices as permissive for d to nself_app using ( SELECT app.is_admin() AS is_admin)
policy members_insert on public.devices as permissive for a to nself_app with check ( SELECT app.is_admin() AS is_admin)
policy members_select on public.devices as permissive for r to nself_app using true
policy members_update on public.devices as permissive for w to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.devices as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.digital_successors as permissive for d to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) OR (successor_id = ( SELECT app.user_id() AS user_id)))
policy members_insert on public.digital_successors as permissive for a to nself_app with check ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_adult() AS is_adult))
policy members_select on public.digital_successors as permissive for r to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) OR (successor_id = ( SELECT app.user_id() AS user_id)))
policy members_update on public.digital_successors as permissive for w to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) OR (successor_id = ( SELECT app.user_id() AS user_id)))
policy tenant_wall on public.digital_successors as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.entitlement_claims as permissive for d to nself_app using ( SELECT app.is_admin() AS is_admin)
policy members_insert on public.entitlement_claims as permissive for a to nself_app with check ( SELECT app.is_admin() AS is_admin)
policy members_select on public.entitlement_claims as permissive for r to nself_app using true
policy members_update on public.entitlement_claims as permissive for w to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.entitlement_claims as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.event_invites as permissive for d to nself_app using ((EXISTS ( SELECT
   FROM public.events p
  WHERE ((p.family_id = event_invites.family_id) AND (p.id = event_invites.event_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.event_invites as permissive for a to nself_app with check ((invited_by = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor) AND ((EXISTS ( SELECT
   FROM public.events p
  WHERE ((p.family_id = event_invites.family_id) AND (p.id = event_invites.event_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin)))
policy members_select on public.event_invites as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.events p
  WHERE ((p.family_id = event_invites.family_id) AND (p.id = event_invites.event_id))))
policy members_update on public.event_invites as permissive for w to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person))
policy tenant_wall on public.event_invites as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.event_markers as permissive for d to nself_app using ((( SELECT app.is_contributor() AS is_contributor) AND (user_id = ( SELECT app.user_id() AS user_id))) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.event_markers as permissive for a to nself_app with check (( SELECT app.is_contributor() AS is_contributor) AND (user_id = ( SELECT app.user_id() AS user_id)) AND (EXISTS ( SELECT
   FROM public.live_events p
  WHERE ((p.family_id = event_markers.family_id) AND (p.id = event_markers.live_event_id)))))
policy members_select on public.event_markers as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.live_events p
  WHERE ((p.family_id = event_markers.family_id) AND (p.id = event_markers.live_event_id))))
policy members_update on public.event_markers as permissive for w to nself_app using ((( SELECT app.is_contributor() AS is_contributor) AND (user_id = ( SELECT app.user_id() AS user_id))) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.event_markers as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.event_reminders as permissive for d to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person))
policy members_insert on public.event_reminders as permissive for a to nself_app with check ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person) AND (EXISTS ( SELECT
   FROM public.events p
  WHERE ((p.family_id = event_reminders.family_id) AND (p.id = event_reminders.event_id)))))
policy members_select on public.event_reminders as permissive for r to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_update on public.event_reminders as permissive for w to nself_app using (((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person)) OR (( SELECT app.role() AS role) = 'service'::text))
policy tenant_wall on public.event_reminders as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.events as permissive for d to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.events as permissive for a to nself_app with check (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_select on public.events as permissive for r to nself_app using 
CASE
    WHEN (deleted_at IS NOT NULL) THEN ((author_id = ( SELECT app.user_id() AS user_id)) OR ((visibility <> 'private'::text) AND ( SELECT app.is_admin() AS is_admin)))
    WHEN (visibility = ANY (( SELECT '{family,public,adults_only}'::text[] AS text
       FROM (public.family_members m
         JOIN public.family_settings s ON ((s.family_id = m.family_id)))
      WHERE ((m.user_id = ( SELECT app.user_id() AS user_id)) AND (m.state = 'active'::text) AND (NOT s.mahram_mode) AND app.is_adult()))::text[])) THEN true
    ELSE (app.visibility_verdict(false, ( SELECT app.is_active_member() AS is_active_member), ((author_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text)), visibility, ( SELECT app.is_adult() AS is_adult), (id IN ( SELECT app.invited_events() AS invited_events)), (author_id = ANY (( SELECT app.hidden_from_me() AS hidden_from_me)::uuid[])), false) = ANY (ARRAY['author'::text, 'policy_passed'::text]))
END
policy members_update on public.events as permissive for w to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.events as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy auth_service on public.families as permissive for * to nself_auth using true
policy members_select on public.families as permissive for r to nself_app using true
policy members_update on public.families as permissive for w to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.families as restrictive for * to public using (id = ( SELECT app.family_id() AS family_id)) with check (id = ( SELECT app.family_id() AS family_id))
policy members_insert on public.family_data_keys as permissive for a to nself_app with check true
policy members_select on public.family_data_keys as permissive for r to nself_app using true
policy members_update on public.family_data_keys as permissive for w to nself_app using true
policy tenant_wall on public.family_data_keys as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
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
policy members_delete on public.genealogy_children as permissive for d to nself_app using ( SELECT app.is_contributor() AS is_contributor)
policy members_insert on public.genealogy_children as permissive for a to nself_app with check ( SELECT app.is_contributor() AS is_contributor)
policy members_select on public.genealogy_children as permissive for r to nself_app using true
policy members_update on public.genealogy_children as permissive for w to nself_app using ( SELECT app.is_contributor() AS is_contributor)
policy tenant_wall on public.genealogy_children as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.genealogy_citations as permissive for d to nself_app using ( SELECT app.is_contributor() AS is_contributor)
policy members_insert on public.genealogy_citations as permissive for a to nself_app with check ( SELECT app.is_contributor() AS is_contributor)
policy members_select on public.genealogy_citations as permissive for r to nself_app using (( SELECT app.is_contributor() AS is_contributor) OR (( SELECT app.role() AS role) = 'service'::text) OR (EXISTS ( SELECT
   FROM public.genealogy_profiles p
  WHERE ((p.family_id = genealogy_citations.family_id) AND (p.id = genealogy_citations.profile_id)))))
policy members_update on public.genealogy_citations as permissive for w to nself_app using ( SELECT app.is_contributor() AS is_contributor)
policy tenant_wall on public.genealogy_citations as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.genealogy_profiles as permissive for d to nself_app using ((created_by = ( SELECT app.user_id() AS user_id)) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.genealogy_profiles as permissive for a to nself_app with check ( SELECT app.is_contributor() AS is_contributor)
policy members_select on public.genealogy_profiles as permissive for r to nself_app using ((NOT living) OR ( SELECT app.is_contributor() AS is_contributor) OR (user_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_update on public.genealogy_profiles as permissive for w to nself_app using ( SELECT app.is_contributor() AS is_contributor)
policy tenant_wall on public.genealogy_profiles as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.genealogy_sources as permissive for d to nself_app using ( SELECT app.is_contributor() AS is_contributor)
policy members_insert on public.genealogy_sources as permissive for a to nself_app with check ( SELECT app.is_contributor() AS is_contributor)
policy members_select on public.genealogy_sources as permissive for r to nself_app using true
policy members_update on public.genealogy_sources as permissive for w to nself_app using ( SELECT app.is_contributor() AS is_contributor)
policy tenant_wall on public.genealogy_sources as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.genealogy_unions as permissive for d to nself_app using ( SELECT app.is_contributor() AS is_contributor)
policy members_insert on public.genealogy_unions as permissive for a to nself_app with check ( SELECT app.is_contributor() AS is_contributor)
policy members_select on public.genealogy_unions as permissive for r to nself_app using true
policy members_update on public.genealogy_unions as permissive for w to nself_app using ( SELECT app.is_contributor() AS is_contributor)
policy tenant_wall on public.genealogy_unions as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.geofence_watches as permissive for d to nself_app using ( SELECT app.is_adult() AS is_adult)
policy members_insert on public.geofence_watches as permissive for a to nself_app with check ( SELECT app.is_adult() AS is_adult)
policy members_select on public.geofence_watches as permissive for r to nself_app using (( SELECT app.is_adult() AS is_adult) OR (user_id = ( SELECT app.user_id() AS user_id)))
policy members_update on public.geofence_watches as permissive for w to nself_app using ( SELECT app.is_adult() AS is_adult)
policy tenant_wall on public.geofence_watches as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.geofences as permissive for d to nself_app using ( SELECT app.is_adult() AS is_adult)
policy members_insert on public.geofences as permissive for a to nself_app with check ( SELECT app.is_adult() AS is_adult)
policy members_select on public.geofences as permissive for r to nself_app using ( SELECT app.is_adult() AS is_adult)
policy members_update on public.geofences as permissive for w to nself_app using ( SELECT app.is_adult() AS is_adult)
policy tenant_wall on public.geofences as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.inheritance_scenarios as permissive for d to nself_app using ((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_adult() AS is_adult))
policy members_insert on public.inheritance_scenarios as permissive for a to nself_app with check ((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_adult() AS is_adult))
policy members_select on public.inheritance_scenarios as permissive for r to nself_app using (author_id = ( SELECT app.user_id() AS user_id))
policy tenant_wall on public.inheritance_scenarios as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.legacy_vaults as permissive for d to nself_app using ((owner_id = ( SELECT app.user_id() AS user_id)) AND (state = 'active'::text))
policy members_insert on public.legacy_vaults as permissive for a to nself_app with check ((owner_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_adult() AS is_adult))
policy members_select on public.legacy_vaults as permissive for r to nself_app using ((owner_id = ( SELECT app.user_id() AS user_id)) OR (id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'trustee'::text) AND (v.state <> 'active'::text)))) OR (id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'recipient'::text) AND (v.state = 'released'::text)))) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_update on public.legacy_vaults as permissive for w to nself_app using ((owner_id = ( SELECT app.user_id() AS user_id)) OR (id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'trustee'::text) AND (v.state <> 'active'::text)))) OR (( SELECT app.role() AS role) = 'service'::text))
policy tenant_wall on public.legacy_vaults as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.live_events as permissive for d to nself_app using ( SELECT app.is_adult() AS is_adult)
policy members_insert on public.live_events as permissive for a to nself_app with check ( SELECT app.is_adult() AS is_adult)
policy members_select on public.live_events as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.stream_contents p
  WHERE ((p.family_id = live_events.family_id) AND (p.id = live_events.content_id))))
policy members_update on public.live_events as permissive for w to nself_app using ( SELECT app.is_adult() AS is_adult)
policy tenant_wall on public.live_events as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.location_shares as permissive for d to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor))
policy members_insert on public.location_shares as permissive for a to nself_app with check ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor))
policy members_select on public.location_shares as permissive for r to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.is_adult() AS is_adult) AND (expires_at > now())))
policy members_update on public.location_shares as permissive for w to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor))
policy tenant_wall on public.location_shares as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.meal_plans as permissive for d to nself_app using ( SELECT app.is_contributor() AS is_contributor)
policy members_insert on public.meal_plans as permissive for a to nself_app with check ( SELECT app.is_contributor() AS is_contributor)
policy members_select on public.meal_plans as permissive for r to nself_app using ( SELECT app.is_person() AS is_person)
policy members_update on public.meal_plans as permissive for w to nself_app using ( SELECT app.is_contributor() AS is_contributor)
policy tenant_wall on public.meal_plans as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.media_comments as permissive for d to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.media_comments as permissive for a to nself_app with check ((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor) AND ( SELECT app.minor_may('post'::text) AS minor_may) AND (EXISTS ( SELECT
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
policy members_insert on public.media_tags as permissive for a to nself_app with check ((created_by = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor) AND ( SELECT app.minor_may('post'::text) AS minor_may) AND (EXISTS ( SELECT
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
policy members_delete on public.memorial_profiles as permissive for d to nself_app using ( SELECT app.is_admin() AS is_admin)
policy members_insert on public.memorial_profiles as permissive for a to nself_app with check ((requested_by = ( SELECT app.user_id() AS user_id)) AND (state = 'requested'::text) AND ( SELECT app.is_adult() AS is_adult))
policy members_select on public.memorial_profiles as permissive for r to nself_app using ((state = 'approved'::text) OR (requested_by = ( SELECT app.user_id() AS user_id)) OR ( SELECT app.is_admin() AS is_admin))
policy members_update on public.memorial_profiles as permissive for w to nself_app using ( SELECT app.is_admin() AS is_admin)
policy tenant_wall on public.memorial_profiles as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.message_mentions as permissive for d to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND (EXISTS ( SELECT
   FROM public.messages m
  WHERE ((m.family_id = message_mentions.family_id) AND (m.id = message_mentions.message_id) AND (m.sender_id = ( SELECT app.user_id() AS user_id))))) AND (EXISTS ( SELECT
   FROM public.messages p
  WHERE ((p.family_id = message_mentions.family_id) AND (p.id = message_mentions.message_id)))))
policy members_insert on public.message_mentions as permissive for a to nself_app with check (( SELECT app.is_contributor() AS is_contributor) AND (EXISTS ( SELECT
   FROM public.messages m
  WHERE ((m.family_id = message_mentions.family_id) AND (m.id = message_mentions.message_id) AND (m.sender_id = ( SELECT app.user_id() AS user_id))))) AND (EXISTS ( SELECT
   FROM public.messages p
  WHERE ((p.family_id = message_mentions.family_id) AND (p.id = message_mentions.message_id)))))
policy members_select on public.message_mentions as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.messages p
  WHERE ((p.family_id = message_mentions.family_id) AND (p.id = message_mentions.message_id))))
policy members_update on public.message_mentions as permissive for w to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND (EXISTS ( SELECT
   FROM public.messages m
  WHERE ((m.family_id = message_mentions.family_id) AND (m.id = message_mentions.message_id) AND (m.sender_id = ( SELECT app.user_id() AS user_id))))) AND (EXISTS ( SELECT
   FROM public.messages p
  WHERE ((p.family_id = message_mentions.family_id) AND (p.id = message_mentions.message_id)))))
policy tenant_wall on public.message_mentions as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.message_reactions as permissive for d to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND (user_id = ( SELECT app.user_id() AS user_id)) AND (EXISTS ( SELECT
   FROM public.messages p
  WHERE ((p.family_id = message_reactions.family_id) AND (p.id = message_reactions.message_id)))))
policy members_insert on public.message_reactions as permissive for a to nself_app with check (( SELECT app.is_contributor() AS is_contributor) AND (user_id = ( SELECT app.user_id() AS user_id)) AND (EXISTS ( SELECT
   FROM public.messages p
  WHERE ((p.family_id = message_reactions.family_id) AND (p.id = message_reactions.message_id)))))
policy members_select on public.message_reactions as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.messages p
  WHERE ((p.family_id = message_reactions.family_id) AND (p.id = message_reactions.message_id))))
policy members_update on public.message_reactions as permissive for w to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND (user_id = ( SELECT app.user_id() AS user_id)) AND (EXISTS ( SELECT
   FROM public.messages p
  WHERE ((p.family_id = message_reactions.family_id) AND (p.id = message_reactions.message_id)))))
policy tenant_wall on public.message_reactions as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.messages as permissive for d to nself_app using false
policy members_insert on public.messages as permissive for a to nself_app with check ((( SELECT app.is_contributor() AS is_contributor) AND (sender_id = ( SELECT app.user_id() AS user_id)) AND (type <> 'system'::text) AND (conversation_id IN ( SELECT c.conversation_id
   FROM app.my_conversations() c(conversation_id, role, left_at)
  WHERE (c.left_at IS NULL))) AND app.may_message(conversation_id)) OR ((( SELECT app.role() AS role) = 'service'::text) AND (type = 'system'::text) AND (sender_id IS NULL)))
policy members_select on public.messages as permissive for r to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND (((NOT ( SELECT app.is_adult() AS is_adult)) AND (sender_id IN ( SELECT h.person_id
   FROM app.hidden_people_from_me() h(family_id, viewer_id, person_id, reason)
  WHERE (h.reason = 'parental_restriction'::text)))) IS NOT TRUE) AND ((conversation_id IN ( SELECT c.conversation_id
   FROM app.my_conversations() c(conversation_id, role, left_at)
  WHERE (c.left_at IS NULL))) OR (EXISTS ( SELECT
   FROM app.my_conversations() c(conversation_id, role, left_at)
  WHERE ((c.conversation_id = messages.conversation_id) AND (messages.created_at <= c.left_at))))))
policy members_update on public.messages as permissive for w to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND (sender_id = ( SELECT app.user_id() AS user_id)))
policy tenant_wall on public.messages as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.notification_events as permissive for d to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person))
policy members_insert on public.notification_events as permissive for a to nself_app with check (( SELECT app.role() AS role) = 'service'::text)
policy members_select on public.notification_events as permissive for r to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_update on public.notification_events as permissive for w to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text))
policy tenant_wall on public.notification_events as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members on public.notification_preferences as permissive for * to nself_app using true
policy own on public.notification_preferences as restrictive for * to public using (user_id = ( SELECT app.user_id() AS user_id)) with check (user_id = ( SELECT app.user_id() AS user_id))
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
  WHERE ((p.family_id = post_assets.family_id) AND (p.id = post_assets.post_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) AND app.sees_media(media_item_id))
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
policy members_insert on public.post_comments as permissive for a to nself_app with check ((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor) AND ( SELECT app.minor_may('post'::text) AS minor_may) AND (EXISTS ( SELECT
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
policy members_insert on public.posts as permissive for a to nself_app with check (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor) AND ( SELECT app.minor_may('post'::text) AS minor_may)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_select on public.posts as permissive for r to nself_app using 
CASE
    WHEN (deleted_at IS NOT NULL) THEN ((author_id = ( SELECT app.user_id() AS user_id)) OR ((visibility <> 'private'::text) AND ( SELECT app.is_admin() AS is_admin)))
    WHEN (visibility = ANY (( SELECT '{family,public,adults_only}'::text[] AS text
       FROM (public.family_members m
         JOIN public.family_settings s ON ((s.family_id = m.family_id)))
      WHERE ((m.user_id = ( SELECT app.user_id() AS user_id)) AND (m.state = 'active'::text) AND (NOT s.mahram_mode) AND app.is_adult()))::text[])) THEN true
    ELSE (app.visibility_verdict(false, ( SELECT app.is_active_member() AS is_active_member), ((author_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text)), visibility, ( SELECT app.is_adult() AS is_adult), (id IN ( SELECT app.shared_posts() AS shared_posts)), (author_id = ANY (( SELECT app.hidden_from_me() AS hidden_from_me)::uuid[])), false) = ANY (ARRAY['author'::text, 'policy_passed'::text]))
END
policy members_update on public.posts as permissive for w to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.posts as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members on public.push_tokens as permissive for * to nself_app using true
policy own on public.push_tokens as restrictive for * to public using (user_id = ( SELECT app.user_id() AS user_id)) with check (user_id = ( SELECT app.user_id() AS user_id))
policy members_select on public.quota_limits as permissive for r to nself_app using true
policy tenant_wall on public.quota_limits as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.read_states as permissive for d to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND (conversation_id IN ( SELECT c.conversation_id
   FROM app.my_conversations() c(conversation_id, role, left_at)
  WHERE (c.left_at IS NULL))))
policy members_insert on public.read_states as permissive for a to nself_app with check ((user_id = ( SELECT app.user_id() AS user_id)) AND (conversation_id IN ( SELECT c.conversation_id
   FROM app.my_conversations() c(conversation_id, role, left_at)
  WHERE (c.left_at IS NULL))))
policy members_select on public.read_states as permissive for r to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_update on public.read_states as permissive for w to nself_app using ((user_id = ( SELECT app.user_id() AS user_id)) AND (conversation_id IN ( SELECT c.conversation_id
   FROM app.my_conversations() c(conversation_id, role, left_at)
  WHERE (c.left_at IS NULL))))
policy tenant_wall on public.read_states as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.recipe_collection_items as permissive for d to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND (EXISTS ( SELECT
   FROM public.recipes p
  WHERE ((p.family_id = recipe_collection_items.family_id) AND (p.id = recipe_collection_items.recipe_id)))))
policy members_insert on public.recipe_collection_items as permissive for a to nself_app with check (( SELECT app.is_contributor() AS is_contributor) AND (EXISTS ( SELECT
   FROM public.recipes p
  WHERE ((p.family_id = recipe_collection_items.family_id) AND (p.id = recipe_collection_items.recipe_id)))))
policy members_select on public.recipe_collection_items as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.recipes p
  WHERE ((p.family_id = recipe_collection_items.family_id) AND (p.id = recipe_collection_items.recipe_id))))
policy members_update on public.recipe_collection_items as permissive for w to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND (EXISTS ( SELECT
   FROM public.recipes p
  WHERE ((p.family_id = recipe_collection_items.family_id) AND (p.id = recipe_collection_items.recipe_id)))))
policy tenant_wall on public.recipe_collection_items as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.recipe_collections as permissive for d to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.recipe_collections as permissive for a to nself_app with check ((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor))
policy members_select on public.recipe_collections as permissive for r to nself_app using ( SELECT app.is_person() AS is_person)
policy members_update on public.recipe_collections as permissive for w to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.recipe_collections as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.recipe_ingredients as permissive for d to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND ((EXISTS ( SELECT
   FROM public.recipes p
  WHERE ((p.family_id = recipe_ingredients.family_id) AND (p.id = recipe_ingredients.recipe_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin)))
policy members_insert on public.recipe_ingredients as permissive for a to nself_app with check (( SELECT app.is_contributor() AS is_contributor) AND ((EXISTS ( SELECT
   FROM public.recipes p
  WHERE ((p.family_id = recipe_ingredients.family_id) AND (p.id = recipe_ingredients.recipe_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin)))
policy members_select on public.recipe_ingredients as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.recipes p
  WHERE ((p.family_id = recipe_ingredients.family_id) AND (p.id = recipe_ingredients.recipe_id))))
policy members_update on public.recipe_ingredients as permissive for w to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND ((EXISTS ( SELECT
   FROM public.recipes p
  WHERE ((p.family_id = recipe_ingredients.family_id) AND (p.id = recipe_ingredients.recipe_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin)))
policy tenant_wall on public.recipe_ingredients as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.recipe_steps as permissive for d to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND ((EXISTS ( SELECT
   FROM public.recipes p
  WHERE ((p.family_id = recipe_steps.family_id) AND (p.id = recipe_steps.recipe_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin)))
policy members_insert on public.recipe_steps as permissive for a to nself_app with check (( SELECT app.is_contributor() AS is_contributor) AND ((EXISTS ( SELECT
   FROM public.recipes p
  WHERE ((p.family_id = recipe_steps.family_id) AND (p.id = recipe_steps.recipe_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin)))
policy members_select on public.recipe_steps as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.recipes p
  WHERE ((p.family_id = recipe_steps.family_id) AND (p.id = recipe_steps.recipe_id))))
policy members_update on public.recipe_steps as permissive for w to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND ((EXISTS ( SELECT
   FROM public.recipes p
  WHERE ((p.family_id = recipe_steps.family_id) AND (p.id = recipe_steps.recipe_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin)))
policy tenant_wall on public.recipe_steps as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.recipes as permissive for d to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.recipes as permissive for a to nself_app with check (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_select on public.recipes as permissive for r to nself_app using 
CASE
    WHEN (deleted_at IS NOT NULL) THEN ((author_id = ( SELECT app.user_id() AS user_id)) OR ((visibility <> 'private'::text) AND ( SELECT app.is_admin() AS is_admin)))
    WHEN (visibility = ANY (( SELECT '{family,public,adults_only}'::text[] AS text
       FROM (public.family_members m
         JOIN public.family_settings s ON ((s.family_id = m.family_id)))
      WHERE ((m.user_id = ( SELECT app.user_id() AS user_id)) AND (m.state = 'active'::text) AND (NOT s.mahram_mode) AND app.is_adult()))::text[])) THEN true
    ELSE (app.visibility_verdict(false, ( SELECT app.is_active_member() AS is_active_member), ((author_id = ( SELECT app.user_id() AS user_id)) OR (( SELECT app.role() AS role) = 'service'::text)), visibility, ( SELECT app.is_adult() AS is_adult), false, (author_id = ANY (( SELECT app.hidden_from_me() AS hidden_from_me)::uuid[])), false) = ANY (ARRAY['author'::text, 'policy_passed'::text]))
END
policy members_update on public.recipes as permissive for w to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.recipes as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.relationships as permissive for d to nself_app using ( SELECT app.is_adult() AS is_adult)
policy members_insert on public.relationships as permissive for a to nself_app with check ( SELECT app.is_adult() AS is_adult)
policy members_select on public.relationships as permissive for r to nself_app using true
policy members_update on public.relationships as permissive for w to nself_app using ( SELECT app.is_adult() AS is_adult)
policy tenant_wall on public.relationships as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_select on public.search_index as permissive for r to nself_app using (
CASE kind
    WHEN 'post'::text THEN (EXISTS ( SELECT
       FROM public.posts p
      WHERE ((p.family_id = search_index.family_id) AND (p.id = search_index.content_id) AND (p.deleted_at IS NULL))))
    WHEN 'media'::text THEN app.sees_media(content_id)
    WHEN 'album'::text THEN (EXISTS ( SELECT
       FROM public.albums p
      WHERE ((p.family_id = search_index.family_id) AND (p.id = search_index.content_id) AND (p.deleted_at IS NULL))))
    WHEN 'event'::text THEN (EXISTS ( SELECT
       FROM public.events p
      WHERE ((p.family_id = search_index.family_id) AND (p.id = search_index.content_id) AND (p.deleted_at IS NULL))))
    WHEN 'recipe'::text THEN (EXISTS ( SELECT
       FROM public.recipes p
      WHERE ((p.family_id = search_index.family_id) AND (p.id = search_index.content_id) AND (p.deleted_at IS NULL))))
    WHEN 'trip'::text THEN (EXISTS ( SELECT
       FROM public.trips p
      WHERE ((p.family_id = search_index.family_id) AND (p.id = search_index.content_id) AND (p.deleted_at IS NULL))))
    WHEN 'person'::text THEN (EXISTS ( SELECT
       FROM public.genealogy_profiles p
      WHERE ((p.family_id = search_index.family_id) AND (p.id = search_index.content_id))))
    ELSE NULL::boolean
END OR (( SELECT app.role() AS role) = 'service'::text))
policy tenant_wall on public.search_index as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
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
policy members_delete on public.trip_itinerary_items as permissive for d to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND (EXISTS ( SELECT
   FROM public.trips p
  WHERE ((p.family_id = trip_itinerary_items.family_id) AND (p.id = trip_itinerary_items.trip_id)))))
policy members_insert on public.trip_itinerary_items as permissive for a to nself_app with check (( SELECT app.is_contributor() AS is_contributor) AND (EXISTS ( SELECT
   FROM public.trips p
  WHERE ((p.family_id = trip_itinerary_items.family_id) AND (p.id = trip_itinerary_items.trip_id)))))
policy members_select on public.trip_itinerary_items as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.trips p
  WHERE ((p.family_id = trip_itinerary_items.family_id) AND (p.id = trip_itinerary_items.trip_id))))
policy members_update on public.trip_itinerary_items as permissive for w to nself_app using (( SELECT app.is_contributor() AS is_contributor) AND (EXISTS ( SELECT
   FROM public.trips p
  WHERE ((p.family_id = trip_itinerary_items.family_id) AND (p.id = trip_itinerary_items.trip_id)))))
policy tenant_wall on public.trip_itinerary_items as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.trip_participants as permissive for d to nself_app using ((EXISTS ( SELECT
   FROM public.trips p
  WHERE ((p.family_id = trip_participants.family_id) AND (p.id = trip_participants.trip_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin) OR ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person)))
policy members_insert on public.trip_participants as permissive for a to nself_app with check (( SELECT app.is_contributor() AS is_contributor) AND ((EXISTS ( SELECT
   FROM public.trips p
  WHERE ((p.family_id = trip_participants.family_id) AND (p.id = trip_participants.trip_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin)))
policy members_select on public.trip_participants as permissive for r to nself_app using (EXISTS ( SELECT
   FROM public.trips p
  WHERE ((p.family_id = trip_participants.family_id) AND (p.id = trip_participants.trip_id))))
policy members_update on public.trip_participants as permissive for w to nself_app using ((EXISTS ( SELECT
   FROM public.trips p
  WHERE ((p.family_id = trip_participants.family_id) AND (p.id = trip_participants.trip_id) AND (p.author_id = ( SELECT app.user_id() AS user_id))))) OR ( SELECT app.is_admin() AS is_admin) OR ((user_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_person() AS is_person)))
policy tenant_wall on public.trip_participants as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.trips as permissive for d to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy members_insert on public.trips as permissive for a to nself_app with check (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_select on public.trips as permissive for r to nself_app using ( SELECT app.is_person() AS is_person)
policy members_update on public.trips as permissive for w to nself_app using (((author_id = ( SELECT app.user_id() AS user_id)) AND ( SELECT app.is_contributor() AS is_contributor)) OR ( SELECT app.is_admin() AS is_admin))
policy tenant_wall on public.trips as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
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
policy members_delete on public.vault_items as permissive for d to nself_app using (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'owner'::text) AND (v.state = 'active'::text))))
policy members_insert on public.vault_items as permissive for a to nself_app with check (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'owner'::text) AND (v.state = 'active'::text))))
policy members_select on public.vault_items as permissive for r to nself_app using ((vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE (v.part = 'owner'::text))) OR (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'recipient'::text) AND (v.state = 'released'::text)))))
policy members_update on public.vault_items as permissive for w to nself_app using (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'owner'::text) AND (v.state = 'active'::text))))
policy tenant_wall on public.vault_items as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.vault_recipients as permissive for d to nself_app using (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'owner'::text) AND (v.state = 'active'::text))))
policy members_insert on public.vault_recipients as permissive for a to nself_app with check (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'owner'::text) AND (v.state = 'active'::text))))
policy members_select on public.vault_recipients as permissive for r to nself_app using ((vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE (v.part = 'owner'::text))) OR ((user_id = ( SELECT app.user_id() AS user_id)) AND (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'recipient'::text) AND (v.state = 'released'::text))))) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_update on public.vault_recipients as permissive for w to nself_app using ((vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'owner'::text) AND (v.state = 'active'::text)))) OR ((user_id = ( SELECT app.user_id() AS user_id)) AND (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'recipient'::text) AND (v.state = 'released'::text))))) OR (( SELECT app.role() AS role) = 'service'::text))
policy tenant_wall on public.vault_recipients as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.vault_release_confirmations as permissive for d to nself_app using (user_id = ( SELECT app.user_id() AS user_id))
policy members_insert on public.vault_release_confirmations as permissive for a to nself_app with check ((user_id = ( SELECT app.user_id() AS user_id)) AND (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'trustee'::text) AND (v.state <> 'active'::text)))))
policy members_select on public.vault_release_confirmations as permissive for r to nself_app using ((vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE (v.part = 'owner'::text))) OR (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'trustee'::text) AND (v.state <> 'active'::text)))) OR (( SELECT app.role() AS role) = 'service'::text))
policy tenant_wall on public.vault_release_confirmations as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_insert on public.vault_release_requests as permissive for a to nself_app with check ((requested_by = ( SELECT app.user_id() AS user_id)) AND (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'trustee'::text) AND (v.state <> 'active'::text)))))
policy members_select on public.vault_release_requests as permissive for r to nself_app using ((vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE (v.part = 'owner'::text))) OR (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'trustee'::text) AND (v.state <> 'active'::text)))) OR (( SELECT app.role() AS role) = 'service'::text))
policy members_update on public.vault_release_requests as permissive for w to nself_app using (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE (v.part = 'owner'::text)))
policy tenant_wall on public.vault_release_requests as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
policy members_delete on public.vault_trustees as permissive for d to nself_app using (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'owner'::text) AND (v.state = 'active'::text))))
policy members_insert on public.vault_trustees as permissive for a to nself_app with check (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'owner'::text) AND (v.state = 'active'::text))))
policy members_select on public.vault_trustees as permissive for r to nself_app using ((vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE (v.part = 'owner'::text))) OR (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'trustee'::text) AND (v.state <> 'active'::text)))))
policy members_update on public.vault_trustees as permissive for w to nself_app using (vault_id IN ( SELECT v.vault_id
   FROM app.my_vaults() v(vault_id, part, state)
  WHERE ((v.part = 'owner'::text) AND (v.state = 'active'::text))))
policy tenant_wall on public.vault_trustees as restrictive for * to public using (family_id = ( SELECT app.family_id() AS family_id)) with check (family_id = ( SELECT app.family_id() AS family_id))
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
CREATE TRIGGER take_standing BEFORE INSERT ON auth.revocations FOR EACH ROW WHEN (((new.kind <> 'session'::text) AND (new.user_id IS NOT NULL))) EXECUTE FUNCTION auth.take_standing()
CREATE TRIGGER touch BEFORE UPDATE ON auth.user_providers FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce AFTER INSERT OR DELETE OR UPDATE ON auth.users FOR EACH STATEMENT EXECUTE FUNCTION app.announce_to_all()
CREATE TRIGGER end_disabled AFTER UPDATE OF disabled ON auth.users FOR EACH ROW WHEN ((new.disabled <> old.disabled)) EXECUTE FUNCTION auth.end_disabled()
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
CREATE TRIGGER announce_delete AFTER DELETE ON public.activity_log REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.activity_log REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.activity_log REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.activity_log FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER announce_delete AFTER DELETE ON public.album_items REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.album_items REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.album_items REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.album_items FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.album_items FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER activity AFTER INSERT ON public.albums FOR EACH ROW EXECUTE FUNCTION app.log_activity('album')
CREATE TRIGGER announce_delete AFTER DELETE ON public.albums REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.albums REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.albums REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER record_deletion AFTER DELETE ON public.albums FOR EACH ROW EXECUTE FUNCTION app.record_deletion('album', 'content.deleted', 'author_id')
CREATE TRIGGER record_marking AFTER UPDATE OF deleted_at ON public.albums FOR EACH ROW WHEN (((old.deleted_at IS NULL) AND (new.deleted_at IS NOT NULL))) EXECUTE FUNCTION app.record_deletion('album', 'content.deleted', 'author_id')
CREATE TRIGGER search AFTER INSERT OR DELETE OR UPDATE OF title, description, deleted_at ON public.albums FOR EACH ROW EXECUTE FUNCTION app.index_for_search('album', 'title', 'description')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.albums FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.albums FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.calendar_feeds REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.calendar_feeds REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.calendar_feeds REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.calendar_feeds FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.calendar_feeds FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.conversation_members REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.conversation_members REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.conversation_members REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stamp_leaving BEFORE UPDATE OF left_at ON public.conversation_members FOR EACH ROW WHEN ((new.left_at IS NOT NULL)) EXECUTE FUNCTION app.stamp_leaving()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.conversation_members FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.conversation_members FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.conversation_notification_overrides REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.conversation_notification_overrides REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.conversation_notification_overrides REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.conversation_notification_overrides FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.conversation_notification_overrides FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.conversations REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.conversations REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.conversations REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER order_pair BEFORE INSERT ON public.conversations FOR EACH ROW EXECUTE FUNCTION app.order_pair()
CREATE TRIGGER record_deletion AFTER DELETE ON public.conversations FOR EACH ROW EXECUTE FUNCTION app.record_deletion('conversation', 'content.deleted', 'created_by')
CREATE TRIGGER seat AFTER INSERT ON public.conversations FOR EACH ROW EXECUTE FUNCTION app.seat_conversation()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.conversations FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.conversations FOR EACH ROW EXECUTE FUNCTION app.touch()
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
CREATE TRIGGER announce_delete AFTER DELETE ON public.digital_successors REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.digital_successors REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.digital_successors REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER only_author_rewrites BEFORE UPDATE OF instructions, scope, successor_id ON public.digital_successors FOR EACH ROW WHEN ((((old.instructions IS DISTINCT FROM new.instructions) OR (old.scope IS DISTINCT FROM new.scope)) OR (old.successor_id IS DISTINCT FROM new.successor_id))) EXECUTE FUNCTION app.only_author_rewrites('user_id')
CREATE TRIGGER sign BEFORE INSERT OR UPDATE ON public.digital_successors FOR EACH ROW EXECUTE FUNCTION app.sign_succession()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.digital_successors FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.digital_successors FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.entitlement_claims REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.entitlement_claims REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.entitlement_claims REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.entitlement_claims FOR EACH ROW EXECUTE FUNCTION app.record_change('entitlement_claim', 'entitlement.changed')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.entitlement_claims FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.entitlement_claims FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.event_invites REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.event_invites REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.event_invites REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER note_answer BEFORE UPDATE OF status ON public.event_invites FOR EACH ROW WHEN ((old.status IS DISTINCT FROM new.status)) EXECUTE FUNCTION app.note_answer()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.event_invites FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.event_invites FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.event_markers REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.event_markers REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.event_markers REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.event_markers FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.event_markers FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.event_reminders REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.event_reminders REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.event_reminders REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.event_reminders FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER time_reminder BEFORE INSERT OR UPDATE OF minutes_before ON public.event_reminders FOR EACH ROW EXECUTE FUNCTION app.time_reminder()
CREATE TRIGGER touch BEFORE UPDATE ON public.event_reminders FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER activity AFTER INSERT ON public.events FOR EACH ROW EXECUTE FUNCTION app.log_activity('event')
CREATE TRIGGER announce_delete AFTER DELETE ON public.events REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.events REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.events REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER move_reminders AFTER UPDATE OF starts_at ON public.events FOR EACH ROW WHEN ((old.starts_at IS DISTINCT FROM new.starts_at)) EXECUTE FUNCTION app.move_reminders()
CREATE TRIGGER note_deletion BEFORE UPDATE OF deleted_at ON public.events FOR EACH ROW EXECUTE FUNCTION app.note_deletion()
CREATE TRIGGER record_deletion AFTER DELETE ON public.events FOR EACH ROW EXECUTE FUNCTION app.record_deletion('event', 'content.deleted', 'author_id')
CREATE TRIGGER record_marking AFTER UPDATE OF deleted_at ON public.events FOR EACH ROW WHEN (((old.deleted_at IS NULL) AND (new.deleted_at IS NOT NULL))) EXECUTE FUNCTION app.record_deletion('event', 'content.deleted', 'author_id')
CREATE TRIGGER search AFTER INSERT OR DELETE OR UPDATE OF title, description, location, deleted_at ON public.events FOR EACH ROW EXECUTE FUNCTION app.index_for_search('event', 'title', 'description+location')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.events FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce AFTER INSERT OR DELETE OR UPDATE ON public.families FOR EACH ROW EXECUTE FUNCTION app.announce_family()
CREATE TRIGGER give_settings AFTER INSERT ON public.families FOR EACH ROW EXECUTE FUNCTION app.give_settings()
CREATE TRIGGER search AFTER UPDATE OF locale ON public.families FOR EACH ROW WHEN ((old.locale <> new.locale)) EXECUTE FUNCTION app.index_in_new_language()
CREATE TRIGGER touch BEFORE UPDATE ON public.families FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.family_data_keys FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.family_data_keys FOR EACH ROW EXECUTE FUNCTION app.touch()
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
CREATE TRIGGER audit AFTER UPDATE OF mahram_mode, parental_controls, moderation, default_visibility ON public.family_settings FOR EACH ROW EXECUTE FUNCTION app.record_change('family_settings', 'policy.mode_changed')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.family_settings FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.family_settings FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.genealogy_children REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.genealogy_children REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.genealogy_children REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER no_circle AFTER INSERT OR UPDATE ON public.genealogy_children FOR EACH ROW EXECUTE FUNCTION app.refuse_ancestral_circle()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.genealogy_children FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.genealogy_children FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.genealogy_citations REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.genealogy_citations REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.genealogy_citations REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.genealogy_citations FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.genealogy_citations FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.genealogy_profiles REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.genealogy_profiles REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.genealogy_profiles REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER record_deletion AFTER DELETE ON public.genealogy_profiles FOR EACH ROW EXECUTE FUNCTION app.record_deletion('person', 'content.deleted', 'created_by')
CREATE TRIGGER search AFTER INSERT OR DELETE OR UPDATE ON public.genealogy_profiles FOR EACH ROW EXECUTE FUNCTION app.index_for_search('person', 'given_names+surname+maiden_name+nickname', 'birth_place+death_place+biography')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.genealogy_profiles FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.genealogy_profiles FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.genealogy_sources REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.genealogy_sources REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.genealogy_sources REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.genealogy_sources FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.genealogy_sources FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.genealogy_unions REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.genealogy_unions REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.genealogy_unions REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER no_circle AFTER UPDATE OF husband_id, wife_id ON public.genealogy_unions FOR EACH ROW EXECUTE FUNCTION app.refuse_ancestral_circle()
CREATE TRIGGER record_deletion AFTER DELETE ON public.genealogy_unions FOR EACH ROW EXECUTE FUNCTION app.record_deletion('union', 'content.deleted', 'created_by')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.genealogy_unions FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.genealogy_unions FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.geofence_watches REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.geofence_watches REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.geofence_watches REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.geofence_watches FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.geofence_watches FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.geofences REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.geofences REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.geofences REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.geofences FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.geofences FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.inheritance_scenarios REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.inheritance_scenarios REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.inheritance_scenarios REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER number BEFORE INSERT ON public.inheritance_scenarios FOR EACH ROW EXECUTE FUNCTION app.number_scenario()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.inheritance_scenarios FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER written_once BEFORE UPDATE ON public.inheritance_scenarios FOR EACH ROW EXECUTE FUNCTION app.refuse_change()
CREATE TRIGGER announce_delete AFTER DELETE ON public.legacy_vaults REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.legacy_vaults REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.legacy_vaults REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER UPDATE OF state ON public.legacy_vaults FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION app.audit_vault()
CREATE TRIGGER begin BEFORE INSERT ON public.legacy_vaults FOR EACH ROW EXECUTE FUNCTION app.begin_vault()
CREATE TRIGGER change BEFORE UPDATE ON public.legacy_vaults FOR EACH ROW EXECUTE FUNCTION app.change_vault()
CREATE TRIGGER record_deletion AFTER DELETE ON public.legacy_vaults FOR EACH ROW EXECUTE FUNCTION app.record_deletion('vault', 'content.deleted', 'owner_id')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.legacy_vaults FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.legacy_vaults FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.live_events REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.live_events REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.live_events REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.live_events FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.live_events FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.location_shares REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.location_shares REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.location_shares REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.location_shares FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.location_shares FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER watch_fences AFTER INSERT OR UPDATE OF latitude, longitude ON public.location_shares FOR EACH ROW EXECUTE FUNCTION app.watch_fences()
CREATE TRIGGER announce_delete AFTER DELETE ON public.meal_plans REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.meal_plans REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.meal_plans REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.meal_plans FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.meal_plans FOR EACH ROW EXECUTE FUNCTION app.touch()
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
CREATE TRIGGER record_deletion AFTER DELETE ON public.media_items FOR EACH ROW EXECUTE FUNCTION app.record_deletion('media', 'media.deleted', 'uploaded_by')
CREATE TRIGGER record_marking AFTER UPDATE OF deleted_at ON public.media_items FOR EACH ROW WHEN (((old.deleted_at IS NULL) AND (new.deleted_at IS NOT NULL))) EXECUTE FUNCTION app.record_deletion('media', 'media.deleted', 'uploaded_by')
CREATE TRIGGER search AFTER INSERT OR DELETE OR UPDATE OF caption, place, camera_model, deleted_at ON public.media_items FOR EACH ROW EXECUTE FUNCTION app.index_for_search('media', 'caption', 'place+camera_model')
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
CREATE TRIGGER announce_delete AFTER DELETE ON public.memorial_profiles REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.memorial_profiles REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.memorial_profiles REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER UPDATE OF state ON public.memorial_profiles FOR EACH ROW WHEN ((old.state <> new.state)) EXECUTE FUNCTION app.record_change('memorial', 'memorial.decided')
CREATE TRIGGER sign BEFORE UPDATE OF state ON public.memorial_profiles FOR EACH ROW EXECUTE FUNCTION app.sign_memorial()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.memorial_profiles FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.memorial_profiles FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.message_mentions REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.message_mentions REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.message_mentions REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.message_mentions FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.message_mentions FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.message_reactions REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.message_reactions REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.message_reactions REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.message_reactions FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.message_reactions FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.messages REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.messages REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.messages REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER edit BEFORE UPDATE ON public.messages FOR EACH ROW EXECUTE FUNCTION app.edit_message()
CREATE TRIGGER note_message AFTER INSERT ON public.messages FOR EACH ROW EXECUTE FUNCTION app.note_message()
CREATE TRIGGER stamp BEFORE INSERT ON public.messages FOR EACH ROW EXECUTE FUNCTION app.stamp_message()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.messages FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.messages FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.notification_events REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.notification_events REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.notification_events REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.notification_events FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.notification_events FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce AFTER INSERT OR DELETE OR UPDATE ON public.notification_preferences FOR EACH STATEMENT EXECUTE FUNCTION app.announce_to_all()
CREATE TRIGGER touch BEFORE UPDATE ON public.notification_preferences FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.parental_contacts REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.parental_contacts REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.parental_contacts REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.parental_contacts FOR EACH ROW EXECUTE FUNCTION app.record_change('parental_contact', 'policy.controls_changed')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.parental_contacts FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.parental_contacts FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.parental_controls REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.parental_controls REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.parental_controls REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.parental_controls FOR EACH ROW EXECUTE FUNCTION app.record_change('parental_control', 'policy.controls_changed')
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
CREATE TRIGGER activity AFTER INSERT ON public.posts FOR EACH ROW EXECUTE FUNCTION app.log_activity('post')
CREATE TRIGGER announce_delete AFTER DELETE ON public.posts REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.posts REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.posts REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER note_deletion BEFORE UPDATE OF deleted_at ON public.posts FOR EACH ROW EXECUTE FUNCTION app.note_deletion()
CREATE TRIGGER only_author_rewrites BEFORE UPDATE OF body, visibility ON public.posts FOR EACH ROW WHEN (((old.body IS DISTINCT FROM new.body) OR (old.visibility IS DISTINCT FROM new.visibility))) EXECUTE FUNCTION app.only_author_rewrites('author_id')
CREATE TRIGGER record_deletion AFTER DELETE ON public.posts FOR EACH ROW EXECUTE FUNCTION app.record_deletion('post', 'post.deleted', 'author_id')
CREATE TRIGGER record_marking AFTER UPDATE OF deleted_at ON public.posts FOR EACH ROW WHEN (((old.deleted_at IS NULL) AND (new.deleted_at IS NOT NULL))) EXECUTE FUNCTION app.record_deletion('post', 'post.deleted', 'author_id')
CREATE TRIGGER search AFTER INSERT OR DELETE OR UPDATE OF body, deleted_at ON public.posts FOR EACH ROW EXECUTE FUNCTION app.index_for_search('post', '', 'body')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.posts FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.posts FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce AFTER INSERT OR DELETE OR UPDATE ON public.push_tokens FOR EACH STATEMENT EXECUTE FUNCTION app.announce_to_all()
CREATE TRIGGER touch BEFORE UPDATE ON public.push_tokens FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER touch BEFORE UPDATE ON public.quota_defaults FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.quota_limits REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.quota_limits REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.quota_limits REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.quota_limits FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.quota_limits FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.read_states REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.read_states REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.read_states REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.read_states FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.read_states FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.recipe_collection_items REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.recipe_collection_items REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.recipe_collection_items REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.recipe_collection_items FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.recipe_collection_items FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.recipe_collections REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.recipe_collections REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.recipe_collections REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.recipe_collections FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.recipe_collections FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.recipe_ingredients REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.recipe_ingredients REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.recipe_ingredients REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.recipe_ingredients FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.recipe_ingredients FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.recipe_steps REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.recipe_steps REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.recipe_steps REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.recipe_steps FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.recipe_steps FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER activity AFTER INSERT ON public.recipes FOR EACH ROW EXECUTE FUNCTION app.log_activity('recipe')
CREATE TRIGGER announce_delete AFTER DELETE ON public.recipes REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.recipes REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.recipes REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER record_deletion AFTER DELETE ON public.recipes FOR EACH ROW EXECUTE FUNCTION app.record_deletion('recipe', 'content.deleted', 'author_id')
CREATE TRIGGER record_marking AFTER UPDATE OF deleted_at ON public.recipes FOR EACH ROW WHEN (((old.deleted_at IS NULL) AND (new.deleted_at IS NOT NULL))) EXECUTE FUNCTION app.record_deletion('recipe', 'content.deleted', 'author_id')
CREATE TRIGGER search AFTER INSERT OR DELETE OR UPDATE OF title, description, cuisine, deleted_at ON public.recipes FOR EACH ROW EXECUTE FUNCTION app.index_for_search('recipe', 'title', 'description+cuisine')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.recipes FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.recipes FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.relationships REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.relationships REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.relationships REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.relationships FOR EACH ROW EXECUTE FUNCTION app.record_change('relationship')
CREATE TRIGGER mirror AFTER INSERT OR DELETE OR UPDATE ON public.relationships FOR EACH ROW EXECUTE FUNCTION app.mirror_relationship()
CREATE TRIGGER presume_mahram BEFORE INSERT ON public.relationships FOR EACH ROW EXECUTE FUNCTION app.presume_mahram()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.relationships FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.relationships FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.search_index REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.search_index REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.search_index REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.search_index FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.search_index FOR EACH ROW EXECUTE FUNCTION app.touch()
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
CREATE TRIGGER announce_delete AFTER DELETE ON public.trip_itinerary_items REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.trip_itinerary_items REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.trip_itinerary_items REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.trip_itinerary_items FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.trip_itinerary_items FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.trip_participants REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.trip_participants REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.trip_participants REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.trip_participants FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.trip_participants FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER activity AFTER INSERT ON public.trips FOR EACH ROW EXECUTE FUNCTION app.log_activity('trip')
CREATE TRIGGER announce_delete AFTER DELETE ON public.trips REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.trips REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.trips REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER record_deletion AFTER DELETE ON public.trips FOR EACH ROW EXECUTE FUNCTION app.record_deletion('trip', 'content.deleted', 'author_id')
CREATE TRIGGER record_marking AFTER UPDATE OF deleted_at ON public.trips FOR EACH ROW WHEN (((old.deleted_at IS NULL) AND (new.deleted_at IS NOT NULL))) EXECUTE FUNCTION app.record_deletion('trip', 'content.deleted', 'author_id')
CREATE TRIGGER search AFTER INSERT OR DELETE OR UPDATE OF title, description, destination, deleted_at ON public.trips FOR EACH ROW EXECUTE FUNCTION app.index_for_search('trip', 'title', 'description+destination')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.trips FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.trips FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.usage_metrics REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.usage_metrics REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.usage_metrics REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.usage_metrics FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.usage_metrics FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.user_app_roles REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.user_app_roles REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.user_app_roles REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.user_app_roles FOR EACH ROW EXECUTE FUNCTION app.record_change('app_role', 'member.app_role_changed')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.user_app_roles FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.user_app_roles FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.vault_items REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.vault_items REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.vault_items REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER only_while_active BEFORE INSERT OR DELETE OR UPDATE ON public.vault_items FOR EACH ROW EXECUTE FUNCTION app.only_while_active()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.vault_items FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.vault_items FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.vault_recipients REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.vault_recipients REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.vault_recipients REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER only_while_active BEFORE INSERT OR DELETE OR UPDATE OF user_id, vault_id, note ON public.vault_recipients FOR EACH ROW EXECUTE FUNCTION app.only_while_active()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.vault_recipients FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.vault_recipients FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.vault_release_confirmations REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.vault_release_confirmations REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.vault_release_confirmations REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER INSERT ON public.vault_release_confirmations FOR EACH ROW EXECUTE FUNCTION app.record_change('vault_release_confirmation', 'vault.confirmed')
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.vault_release_confirmations FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.vault_release_confirmations FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.vault_release_requests REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.vault_release_requests REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.vault_release_requests REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER INSERT ON public.vault_release_requests FOR EACH ROW EXECUTE FUNCTION app.record_change('vault_release_request', 'vault.release_requested')
CREATE TRIGGER audit_objection AFTER UPDATE OF objected_at ON public.vault_release_requests FOR EACH ROW EXECUTE FUNCTION app.record_change('vault_release_request', 'vault.objected')
CREATE TRIGGER object BEFORE UPDATE ON public.vault_release_requests FOR EACH ROW EXECUTE FUNCTION app.object_to_release()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.vault_release_requests FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER time_request BEFORE INSERT ON public.vault_release_requests FOR EACH ROW EXECUTE FUNCTION app.time_release_request()
CREATE TRIGGER touch BEFORE UPDATE ON public.vault_release_requests FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.vault_trustees REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.vault_trustees REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.vault_trustees REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER only_while_active BEFORE INSERT OR DELETE OR UPDATE ON public.vault_trustees FOR EACH ROW EXECUTE FUNCTION app.only_while_active()
CREATE TRIGGER stay_in_family BEFORE UPDATE OF family_id ON public.vault_trustees FOR EACH ROW EXECUTE FUNCTION app.refuse_family_move()
CREATE TRIGGER touch BEFORE UPDATE ON public.vault_trustees FOR EACH ROW EXECUTE FUNCTION app.touch()
CREATE TRIGGER announce_delete AFTER DELETE ON public.visibility_overrides REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_insert AFTER INSERT ON public.visibility_overrides REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER announce_update AFTER UPDATE ON public.visibility_overrides REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION app.announce_change()
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.visibility_overrides FOR EACH ROW EXECUTE FUNCTION app.record_change('visibility_override', 'policy.override_changed')
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
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.audit_vault()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    perform ops.record('vault.' || case new.state when 'active' then 'opened' else new.state end,
      new.family_id, 'vault', new.id::text,
      jsonb_build_object('state', old.state), jsonb_build_object('state', new.state));
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.begin_vault()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    new.state := 'active';
    new.sealed_at := null;
    new.released_at := null;
    return new;
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
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.calendar_feed_by_token(hash text)
 RETURNS TABLE(id uuid, family_id uuid, user_id uuid, role text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT f.id,
     f.family_id,
     f.user_id,
     m.role
    FROM (public.calendar_feeds f
      JOIN public.family_members m ON (((m.family_id = f.family_id) AND (m.user_id = f.user_id) AND (m.state = 'active'::text))))
   WHERE ((f.token_hash = calendar_feed_by_token.hash) AND (f.revoked_at IS NULL));
END
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
CREATE OR REPLACE FUNCTION app.change_vault()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  declare
    obstacle text;
  begin
    if old.state = 'released' then
      obstacle := 'a_released_vault_stays_as_it_is';
    elsif old.state = 'sealed' and new.state = 'sealed' then
      obstacle := 'a_sealed_vault_stays_as_it_is';
    elsif new.state = 'released' then
      if old.state <> 'sealed' then
        obstacle := 'a_vault_is_sealed_before_it_is_released';
      elsif (new.title, new.description, new.condition, new.owner_id, new.release_at, new.trustees_needed, new.waiting_days)
        is distinct from
            (old.title, old.description, old.condition, old.owner_id, old.release_at, old.trustees_needed, old.waiting_days)
      then
        obstacle := 'a_sealed_vault_stays_as_it_is';
      else
        obstacle := app.release_obstacle(old);
      end if;
      new.released_at := now();
    elsif new.state = 'sealed' and old.state = 'active' then
      new.sealed_at := now();
    elsif new.state = 'active' and old.state = 'sealed' then
      if app.user_id() is distinct from old.owner_id then obstacle := 'only_the_owner_opens_it_again'; end if;
      new.sealed_at := null;
    end if;
    if obstacle is not null then
      raise exception 'the vault cannot be changed: %', replace(obstacle, '_', ' ')
        using errcode = 'check_violation', constraint = obstacle;
    end if;
    return new;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.default_visibility()
 RETURNS text
 LANGUAGE plpgsql
 STABLE
AS $function$
  begin
    return coalesce(
      (select s.default_visibility from public.family_settings s where s.family_id = app.family_id()), 'family');
  end $function$
 -- owned by nself_owner;
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
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.edit_message()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.family_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE((NULLIF(current_setting('app.family_id'::text, true), ''::text))::uuid, app.session_uuid('x-hasura-family-id'::text))
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.fold(word text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN lower(public.unaccent('public.unaccent'::regdictionary, translate(regexp_replace(NORMALIZE(COALESCE(word, ''::text), NFKC), '[\u064B-\u065F\u0670\u0640]'::text, ''::text, 'g'::text), 'أإآٱىةؤئ'::text, 'اااايهوي'::text)))
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.gedcom_day(word text)
 RETURNS daterange
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
  declare
    part   text[] := regexp_match(upper(trim(word)),
      '^(@#D(JULIAN|GREGORIAN)@ *|(JULIAN|GREGORIAN) +)?((\d{1,2}) +)?((JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC) +)?(\d{1,4})(/\d{2})?( *(B\.?C\.?(E\.?)?))?$');
    julian boolean := coalesce(part[2], part[3], 'GREGORIAN') = 'JULIAN';
    day    integer := part[5];
    month  integer := array_position(
      array['JAN','FEB','MAR','APR','MAY','JUN','JUL','AUG','SEP','OCT','NOV','DEC'], part[7]);
    year   integer := part[8];
    first  integer;
    last   integer;
  begin
    if part is null or (day is not null and month is null) or day not between 1 and 31 then return null; end if;
    if part[11] is not null then year := 1 - year; end if;
    first := app.julian_day(year, coalesce(month, 1), coalesce(day, 1), julian);
    last  := case
      when day   is not null then first + 1
      when month = 12 or month is null then app.julian_day(year + 1, 1, 1, julian)
      else app.julian_day(year, month + 1, 1, julian)
    end;
    return daterange('2000-01-01'::date + (first - 2451545), '2000-01-01'::date + (last - 2451545));
  exception when datetime_field_overflow or numeric_value_out_of_range then
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.gedcom_range(word text)
 RETURNS daterange
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
  declare
    text_  text := regexp_replace(upper(trim(coalesce(word, ''))), '\s+', ' ', 'g');
    two    text[];
    range  daterange;
  begin
    text_ := regexp_replace(regexp_replace(text_, '^INT ', ''), ' *\(.*\)$', '');
    if text_ ~ '^(ABT|CAL|EST) ' then
      range := app.gedcom_day(substr(text_, 5));
      return daterange(lower(range) - 730, upper(range) + 730);
    elsif text_ ~ '^BEF ' then
      return daterange(null, lower(app.gedcom_day(substr(text_, 5))));
    elsif text_ ~ '^TO ' then
      return daterange(null, upper(app.gedcom_day(substr(text_, 4))));
    elsif text_ ~ '^AFT ' then
      return daterange(upper(app.gedcom_day(substr(text_, 5))), null);
    end if;
    two := coalesce(regexp_match(text_, '^BET (.+) AND (.+)$'), regexp_match(text_, '^FROM (.+) TO (.+)$'));
    if two is not null then
      return daterange(lower(app.gedcom_day(two[1])), upper(app.gedcom_day(two[2])));
    elsif text_ ~ '^FROM ' then
      return daterange(lower(app.gedcom_day(substr(text_, 6))), null);
    end if;
    return app.gedcom_day(text_);
  exception when data_exception then
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.genealogy_parents(family uuid, child uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
AS $function$
    select unnest(array[u.husband_id, u.wife_id])
    from   public.genealogy_children c
    join   public.genealogy_unions u on u.family_id = c.family_id and u.id = c.union_id
    where  c.family_id = family and c.child_id = child
  $function$
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
CREATE OR REPLACE FUNCTION app.hidden_from_me()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
AS $function$
  begin
    return array(select h.person_id from app.hidden_people_from_me() h);
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.hidden_people_from_me()
 RETURNS TABLE(family_id uuid, viewer_id uuid, person_id uuid, reason text)
 LANGUAGE plpgsql
 STABLE ROWS 5
AS $function$
  declare
    family uuid := app.family_id();
    viewer uuid := app.user_id();
  begin
    if not app.is_adult() or (select s.mahram_mode from public.family_settings s where s.family_id = family) then
      return query
        select h.family_id, h.viewer_id, h.person_id, h.reason from public.hidden_people h
        where  h.family_id = family and h.viewer_id = viewer;
    end if;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.index_for_search()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  declare
    gone  jsonb := to_jsonb(old);
    row_  jsonb := to_jsonb(new);
    title text;
    body  text;
  begin
    if tg_op = 'DELETE' or row_ ->> 'deleted_at' is not null then
      delete from public.search_index s
      where  s.family_id = (coalesce(row_, gone) ->> 'family_id')::uuid and s.kind = tg_argv[0]
      and    s.content_id = (coalesce(row_, gone) ->> 'id')::uuid;
      return null;
    end if;
    select coalesce(string_agg(row_ ->> c, ' ' order by o), '') into title
    from unnest(string_to_array(tg_argv[1], '+')) with ordinality u(c, o);
    select coalesce(string_agg(row_ ->> c, ' ' order by o), '') into body
    from unnest(string_to_array(tg_argv[2], '+')) with ordinality u(c, o);
    insert into public.search_index as s (family_id, kind, content_id, title, body, language)
    select f.id, tg_argv[0], (row_ ->> 'id')::uuid, title, body, f.locale
    from   public.families f where f.id = (row_ ->> 'family_id')::uuid
    on conflict on constraint everything_is_found_once
      do update set title = excluded.title, body = excluded.body, language = excluded.language
      where (s.title, s.body, s.language) is distinct from (excluded.title, excluded.body, excluded.language);
    return null;
  end $function$
 -- owned by nself_crossing;
CREATE OR REPLACE FUNCTION app.index_in_new_language()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    update public.search_index s set language = new.locale where s.family_id = new.id and s.language <> new.locale;
    return null;
  end $function$
 -- owned by nself_crossing;
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
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.invited_events()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT i.event_id
    FROM public.event_invites i
   WHERE ((i.family_id = app.family_id()) AND (i.user_id = app.user_id()));
END
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
CREATE OR REPLACE FUNCTION app.is_active_member()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
  begin
    return app.role() = 'service' or (app.is_person() and exists (
      select from public.family_members m
      where  m.family_id = app.family_id() and m.user_id = app.user_id() and m.state = 'active'));
  end $function$
 -- owned by nself_owner;
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
CREATE OR REPLACE FUNCTION app.is_rrule(rule text)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  declare
    part  text;
    name  text;
    value text;
    seen  text[] := '{}';
    number_list constant text := '^[+-]?\d{1,3}(,[+-]?\d{1,3})*$';
  begin
    foreach part in array string_to_array(upper(rule), ';') loop
      name  := split_part(part, '=', 1);
      value := split_part(part, '=', 2);
      if name = any (seen) or part not like '%=%' or not (case name
        when 'FREQ'       then value in ('SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY')
        when 'INTERVAL'   then value ~ '^[1-9]\d{0,3}$'
        when 'COUNT'      then value ~ '^[1-9]\d{0,4}$'
        when 'UNTIL'      then value ~ '^\d{8}(T\d{6}Z?)?$'
        when 'BYDAY'      then value ~ '^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU))*$'
        when 'BYMONTH'    then value ~ '^([1-9]|1[0-2])(,([1-9]|1[0-2]))*$'
        when 'BYMONTHDAY' then value ~ number_list
        when 'BYYEARDAY'  then value ~ number_list
        when 'BYWEEKNO'   then value ~ number_list
        when 'BYSETPOS'   then value ~ number_list
        when 'BYHOUR'     then value ~ '^\d{1,2}(,\d{1,2})*$'
        when 'BYMINUTE'   then value ~ '^\d{1,2}(,\d{1,2})*$'
        when 'BYSECOND'   then value ~ '^\d{1,2}(,\d{1,2})*$'
        when 'WKST'       then value in ('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')
        else false
      end) then return false; end if;
      seen := seen || name;
    end loop;
    return 'FREQ' = any (seen) and not seen @> '{UNTIL,COUNT}';
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.is_time_zone(name text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE STRICT
AS $function$
  begin
    perform now() at time zone name;
    return name ~ '/' or name !~ '[-+]'
      or exists (select from pg_catalog.pg_timezone_names z where z.name = is_time_zone.name);
  exception when invalid_parameter_value then
    return false;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.julian_day(year integer, month integer, day integer, julian boolean)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (WITH shifted AS (SELECT ((14 - julian_day.month) / 12) AS a, ((julian_day.year + 4800) - ((14 - julian_day.month) / 12)) AS y, ((julian_day.month + (12 * ((14 - julian_day.month) / 12))) - 3) AS m) SELECT ((((julian_day.day + (((153 * shifted.m) + 2) / 5)) + (365 * shifted.y)) + (shifted.y / 4)) + CASE WHEN julian_day.julian THEN '-32083'::integer ELSE ((((- shifted.y) / 100) + (shifted.y / 400)) - 32045) END) FROM shifted)
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
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.log_activity()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  declare
    made jsonb := to_jsonb(new);
  begin
    if coalesce(made ->> 'visibility', 'family') in ('family', 'public') and app.user_id() is not null then
      insert into public.activity_log (family_id, actor_id, verb, subject_type, subject_id, summary)
      values (new.family_id, app.user_id(), 'created', tg_argv[0], new.id, left(coalesce(made ->> 'title', made ->> 'body', ''), 120));
    end if;
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.may_message(conversation uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT (app.minor_may('message'::text) AND (NOT (EXISTS ( SELECT
            FROM (public.parental_controls c
              JOIN public.family_settings s ON (((s.family_id = c.family_id) AND s.parental_controls)))
           WHERE ((c.family_id = app.family_id()) AND (c.user_id = app.user_id()) AND c.contacts_only AND (app.role() = ANY (ARRAY['youth'::text, 'child'::text])) AND (EXISTS ( SELECT
                    FROM public.conversation_members m
                   WHERE ((m.family_id = c.family_id) AND (m.conversation_id = may_message.conversation) AND (m.left_at IS NULL) AND (m.user_id <> c.user_id) AND (NOT (m.user_id IN ( SELECT k.contact_id
                            FROM public.parental_contacts k
                           WHERE ((k.family_id = c.family_id) AND (k.user_id = c.user_id)))))))))))));
END
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
CREATE OR REPLACE FUNCTION app.metres_between(lat1 double precision, lon1 double precision, lat2 double precision, lon2 double precision)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((((2)::numeric * 6371008.8))::double precision * asin(sqrt(LEAST((1)::double precision, ((sin((radians((lat2 - lat1)) / (2)::double precision)) ^ (2)::double precision) + ((cos(radians(lat1)) * cos(radians(lat2))) * (sin((radians((lon2 - lon1)) / (2)::double precision)) ^ (2)::double precision)))))))
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.minor_may(deed text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
  begin
    return app.role() not in ('youth', 'child') or not exists (
      select from public.parental_controls c
      join   public.family_settings s on s.family_id = c.family_id and s.parental_controls
      join   public.families f        on f.id = c.family_id
      where  c.family_id = app.family_id() and c.user_id = app.user_id()
      and   (case deed when 'post' then not c.can_post when 'message' then not c.can_message end
             or not app.within_hours(now(), f.time_zone, c.screen_from, c.screen_until)));
  end $function$
 -- owned by nself_owner;
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
CREATE OR REPLACE FUNCTION app.move_reminders()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    update public.event_reminders r
    set    due_at = new.starts_at - make_interval(mins => r.minutes_before), sent_at = null
    where  r.family_id = new.family_id and r.event_id = new.id;
    return null;
  end $function$
 -- owned by nself_crossing;
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
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.my_conversations()
 RETURNS TABLE(conversation_id uuid, role text, left_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT m.conversation_id,
     m.role,
     m.left_at
    FROM public.conversation_members m
   WHERE ((m.family_id = app.family_id()) AND (m.user_id = app.user_id()));
END
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
CREATE OR REPLACE FUNCTION app.my_families()
 RETURNS TABLE(family_id uuid, name text, state text, role text, member_state text, joined_at timestamp with time zone, time_zone text, locale text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    return query
      select f.id, f.name, f.state, m.role, m.state, m.joined_at, f.time_zone, f.locale
      from   public.family_members m
      join   public.families f on f.id = m.family_id
      where  m.user_id = app.user_id()
      order  by m.joined_at, f.id;
  end $function$
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.my_vaults()
 RETURNS TABLE(vault_id uuid, part text, state text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT v.id,
     'owner'::text,
     v.state
    FROM public.legacy_vaults v
   WHERE ((v.family_id = app.family_id()) AND (v.owner_id = app.user_id()))
 UNION ALL
  SELECT v.id,
     'trustee'::text,
     v.state
    FROM (public.legacy_vaults v
      JOIN public.vault_trustees t ON (((t.family_id = v.family_id) AND (t.vault_id = v.id))))
   WHERE ((v.family_id = app.family_id()) AND (t.user_id = app.user_id()))
 UNION ALL
  SELECT v.id,
     'recipient'::text,
     v.state
    FROM (public.legacy_vaults v
      JOIN public.vault_recipients r ON (((r.family_id = v.family_id) AND (r.vault_id = v.id))))
   WHERE ((v.family_id = app.family_id()) AND (r.user_id = app.user_id()));
END
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
CREATE OR REPLACE FUNCTION app.note_answer()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    new.responded_at := case when new.status <> 'pending' then now() end;
    return new;
  end $function$
 -- owned by nself_owner;
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
CREATE OR REPLACE FUNCTION app.note_message()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    update public.conversations c set last_message_at = new.created_at
    where  c.family_id = new.family_id and c.id = new.conversation_id
    and    (c.last_message_at is null or c.last_message_at < new.created_at);
    return null;
  end $function$
 -- owned by nself_crossing;
CREATE OR REPLACE FUNCTION app.notify(person uuid, type text, title text, body text DEFAULT ''::text, source text DEFAULT ''::text, data jsonb DEFAULT '{}'::jsonb)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    insert into public.notification_events (family_id, user_id, type, title, body, source, data, channel)
    select m.family_id, m.user_id, notify.type, notify.title, notify.body, notify.source, notify.data, c.channel
    from   public.family_members m
    cross  join (values ('in_app'), ('push')) c (channel)
    where  m.family_id = app.family_id() and m.user_id = notify.person and m.state = 'active'
    and    app.wants_notification(notify.person, notify.type, c.channel)
    on conflict on constraint told_once do nothing
  $function$
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
CREATE OR REPLACE FUNCTION app.number_scenario()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    perform pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'scenario', new.family_id, new.author_id, new.name), 0));
    select coalesce(max(s.version), 0) + 1 into new.version
    from   public.inheritance_scenarios s
    where  s.family_id = new.family_id and s.author_id = new.author_id and s.name = new.name;
    return new;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.object_to_release()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    if old.objected_at is not null or new.objected_at is null
       or (new.waits_until, new.requested_by, new.vault_id, new.reason)
          is distinct from (old.waits_until, old.requested_by, old.vault_id, old.reason) then
      raise exception 'a request can only be objected to'
        using errcode = 'check_violation', constraint = 'request_is_only_objected_to';
    end if;
    new.objected_at := now();
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
CREATE OR REPLACE FUNCTION app.only_while_active()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  declare
    vault public.legacy_vaults;
  begin
    -- This looks past the walls before they have been asked, so it must not tell of a vault that is not theirs who ask. Without a
    -- vault, its parts are on their way out with it.
    select * into vault from public.legacy_vaults v
    where  v.family_id = coalesce(new.family_id, old.family_id) and v.id = coalesce(new.vault_id, old.vault_id)
    and    v.id in (select m.vault_id from app.my_vaults() m where m.part = 'owner')
    for share;
    if found and vault.state <> 'active' then
      raise exception 'the vault is %', vault.state
        using errcode = 'check_violation', constraint = 'vault_changes_only_while_active';
    end if;
    return coalesce(new, old);
  end $function$
 -- owned by nself_crossing;
CREATE OR REPLACE FUNCTION app.order_pair()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    if new.lower_user_id > new.higher_user_id then
      select new.higher_user_id, new.lower_user_id into new.lower_user_id, new.higher_user_id;
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
CREATE OR REPLACE FUNCTION app.push_addresses(person uuid)
 RETURNS TABLE(id uuid, platform text, token text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT t.id,
     t.platform,
     t.token
    FROM (public.push_tokens t
      JOIN public.family_members m ON (((m.user_id = t.user_id) AND (m.family_id = app.family_id()) AND (m.state = 'active'::text))))
   WHERE ((t.user_id = push_addresses.person) AND (t.failed_at IS NULL) AND (app.role() = 'service'::text));
END
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
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
CREATE OR REPLACE FUNCTION app.record_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  declare
    was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    is_ jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  begin
    -- One edit is one event: what the database does by itself because of it is none.
    if pg_trigger_depth() > 1 then return null; end if;
    perform ops.record(
      coalesce(tg_argv[1], tg_argv[0] || case tg_op when 'INSERT' then '.created' when 'UPDATE' then '.changed' else '.removed' end),
      (coalesce(is_, was) ->> 'family_id')::uuid, tg_argv[0], coalesce(is_, was) ->> 'id', was, is_);
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.record_deletion()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    -- What goes along with something greater is not told apart.
    if pg_trigger_depth() > 1 then return null; end if;
    perform ops.record(tg_argv[1], old.family_id, tg_argv[0], old.id::text,
      jsonb_build_object('author_id', to_jsonb(old) -> tg_argv[2]),
      jsonb_build_object('for_good', tg_op = 'DELETE'));
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.refuse_ancestral_circle()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  declare
    circle boolean;
  begin
    perform pg_advisory_xact_lock(hashtextextended('genealogy ' || new.family_id, 0));
    with recursive above(person) as (
      select p from public.genealogy_unions u, unnest(array[u.husband_id, u.wife_id]) p
      where u.family_id = new.family_id and p is not null
        and u.id = case tg_table_name when 'genealogy_children' then to_jsonb(new) ->> 'union_id' else new.id::text end::uuid
      union
      select parent from above, app.genealogy_parents(new.family_id, above.person) parent where parent is not null
    )
    select exists (
      select from above join public.genealogy_children c on c.child_id = above.person and c.family_id = new.family_id
      where c.union_id = case tg_table_name when 'genealogy_children' then to_jsonb(new) ->> 'union_id' else new.id::text end::uuid)
    into circle;
    if circle then
      raise exception 'nobody can be their own ancestor'
        using errcode = 'check_violation', constraint = 'no_circle_in_parentage';
    end if;
    return null;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    raise exception 'a row of % is never changed', tg_table_name
      using errcode = 'check_violation', constraint = 'written_once';
  end $function$
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
CREATE OR REPLACE FUNCTION app.release_obstacle(vault public.legacy_vaults)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  declare
    request public.vault_release_requests;
    vouched integer;
  begin
    if vault.family_id is distinct from app.family_id() then return 'it_is_not_of_this_family'; end if;
    case vault.condition
      when 'manual' then
        return case when app.user_id() is distinct from vault.owner_id then 'only_the_owner_releases_it' end;
      when 'time' then
        return case when vault.release_at > now() then 'its_time_has_not_come' end;
      else
        select * into request from public.vault_release_requests r
        where  r.family_id = vault.family_id and r.vault_id = vault.id and r.objected_at is null;
        if not found then return 'nobody_has_requested_it'; end if;
        if request.waits_until > now() then return 'the_owner_may_still_object'; end if;
        select count(*) into vouched from public.vault_release_confirmations c
        where  c.family_id = vault.family_id and c.request_id = request.id;
        return case when vouched < vault.trustees_needed then 'too_few_trustees_have_confirmed' end;
    end case;
  end $function$
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
CREATE OR REPLACE FUNCTION app.revoke_api_keys_of(person uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 UPDATE ops.api_keys k SET revoked_at = now()
   WHERE ((k.created_by = revoke_api_keys_of.person) AND (k.revoked_at IS NULL));
END
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_auth
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
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_auth
CREATE OR REPLACE FUNCTION app.role()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE(NULLIF(current_setting('app.role'::text, true), ''::text), app.session_variable('x-hasura-role'::text), 'anonymous'::text)
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.search_candidates(words text, kinds text[], most integer)
 RETURNS TABLE(id uuid, rank real)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET "pg_trgm.word_similarity_threshold" TO '0.45'
AS $function$
  declare
    family uuid := app.family_id();
    wanted text := app.fold(words);
    query  tsquery;
  begin
    if family is null or wanted !~ '\S' then return; end if;
    select app.search_query(words, f.locale) into query from public.families f where f.id = family;
    return query
      select s.id, (ts_rank(s.document, query) + 1)::real from public.search_index s
      where  s.family_id = family and s.document @@ query and (kinds is null or s.kind = any (kinds))
      order  by 2 desc, s.id desc limit most;
    -- Only when the words as they stand find nothing is it taken for a slip of the pen.
    if not found then
      return query
        select s.id, word_similarity(wanted, s.folded) from public.search_index s
        where  s.family_id = family and wanted <% s.folded and (kinds is null or s.kind = any (kinds))
        order  by 2 desc, s.id desc limit most;
    end if;
  end $function$
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
CREATE OR REPLACE FUNCTION app.search_query(words text, locale text)
 RETURNS tsquery
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN ((websearch_to_tsquery('simple'::regconfig, app.fold(words)) || websearch_to_tsquery(app.text_configuration(locale), app.fold(words))) || COALESCE((SELECT to_tsquery('simple'::regconfig, string_agg((quote_literal(w.w) || ':*'::text), ' & '::text)) AS to_tsquery FROM regexp_split_to_table(app.fold(search_query.words), '[^[:alnum:]]+'::text) w(w) WHERE ((w.w <> ''::text) AND (search_query.words !~ '["-]'::text))), ''::tsquery))
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.seat_conversation()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    insert into public.conversation_members (family_id, conversation_id, user_id, role)
    select new.family_id, new.id, seat, case when seat = new.created_by then 'admin' else 'member' end
    from   unnest(array[new.created_by, new.lower_user_id, new.higher_user_id]) seat
    where  seat is not null
    on conflict do nothing;
    return null;
  end $function$
 -- owned by nself_crossing;
CREATE OR REPLACE FUNCTION app.sees_media(item uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
  begin
    return exists (select from public.media_items i where i.family_id = app.family_id() and i.id = item);
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.session_uuid(name text)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
AS $function$
  begin
    return app.uuid_or_null(app.session_variable(name));
  end $function$
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
CREATE OR REPLACE FUNCTION app.shared_posts()
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE
AS $function$
  begin
    return query select a.post_id from public.post_audiences a
      where a.family_id = app.family_id() and a.user_id = app.user_id();
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.sign_memorial()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    if new.state = 'requested' then
      new.decided_by := null;
      new.decided_at := null;
    elsif old.state is distinct from new.state then
      new.decided_by := coalesce(app.user_id(), new.decided_by);
      new.decided_at := now();
    end if;
    return new;
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
    elsif new.confirmed_at is distinct from old.confirmed_at then
      new.confirmed_by := app.user_id();
      new.confirmed_at := now();
    elsif (new.viewer_id, new.author_id, new.effect, new.expires_at)
          is distinct from (old.viewer_id, old.author_id, old.effect, old.expires_at) then
      -- What was confirmed is no longer what stands here.
      new.confirmed_by := null;
      new.confirmed_at := null;
    end if;
    return new;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.sign_succession()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    if tg_op = 'INSERT' or new.accepted_at is null
       or (new.successor_id, new.scope) is distinct from (old.successor_id, old.scope) then
      new.accepted_at := null;
    elsif old.accepted_at is null then
      if app.user_id() is distinct from new.successor_id then
        raise exception 'only the successor accepts'
          using errcode = 'check_violation', constraint = 'only_the_successor_accepts';
      end if;
      new.accepted_at := now();
    end if;
    return new;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.stamp_leaving()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    new.left_at := clock_timestamp();
    return new;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.stamp_message()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    if current_user = 'nself_app' and app.role() <> 'service' then new.created_at := clock_timestamp(); end if;
    return new;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.text_configuration(locale text)
 RETURNS regconfig
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (CASE "left"(locale, 2) WHEN 'ar'::text THEN 'pg_catalog.arabic'::text WHEN 'da'::text THEN 'pg_catalog.danish'::text WHEN 'de'::text THEN 'pg_catalog.german'::text WHEN 'en'::text THEN 'pg_catalog.english'::text WHEN 'es'::text THEN 'pg_catalog.spanish'::text WHEN 'fr'::text THEN 'pg_catalog.french'::text WHEN 'it'::text THEN 'pg_catalog.italian'::text WHEN 'nl'::text THEN 'pg_catalog.dutch'::text WHEN 'pt'::text THEN 'pg_catalog.portuguese'::text WHEN 'ru'::text THEN 'pg_catalog.russian'::text WHEN 'sv'::text THEN 'pg_catalog.swedish'::text WHEN 'tr'::text THEN 'pg_catalog.turkish'::text ELSE 'pg_catalog.simple'::text END)::regconfig
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.time_release_request()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  declare
    vault public.legacy_vaults;
  begin
    select * into vault from public.legacy_vaults v
    where  v.family_id = new.family_id and v.id = new.vault_id
    and    v.id in (select m.vault_id from app.my_vaults() m where m.part = 'trustee');
    if not found then return new; end if;
    if vault.condition is distinct from 'death_verification' or vault.state <> 'sealed' then
      raise exception 'nothing to request'
        using errcode = 'check_violation', constraint = 'only_sealed_vaults_of_this_kind';
    end if;
    new.waits_until := now() + make_interval(days => vault.waiting_days);
    new.objected_at := null;
    return new;
  end $function$
 -- owned by nself_crossing;
CREATE OR REPLACE FUNCTION app.time_reminder()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    select e.starts_at - make_interval(mins => new.minutes_before) into new.due_at
    from   public.events e where e.family_id = new.family_id and e.id = new.event_id;
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
RETURN COALESCE((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid, app.session_uuid('x-hasura-user-id'::text))
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
CREATE OR REPLACE FUNCTION app.visibility_reason(viewer uuid, post uuid)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  declare
    thing  public.posts;
    member public.family_members;
  begin
    if not (app.is_admin() or viewer = app.user_id()) then return null; end if;
    select * into thing  from public.posts p where p.family_id = app.family_id() and p.id = post;
    if not found then return 'post_not_found'; end if;
    select * into member from public.family_members m
    where  m.family_id = app.family_id() and m.user_id = viewer and m.state = 'active';
    return app.visibility_verdict(
      thing.deleted_at is not null,
      member.role in ('OWNER', 'ADMIN', 'ADULT_MEMBER', 'YOUTH_MEMBER', 'CHILD_MEMBER'),
      thing.author_id = viewer,
      thing.visibility,
      member.role in ('OWNER', 'ADMIN', 'ADULT_MEMBER'),
      exists (select from public.post_audiences a
              where a.family_id = thing.family_id and a.post_id = thing.id and a.user_id = viewer),
      exists (select from public.hidden_people h where h.family_id = thing.family_id and h.viewer_id = viewer
              and h.person_id = thing.author_id and h.reason = 'no_mahram_relationship'),
      exists (select from public.hidden_people h where h.family_id = thing.family_id and h.viewer_id = viewer
              and h.person_id = thing.author_id and h.reason = 'parental_restriction'));
  end $function$
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
CREATE OR REPLACE FUNCTION app.visibility_verdict(deleted boolean, is_member boolean, is_author boolean, visibility text, is_adult boolean, in_audience boolean, mahram_hidden boolean, parent_hidden boolean)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN deleted THEN 'post_not_found'::text WHEN (is_member IS NOT TRUE) THEN 'not_family_member'::text WHEN is_author THEN 'author'::text WHEN ((visibility = 'adults_only'::text) AND (NOT is_adult)) THEN 'adults_only_content'::text WHEN ((visibility = 'private'::text) AND (NOT in_audience)) THEN 'not_in_audience'::text WHEN mahram_hidden THEN 'no_mahram_relationship'::text WHEN parent_hidden THEN 'parental_restriction'::text WHEN (visibility = ANY (ARRAY['public'::text, 'family'::text, 'adults_only'::text, 'private'::text])) THEN 'policy_passed'::text ELSE 'post_not_found'::text END
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION app.wants_notification(person uuid, type text, channel text, at timestamp with time zone DEFAULT now())
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT COALESCE(( SELECT (p.enabled AND (NOT ((p.quiet_from IS NOT NULL) AND app.within_hours(wants_notification.at, p.time_zone, p.quiet_from, p.quiet_until))))
            FROM public.notification_preferences p
           WHERE ((p.user_id = wants_notification.person) AND (p.type = ANY (ARRAY['*'::text, wants_notification.type])) AND (p.channel = ANY (ARRAY['*'::text, wants_notification.channel])))
           ORDER BY (p.type = '*'::text), (p.channel = '*'::text)
          LIMIT 1), true) AS "coalesce";
END
 -- owned by nself_crossing; grant execute to nself_admin
CREATE OR REPLACE FUNCTION app.watch_fences()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  declare
    fence record;
  begin
    for fence in
      select w.id, w.inside as was, g.id as geofence_id, g.name, g.on_enter, g.on_exit, g.created_by,
             app.metres_between(g.latitude, g.longitude, new.latitude, new.longitude) <= g.radius_m as is_inside
      from   public.geofence_watches w
      join   public.geofences g on g.family_id = w.family_id and g.id = w.geofence_id
      where  w.family_id = new.family_id and w.user_id = new.user_id
      for update of w
    loop
      continue when fence.was is not distinct from fence.is_inside;
      update public.geofence_watches w set inside = fence.is_inside, crossed_at = new.recorded_at
      where  w.family_id = new.family_id and w.id = fence.id;
      if fence.was is not null and (case when fence.is_inside then fence.on_enter else fence.on_exit end) then
        perform app.notify(fence.created_by,
          case when fence.is_inside then 'geofence.entered' else 'geofence.left' end, fence.name, '',
          'geofence:' || fence.geofence_id || ':' || new.id,
          jsonb_build_object('geofence_id', fence.geofence_id, 'user_id', new.user_id));
      end if;
    end loop;
    return null;
  end $function$
 -- owned by nself_crossing;
CREATE OR REPLACE FUNCTION app.within_hours(at timestamp with time zone, zone text, since time without time zone, until time without time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN CASE WHEN ((since IS NULL) OR (until IS NULL)) THEN true WHEN (since <= until) THEN ((((at AT TIME ZONE zone))::time without time zone >= since) AND (((at AT TIME ZONE zone))::time without time zone < until)) ELSE ((((at AT TIME ZONE zone))::time without time zone >= since) OR (((at AT TIME ZONE zone))::time without time zone < until)) END
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION auth.end_disabled()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    perform ops.record(case when new.disabled then 'account.disabled' else 'account.enabled' end,
                       null, 'user', new.id::text);
    if not new.disabled then return null; end if;
    update auth.sessions       set ended_at   = now(), end_reason = 'disabled' where user_id = new.id and ended_at   is null;
    update auth.refresh_tokens set revoked_at = now()                          where user_id = new.id and revoked_at is null;
    insert into auth.revocations (kind, user_id, reason, expires_at)
    values ('user', new.id, 'account disabled', now() + interval '1 day');
    return null;
  end $function$
 -- owned by nself_crossing;
CREATE OR REPLACE FUNCTION auth.hold_standing(person uuid)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    perform pg_advisory_xact_lock_shared(hashtextextended('standing ' || person, 0));
    return clock_timestamp();
  end $function$
 -- owned by nself_owner; grant execute to nself_auth
CREATE OR REPLACE FUNCTION auth.take_standing()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    perform pg_advisory_xact_lock(hashtextextended('standing ' || new.user_id, 0));
    new.at := clock_timestamp();
    return new;
  end $function$
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
 LANGUAGE plpgsql
 STABLE
 SET "TimeZone" TO 'UTC'
AS $function$
  begin
    return sha256(event.previous_hash || convert_to(
      jsonb_build_array(
        event.id, event.family_id, event.sequence, event.type, event.actor_id, event.subject_type, event.subject_id,
        event.old_state, event.new_state, event.ip, event.agent, event.trace_id, event.created_at)::text, 'UTF8'));
  end $function$
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
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
CREATE OR REPLACE FUNCTION ops.claim_outbox(topics text[], n integer, lease interval DEFAULT '00:01:00'::interval)
 RETURNS SETOF ops.outbox
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    with waiting as (
      select o.id from ops.outbox o
      where  o.delivered_at is null and o.available_at <= clock_timestamp()
        and  (o.expires_at is null or o.expires_at > clock_timestamp())
        and  o.topic = any (claim_outbox.topics)
      order  by o.available_at
      limit  claim_outbox.n
      for update skip locked)
    update ops.outbox o
    set    attempts = o.attempts + 1, available_at = clock_timestamp() + claim_outbox.lease
    from   waiting where o.id = waiting.id
    returning o.*
  $function$
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app; grant execute to nself_auth
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
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
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
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
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
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
CREATE OR REPLACE FUNCTION ops.join_audit_chain()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  declare
    chain_of uuid := coalesce(new.family_id, '00000000-0000-0000-0000-000000000000');
    actor    uuid := ops.pseudonym(new.actor_id);
    subject  uuid := case when new.subject_type = 'user' then app.uuid_or_null(new.subject_id) end;
    head     ops.audit_chains;
  begin
    select * into head from ops.audit_chains c where c.chain = chain_of for update;
    if not found then
      insert into ops.audit_chains (chain) values (chain_of) on conflict do nothing;
      select * into strict head from ops.audit_chains c where c.chain = chain_of for update;
    end if;

    if subject is not null then
      new.subject_id := case when subject = new.actor_id then actor else ops.pseudonym(subject) end;
    end if;
    new.actor_id      := actor;
    new.old_state     := ops.with_pseudonyms(new.old_state);
    new.new_state     := ops.with_pseudonyms(new.new_state);
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
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app
CREATE OR REPLACE FUNCTION ops.person_behind(pseudonym uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    if not app.is_admin() then return null; end if;
    return (select p.user_id from ops.audit_pseudonyms p where p.id = pseudonym);
  end $function$
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app; grant execute to nself_auth
CREATE OR REPLACE FUNCTION ops.pseudonym(person uuid)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
  declare
    found_id uuid;
  begin
    if person is null then return null; end if;
    select p.id into found_id from ops.audit_pseudonyms p where p.user_id = person;
    if found then return found_id; end if;
    insert into ops.audit_pseudonyms (user_id) values (person) on conflict (user_id) do nothing;
    select p.id into strict found_id from ops.audit_pseudonyms p where p.user_id = person;
    return found_id;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION ops.purge_expired()
 RETURNS TABLE(what text, rows bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    what := 'location_shares';
    delete from public.location_shares where expires_at < now();
    get diagnostics rows = row_count; return next;
    what := 'idempotency_keys';
    delete from ops.idempotency_keys where expires_at < now();
    get diagnostics rows = row_count; return next;
    what := 'revocations';
    delete from auth.revocations where expires_at < now();
    get diagnostics rows = row_count; return next;
    what := 'nonces';
    delete from auth.nonces where expires_at < now();
    get diagnostics rows = row_count; return next;
    what := 'tickets';
    delete from auth.tickets where expires_at < now() - interval '1 day';
    get diagnostics rows = row_count; return next;
    what := 'device_pairings';
    delete from auth.device_pairings where expires_at < now() - interval '1 day';
    get diagnostics rows = row_count; return next;
    what := 'outbox';
    delete from ops.outbox where coalesce(delivered_at, expires_at) < now() - interval '7 days';
    get diagnostics rows = row_count; return next;
  end $function$
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app; grant execute to nself_auth
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
           expires_at   = case when settle_outbox.error is not null and settle_outbox.retry_at is null
                               then clock_timestamp() else o.expires_at end,
           payload      = case when settle_outbox.retry_at is null then '{}' else o.payload end,
           last_error   = settle_outbox.error,
           available_at = coalesce(settle_outbox.retry_at, o.available_at)
    where  o.id = settle_outbox.message and o.delivered_at is null
  $function$
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app; grant execute to nself_auth
CREATE OR REPLACE FUNCTION ops.with_people(state jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  declare
    words  text := state::text;
    person record;
  begin
    if not app.is_admin() then return null; end if;
    for person in
      select p.id, p.user_id from ops.audit_pseudonyms p
      where  p.user_id is not null and p.id in (
        select w[1]::uuid from regexp_matches(words, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') w)
    loop
      words := replace(words, person.id::text, person.user_id::text);
    end loop;
    return words::jsonb;
  end $function$
 -- owned by nself_crossing; grant execute to nself_admin; grant execute to nself_app; grant execute to nself_auth
CREATE OR REPLACE FUNCTION ops.with_pseudonyms(state jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
  declare
    words  text := state::text;
    person uuid;
  begin
    if words is null or words !~ '[0-9a-f]{8}-[0-9a-f]{4}-' then return state; end if;
    for person in
      select u.id from auth.users u
      where  u.id in (select w[1]::uuid from regexp_matches(words, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') w)
    loop
      words := replace(words, person::text, ops.pseudonym(person)::text);
    end loop;
    return words::jsonb;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION public.conversation_unread_count(conversation public.conversations, hasura_session json DEFAULT NULL::json)
 RETURNS bigint
 LANGUAGE sql
 STABLE
RETURN (SELECT count(*) AS count FROM public.messages m WHERE ((m.family_id = (conversation_unread_count.conversation).family_id) AND (m.conversation_id = (conversation_unread_count.conversation).id) AND (m.sender_id IS DISTINCT FROM app.user_id()) AND (m.deleted_at IS NULL) AND (m.created_at > COALESCE((SELECT r.read_at FROM public.read_states r WHERE ((r.family_id = (conversation_unread_count.conversation).family_id) AND (r.conversation_id = (conversation_unread_count.conversation).id) AND (r.user_id = app.user_id()))), '-infinity'::timestamp with time zone))))
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION public.family_tree(profile uuid, up integer DEFAULT 3, down integer DEFAULT 3)
 RETURNS SETOF public.genealogy_profiles
 LANGUAGE sql
 STABLE
AS $function$
    with recursive above(person, depth) as (
      select profile, 0
      union
      select parent, depth + 1 from above, app.genealogy_parents(app.family_id(), person) parent
      where depth < least(up, 20) and parent is not null
    ), below(person, depth) as (
      select profile, 0
      union
      select c.child_id, depth + 1
      from   below
      join   genealogy_unions u   on u.family_id = app.family_id() and person in (u.husband_id, u.wife_id)
      join   genealogy_children c on c.family_id = u.family_id and c.union_id = u.id
      where  depth < least(down, 20)
    )
    select g.* from genealogy_profiles g
    where  g.family_id = app.family_id()
    and    g.id in (select person from above union select person from below)
    order  by lower(g.birth_range), g.id
  $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION public.genealogy_profile_age(profile public.genealogy_profiles)
 RETURNS integer
 LANGUAGE sql
 STABLE
RETURN CASE WHEN (((profile).birth_range IS NULL) OR (lower((profile).birth_range) IS NULL)) THEN NULL::integer WHEN (profile).living THEN (EXTRACT(year FROM age(now(), (lower((profile).birth_range))::timestamp with time zone)))::integer WHEN ((profile).death_range IS NULL) THEN NULL::integer ELSE (EXTRACT(year FROM age((lower((profile).death_range))::timestamp with time zone, (lower((profile).birth_range))::timestamp with time zone)))::integer END
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION public.post_visibility_reason(post public.posts, viewer uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
RETURN app.visibility_reason(viewer, (post).id)
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION public.search(query text, kinds text[] DEFAULT NULL::text[], most integer DEFAULT 50)
 RETURNS SETOF public.search_results
 LANGUAGE plpgsql
 STABLE ROWS 50
AS $function$
  declare
    family  uuid := app.family_id();
    sought  tsquery := (select app.search_query(search.query, f.locale) from public.families f where f.id = app.family_id());
    ids     uuid[];
    ranks   real[];
    wanted  integer := least(most, 100);
    shown   integer := 0;
    batch   integer;
  begin
    select array_agg(c.id order by c.rank desc, c.id desc), array_agg(c.rank order by c.rank desc, c.id desc)
    into   ids, ranks from app.search_candidates(query, kinds, 1000) c;
    for place_of_first in 1 .. coalesce(cardinality(ids), 0) by 100 loop
      return query
        -- The words are marked in what is shown, and not in all that was looked at.
        select h.id, h.family_id, h.kind, h.content_id, h.title,
               ts_headline(app.text_configuration(h.language), left(h.title || ' ' || h.body, 5000), sought,
                 'MaxFragments=2, MinWords=5, MaxWords=20'),
               ranks[place_of_first + h.place - 1], h.updated_at
        from  (select s.id, s.family_id, s.kind, s.content_id, s.title, s.body, s.language, s.updated_at, c.place
               from   unnest(ids[place_of_first : place_of_first + 99]) with ordinality c(id, place)
               join   public.search_index s on s.family_id = family and s.id = c.id
               order  by c.place
               limit  wanted - shown) h
        order  by h.place;
      get diagnostics batch = row_count;
      shown := shown + batch;
      exit when shown >= wanted;
    end loop;
  end $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION public.search_facet(query text)
 RETURNS SETOF public.search_facets
 LANGUAGE sql
 STABLE
AS $function$
    select s.family_id, s.kind, count(*)
    from   app.search_candidates(query, null, 1000) c
    join   search_index s on s.family_id = (select app.family_id()) and s.id = c.id
    group  by s.family_id, s.kind
    order  by count(*) desc, s.kind
  $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION public.shopping_list(from_date date, until_date date)
 RETURNS SETOF public.shopping_lines
 LANGUAGE sql
 STABLE
AS $function$
    select needs.family_id, needs.ingredient,
           case when needs.unit = 'g'  and needs.amount >= 1000 then 'kg'
                when needs.unit = 'ml' and needs.amount >= 1000 then 'l' else needs.unit end,
           round(case when needs.unit in ('g', 'ml') and needs.amount >= 1000 then needs.amount / 1000 else needs.amount end, 3),
           needs.recipes
    from  (select n.family_id, n.ingredient, n.unit, sum(n.amount) as amount, count(distinct n.recipe_id) as recipes
           from   meal_needs n
           where  n.family_id = app.family_id() and n.date between from_date and until_date
           group  by n.family_id, n.ingredient, n.unit) needs
    order  by needs.ingredient, needs.unit
  $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION public.visible_feed(before timestamp with time zone DEFAULT NULL::timestamp with time zone, most integer DEFAULT 20)
 RETURNS SETOF public.posts
 LANGUAGE sql
 STABLE
AS $function$
    select p.* from posts p
    where  p.family_id = (select app.family_id()) and p.deleted_at is null
    and    (before is null or p.created_at < before)
    order  by p.pinned and before is null desc, p.created_at desc, p.id desc
    limit  least(most, 100)
  $function$
 -- owned by nself_owner;
CREATE OR REPLACE FUNCTION public.why_visible(viewer uuid, post uuid)
 RETURNS SETOF public.visibility_answers
 LANGUAGE sql
 STABLE
AS $function$
    select app.family_id(), viewer, post, r.reason, r.reason in ('author', 'policy_passed')
    from   app.visibility_reason(viewer, post) r(reason)
    where  r.reason is not null
  $function$
 -- owned by nself_owner;

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
comment on ops.outbox.expires_at is 'From this moment on nobody needs the message; null for one that always matters.'
comment on ops.outbox.payload is 'Wiped when the message is delivered or given up. What is secret in it is sealed by its writer.'
comment on public.albums.visibility is '"private" is for its author alone.'
comment on public.conversations.lower_user_id is 'The two of a direct conversation, in order of id: so there is one per pair.'
comment on public.devices.public_key is 'Ed25519, base64url of the raw 32 bytes.'
comment on public.event_reminders.due_at is 'Of the next occurrence: set from the event, moved on by the scheduler when it recurs.'
comment on public.events.skipped is 'Starts of occurrences that do not take place (EXDATE).'
comment on public.family_data_keys.wrapped_key is 'AES-256 key of the family, sealed with the installation''s master key.'
comment on public.family_invitations.token_hash is 'sha256 of the token, hex. The token itself is shown once.'
comment on public.genealogy_profiles.gedcom is 'Tags of an import that have no column here: an export brings them back.'
comment on public.geofence_watches.inside is 'Null until the first position: that is no crossing.'
comment on public.measurement_units.factor is 'Grams, or millilitres, in one of it.'
comment on public.notification_events.source is 'What it is about, as "<kind>:<id>".'
comment on public.notification_preferences.type is '"*" stands for every type, as it does for every channel.'
comment on public.parental_controls.activity_visible is 'Guardians see what the child does.'
comment on public.parental_controls.adults_only is 'May watch streams that are rated for adults. Posts for adults are never shown to minors.'
comment on public.parental_controls.contacts_only is 'Sees and writes to nobody but the contacts that are named.'
comment on public.parental_controls.screen_from is 'Screen hours in the family''s time zone; they may run over midnight.'
comment on public.read_states.read_at is 'Everything sent up to this moment has been read.'
comment on public.relationships.is_mahram is 'Null means nobody has said so; the mahram mode takes that as no.'
comment on public.stream_contents.parental_level is 'Youngest age, in years, that may watch.'
comment on public.vault_items.content is 'AES-256-GCM: 12 bytes nonce, ciphertext, 16 bytes tag.'
comment on public.vault_release_requests.waits_until is 'Set by the database: until then the owner can object, and then it is void.'
comment on storage.buckets.allowed_types is 'MIME types or "image/*"; null leaves it to the common allow-list.'
