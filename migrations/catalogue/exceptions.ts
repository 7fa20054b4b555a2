/** What departs from the rule of one wall around every family, each with the reason. The catalogue test reads both ways. */

/** Tables that belong to no family. */
export const familyless: Record<string, string> = {
  'auth.roles': 'names of roles, the same for everybody',
  'auth.users': 'a person may be in many families; walled by membership instead',
  'auth.user_roles': 'belongs to a person; only nself_auth comes in',
  'auth.providers': 'names of sign-in providers, the same for everybody',
  'auth.user_providers': 'belongs to a person; only nself_auth comes in',
  'auth.provider_requests': 'a sign-in under way, before anybody is known',
  'auth.user_security_keys': 'belongs to a person; only nself_auth comes in',
  'auth.refresh_token_types': 'names of token types, the same for everybody',
  'auth.refresh_tokens': 'belongs to a person; only nself_auth comes in',
  'auth.sessions': 'belongs to a person and may speak for one family after another',
  'auth.tickets': 'belongs to a person, or to nobody yet; only nself_auth comes in',
  'auth.recovery_codes': 'belongs to a person; only nself_auth comes in',
  'auth.totp_uses': 'belongs to a person; only nself_auth comes in',
  'auth.pkce_codes': 'belongs to a person; only nself_auth comes in',
  'auth.nonces': 'remembered for minutes, by hash; only nself_auth comes in',
  'auth.signing_keys': 'belongs to the installation; only nself_auth comes in',
  'auth.device_pairings': 'the family is known only once somebody has approved; only nself_auth comes in',
  'storage.buckets': 'settings of the installation',
  'public.families': 'it is the family: walled by its own id',
  'public.apps': 'names of apps, the same for everybody',
  'public.quota_defaults': 'settings of the installation',
  'public.measurement_units': 'grams and litres are the same for everybody',
  'public.notification_preferences': 'goes with a person from family to family; walled by person',
  'public.push_tokens': 'goes with a person from family to family; walled by person',
  'ops.migrations': 'settings of the installation; no service may read it',
  'ops.idempotency_keys': 'found by the hash of who asked and the key, never listed',
  'ops.audit_pseudonyms': 'who is behind a pseudonym; no service may read it',
  'ops.audit_chains': 'heads of the chains; no service may read it',
};

/** Functions and views that see past the walls. */
export const crossings: Record<string, string> = {
  'app.my_families()': 'the families of the person who asks, before one is chosen',
  'app.invitation_by_token(text)': 'whoever holds the token is not a member yet',
  'app.live_revocations()': 'every service refuses the revoked tokens of all families',
  'app.api_key_by_hash(text)': 'sign-in look-up: the key says which family',
  'app.my_api_keys()': 'keys of a person are made with or without a family',
  'app.revoke_my_api_key(uuid)': 'the same, for ending one',
  'app.revoke_api_keys_of(uuid)': 'who proves an address takes back keys of before, in all families',
  'app.bootstrap_token_by_hash(text)': 'sign-in look-up: a new box knows nothing but its token',
  'app.device_by_id(uuid)': 'sign-in look-up: a device proves itself before its family is known',
  'app.keep_an_owner()': 'counts owners also when an account is deleted outside of any family',
  'auth.end_disabled()': 'whoever switches an account off ends its sessions in all families',
  'ops.join_audit_chain()': 'reads the head of the chain, which no service may touch',
  'ops.person_behind(uuid)': 'puts a person in place of a pseudonym for the audit trail; for stewards alone',
  'ops.with_people(jsonb)': 'puts people in place of pseudonyms for the audit trail; for stewards alone',
  'ops.claim_due_jobs(integer,text,interval)': 'the scheduler works for all families',
  'ops.keep_job(uuid,interval)': 'the scheduler works for all families',
  'ops.finish_job(uuid,jsonb)': 'the scheduler works for all families',
  'ops.fail_job(uuid,text,timestamp with time zone)': 'the scheduler works for all families',
  'ops.claim_outbox(text[],integer,interval)': 'whoever sends works for all families',
  'ops.settle_outbox(uuid,text,timestamp with time zone)': 'whoever sends works for all families',
  'ops.end_silent_streams(interval)': 'the gateway ends silent streams of all families',
  'ops.purge_expired()': 'deletes what is over in all families; reads nothing out',
  'app.invited_events()':
    'breaks the circle between the policies of events and invites; filters by family and person',
  'app.move_reminders()':
    'moves reminders of all guests with their event; filters by the family of the event',
  'app.calendar_feed_by_token(text)': 'a calendar program knows nothing but the secret link',
  'app.my_conversations()': 'breaks the circle of a policy on its own table; filters by family and person',
  'app.may_message(uuid)':
    'asks who sits in a conversation without being shown; filters by family and person',
  'app.seat_conversation()': 'seats the first members, before anybody is one; acts on the new row alone',
  'app.note_message()': 'members may not edit a conversation, yet each message moves it up',
  'app.wants_notification(uuid,text,text,timestamp with time zone)':
    'asks for the wishes of somebody else before telling them; only other crossings may call it',
  'app.push_addresses(uuid)': 'the job that sends a push reads the addresses of a member of its family',
  'app.notify(uuid,text,text,text,text,jsonb)':
    'tells somebody else in the family of the context; reads nothing out',
  'app.watch_fences()': 'a person who crosses a fence may not see who watches it; filters by family',
  'app.my_vaults()':
    'breaks the circle between the policies of vaults and their parts; filters by family and person',
  'app.release_obstacle(legacy_vaults)': 'counts confirmations that its caller may not all see',
  'app.only_while_active()': 'reads the state of the vault for whoever changes its parts',
  'app.time_release_request()': 'reads the waiting time of the vault for the trustee who requests',
  'app.index_for_search()': 'nobody writes the index by hand; acts on the changed row alone',
  'app.index_in_new_language()': 'nobody writes the index by hand; acts on the family whose language changed',
  'app.search_candidates(text,text[],integer)':
    'looks into the index past operators that are not leakproof; filters by family',
  'app.visibility_reason(uuid,uuid)':
    'answers for another viewer, to admins of the family of the context only',
};
