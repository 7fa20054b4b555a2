import { adds, ancestor, changes, couple, type Entry } from './story';

const tree: Entry[] = [
  ancestor('Karim', 'Mahmoud', {
    given_names: 'Mahmoud',
    surname: 'Haddad',
    sex: 'male',
    birth_date: 'ABT 1911',
    birth_place: 'Tanta',
    death_date: '3 MAR 1984',
    living: false,
    biography: 'A blacksmith, as the name says. Amal’s father-in-law.',
  }),
  ancestor('Karim', 'Salma', {
    given_names: 'Salma',
    surname: 'Haddad',
    maiden_name: 'Naguib',
    sex: 'female',
    birth_date: 'BET 1915 AND 1918',
    death_date: '1990',
    living: false,
  }),
  ancestor('Karim', 'Hassan', {
    given_names: 'Hassan',
    surname: 'Haddad',
    sex: 'male',
    birth_date: '2 FEB 1938',
    birth_place: 'Tanta',
    death_date: 'AUG 2011',
    death_place: 'Cairo',
    living: false,
    photo_id: '@picture:nile',
  }),
  ...(
    [
      ['Amal', 'female', '12 MAY 1944'],
      ['Karim', 'male', '1969'],
      ['Omar', 'male', '1973'],
      ['Layla', 'female', '1975'],
      ['Yusuf', 'male', '2 JUN 2010'],
      ['Mariam', 'female', '2012'],
      ['Noor', 'female', '30 NOV 2018'],
    ] as const
  ).map(([name, sex, birth_date]) =>
    ancestor('Karim', name, {
      user_id: `@person:${name}`,
      given_names: name,
      surname: 'Haddad',
      sex,
      birth_date,
    }),
  ),
  ...couple('Karim', ['Mahmoud', 'Salma'], { start_date: '1935', start_place: 'Tanta' }, ['Hassan']),
  ...couple('Karim', ['Hassan', 'Amal'], { start_date: 'JUN 1966', start_place: 'Cairo' }, ['Karim', 'Omar']),
  ...couple('Karim', ['Karim', 'Layla'], { start_date: '2008' }, ['Yusuf', 'Mariam', 'Noor']),
  adds(
    'Karim',
    'genealogy_sources',
    { title: 'Civil register of Tanta', author: 'Town of Tanta' },
    'register',
  ),
  adds('Karim', 'genealogy_citations', {
    source_id: '@row:register',
    union_id: '@row:Mahmoud and Salma',
    fact: 'marriage',
    page: 'Volume 7, line 112',
    quality: 3,
  }),
];

const pictures: Entry[] = [
  adds('Layla', 'media_tags', {
    media_item_id: '@picture:garden',
    kind: 'person',
    label: 'Amal',
    user_id: '@person:Amal',
    x: 0.4,
    y: 0.6,
  }),
  adds('Mariam', 'media_comments', { media_item_id: '@picture:garden', body: 'You can almost smell it.' }),
  adds('Noor', 'media_favorites', { media_item_id: '@picture:garden' }),
  adds(
    'Layla',
    'posts',
    { type: 'text', body: 'The doctor says all is well.', visibility: 'private' },
    'all is well',
  ),
  adds('Layla', 'post_audiences', { post_id: '@row:all is well', user_id: '@person:Amal' }),
];

const plans: Entry[] = [
  adds('Karim', 'event_reminders', { event_id: '@row:friday', minutes_before: 60, channel: 'push' }),
  changes(
    'Karim',
    'event_invites',
    'Karim on friday',
    { status: 'accepted' },
    { status: { _eq: 'pending' } },
  ),
  adds(
    'Karim',
    'trips',
    {
      title: 'A week by the sea',
      destination: 'Marsa Matruh',
      starts_on: '@date:+40',
      ends_on: '@date:+47',
    },
    'sea',
  ),
  adds('Karim', 'trip_participants', { trip_id: '@row:sea', user_id: '@person:Layla' }),
  adds('Karim', 'trip_participants', { trip_id: '@row:sea', user_id: '@person:Yusuf' }),
  adds('Karim', 'trip_itinerary_items', {
    trip_id: '@row:sea',
    kind: 'transport',
    title: 'The early train',
    starts_at: '@day:+40 05:30',
    ends_at: '@day:+40 12:00',
    location: 'Ramses station',
  }),
  adds('Layla', 'recipe_collections', { title: 'From grandmother’s kitchen' }, 'kitchen'),
  adds('Layla', 'recipe_collection_items', { collection_id: '@row:kitchen', recipe_id: '@row:Koshari' }),
];

/** Yusuf comes home, and his father is told. */
const places: Entry[] = [
  adds(
    'Karim',
    'geofences',
    { name: 'Home', latitude: 30.0444, longitude: 31.2357, radius_m: 150, on_exit: false },
    'home',
  ),
  adds('Karim', 'geofence_watches', { geofence_id: '@row:home', user_id: '@person:Yusuf' }),
  adds('Yusuf', 'location_shares', { latitude: 30.06, longitude: 31.22, expires_at: '@hour:+5' }),
  adds('Yusuf', 'location_shares', { latitude: 30.0445, longitude: 31.2358, expires_at: '@hour:+6' }),
];

const talk: Entry[] = [
  adds(
    'Karim',
    'messages',
    { conversation_id: '@row:Friday', type: 'text', content: 'Three it is, @Yusuf. You carry them.' },
    'three',
  ),
  adds('Karim', 'message_mentions', { message_id: '@row:three', user_id: '@person:Yusuf' }),
  adds('Yusuf', 'message_reactions', { message_id: '@row:three', emoji: '💪' }),
  adds('Yusuf', 'read_states', { conversation_id: '@row:Friday', message_id: '@row:three' }),
  adds('Layla', 'conversation_notification_overrides', { conversation_id: '@row:Friday', level: 'mentions' }),
  adds('Yusuf', 'notification_preferences', {
    channel: 'push',
    quiet_from: '22:00',
    quiet_until: '06:30',
    time_zone: 'Africa/Cairo',
  }),
  adds('Layla', 'push_tokens', { platform: 'web', token: 'https://push.example/layla' }),
];

/** What stewards decide about others. */
const care: Entry[] = [
  adds('Amal', 'user_app_roles', { user_id: '@person:Yusuf', app_id: '@app:chat', role: 'moderator' }),
  adds('Layla', 'parental_controls', { user_id: '@person:Noor', can_message: false }),
  adds('Layla', 'parental_contacts', { user_id: '@person:Noor', contact_id: '@person:Amal' }),
  adds(
    'Layla',
    'visibility_overrides',
    {
      viewer_id: '@person:Omar',
      author_id: '@person:Layla',
      effect: 'allow',
      reason: 'As a brother',
    },
    'as a brother',
  ),
  changes(
    'Amal',
    'visibility_overrides',
    'as a brother',
    { confirmed_at: 'now()' },
    { confirmed_at: { _is_null: true } },
  ),
];

/** Amal puts her things in order; her sons are too quick once, and she objects. */
const legacy: Entry[] = [
  adds(
    'Amal',
    'legacy_vaults',
    {
      title: 'For my grandchildren',
      condition: 'death_verification',
      trustees_needed: 2,
      waiting_days: 30,
    },
    'vault',
  ),
  adds('Amal', 'vault_recipients', { vault_id: '@row:vault', user_id: '@person:Yusuf' }),
  adds('Amal', 'vault_trustees', { vault_id: '@row:vault', user_id: '@person:Karim' }),
  adds('Amal', 'vault_trustees', { vault_id: '@row:vault', user_id: '@person:Omar' }),
  changes('Amal', 'legacy_vaults', 'vault', { state: 'sealed' }, { state: { _eq: 'active' } }),
  adds(
    'Karim',
    'vault_release_requests',
    { vault_id: '@row:vault', reason: 'She did not answer for a week.' },
    'request',
  ),
  adds('Omar', 'vault_release_confirmations', { vault_id: '@row:vault', request_id: '@row:request' }),
  changes(
    'Amal',
    'vault_release_requests',
    'request',
    { objected_at: 'now()' },
    { objected_at: { _is_null: true } },
  ),
  adds('Amal', 'inheritance_scenarios', {
    name: 'The house',
    content: { house: 'Karim and Omar', 'lemon tree': 'whoever waters it' },
  }),
  adds('Amal', 'digital_successors', { successor_id: '@person:Karim', scope: 'media' }, 'successor'),
  changes(
    'Karim',
    'digital_successors',
    'successor',
    { accepted_at: 'now()' },
    { accepted_at: { _is_null: true } },
  ),
  adds(
    'Layla',
    'memorial_profiles',
    { profile_id: '@row:Hassan', message: 'He knew every star.' },
    'memorial',
  ),
  changes('Amal', 'memorial_profiles', 'memorial', { state: 'approved' }, { state: { _eq: 'requested' } }),
];

const streams: Entry[] = [
  adds(
    'Amal',
    'stream_contents',
    { title: 'The feast, live', kind: 'live', source_url: 'https://stream.example/feast.m3u8' },
    'feast, live',
  ),
  adds('Amal', 'entitlement_claims', { content_id: '@row:feast, live', max_streams: 3 }),
  adds(
    'Karim',
    'live_events',
    { title: 'The feast', content_id: '@row:feast, live', starts_at: '@day:+10 17:00' },
    'feast event',
  ),
  adds('Layla', 'event_markers', {
    live_event_id: '@row:feast event',
    kind: 'speech',
    label: 'Amal speaks',
    offset_ms: 600_000,
  }),
];

/** What a family does in all its other rooms. */
export const life: readonly Entry[] = [
  ...tree,
  ...pictures,
  ...plans,
  ...places,
  ...talk,
  ...care,
  ...legacy,
  ...streams,
];
