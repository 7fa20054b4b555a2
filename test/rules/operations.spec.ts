import { Stage, type Cast } from './stage';

describe('the audit trail', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await Stage.open()));
  afterAll(() => stage.close());

  const record = (cast: Cast, type: string) =>
    stage.as(
      cast,
      'Mother',
      `insert into ops.audit_events (family_id, type, actor_id, subject_type, subject_id, old_state, ip) values ($1, $2, app.user_id(), 'user', app.user_id(), '{"a": 1.0}', '10.0.0.1')`,
      [cast.id, type],
    );
  const faults = async (chain: string) =>
    (await stage.past('select sequence::int, fault from ops.audit_faults($1)', [chain]))[0];

  it('is a chain in which every change shows, also at its end', async () => {
    const cast = await stage.cast({ Mother: 'OWNER' });
    for (const type of ['one', 'two', 'three']) await record(cast, type);
    expect(await faults(cast.id)).toBeUndefined();
    const tamper = async (text: string) => {
      await stage.past('begin; set local session_replication_role = replica');
      await stage.past(text, [cast.id]);
      const fault = await faults(cast.id);
      await stage.past('rollback');
      return fault;
    };
    expect(
      await tamper(`update ops.audit_events set type = 'zero' where family_id = $1 and sequence = 2`),
    ).toEqual({ sequence: 2, fault: 'it was changed' });
    expect(await tamper('delete from ops.audit_events where family_id = $1 and sequence = 2')).toMatchObject({
      sequence: 3,
    });
    expect(await tamper('delete from ops.audit_events where family_id = $1 and sequence = 3')).toEqual({
      sequence: 3,
      fault: 'the end of the chain is missing',
    });
    expect(await faults(cast.id)).toBeUndefined();
  });

  it('is written once: nobody changes or removes a row, its owner included', async () => {
    const cast = await stage.cast({ Mother: 'OWNER' });
    await record(cast, 'one');
    for (const text of [
      `update ops.audit_events set type = 'two'`,
      'delete from ops.audit_events',
      'truncate ops.audit_events',
    ]) {
      await expect(stage.past(text)).rejects.toMatchObject({ constraint: 'audit_is_insert_only' });
    }
  });

  it('stays whole when a person is erased from it, and names her nowhere any more', async () => {
    const cast = await stage.cast({ Mother: 'OWNER', Father: 'OWNER' });
    const mother = cast.people['Mother']!.id;
    await record(cast, 'one');
    await stage.as(
      cast,
      'Father',
      `insert into relationships (family_id, user_id, relative_id, type) values ($1, $2, app.user_id(), 'spouse')`,
      [cast.id, mother],
    );
    const named = async () =>
      (await stage.as(cast, 'Father', 'select t::text as line from audit_trail t')).filter(({ line }) =>
        String(line).includes(mother),
      ).length;
    await stage.as(cast, 'Father', `update relationships set note = 'At last' where user_id = $1`, [mother]);
    expect(await named()).toBe(3);
    const kept = 'select from ops.audit_events e where family_id = $1 and e::text like $2';
    expect(await stage.past(kept, [cast.id, `%${mother}%`])).toEqual([]);
    await stage.past('update ops.audit_pseudonyms set user_id = null, erased_at = now() where user_id = $1', [
      mother,
    ]);
    expect(await faults(cast.id)).toBeUndefined();
    expect(await named()).toBe(0);
    const [event] = await stage.as(
      cast,
      'Father',
      'select actor_id, subject_id from audit_trail order by sequence',
    );
    expect(event).toMatchObject({ actor_id: null });
    expect(event?.['subject_id']).not.toBe(mother);
  });

  it('holds when many write at once', async () => {
    const cast = await stage.cast({ Mother: 'OWNER' });
    const text = `insert into ops.audit_events (family_id, type) values ($1, 'storm')`;
    const { Client } = await import('pg');
    const writers = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const client = new Client({ connectionString: stage.database.ownerUrl });
        await client.connect();
        return client;
      }),
    );
    await Promise.all(
      writers.map(async client => {
        for (let n = 0; n < 10; n++) await client.query(text, [cast.id]);
        await client.end();
      }),
    );
    expect(await faults(cast.id)).toBeUndefined();
    expect(
      await stage.past('select sequence::int from ops.audit_chains where chain = $1', [cast.id]),
    ).toEqual([{ sequence: 40 }]);
  });
});

describe('counts and news', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await Stage.open()));
  afterAll(() => stage.close());

  it('usage accumulates per period and never falls below nothing', async () => {
    const cast = await stage.cast({ Mother: 'OWNER' });
    const add = async (amount: number, period = 'total') =>
      Number(
        (
          await stage.as(cast, 'Mother', 'select app.add_usage($1, $2, $3, $4) as value', [
            cast.id,
            'storage_bytes',
            amount,
            period,
          ])
        )[0]?.['value'],
      );
    expect([await add(5), await add(7), await add(-2), await add(3, 'day'), await add(-100)]).toEqual([
      5, 12, 10, 3, 0,
    ]);
  });

  it('quotas fall back to those of the installation', async () => {
    const cast = await stage.cast({ Mother: 'OWNER' });
    const quota = async () =>
      (
        await stage.as(
          cast,
          'Mother',
          `select soft_limit::int, hard_limit::int from app.quota($1, 'streams_per_family')`,
          [cast.id],
        )
      )[0];
    expect(await quota()).toEqual({ soft_limit: 3, hard_limit: 5 });
    await stage.past(
      `insert into quota_limits (family_id, metric, soft_limit, hard_limit) values ($1, 'streams_per_family', 8, 9)`,
      [cast.id],
    );
    expect(await quota()).toEqual({ soft_limit: 8, hard_limit: 9 });
  });

  const tell = (cast: Cast, type: string, source: string) =>
    stage.as(cast, 'Mother', `select app.notify($1, $2, 'News', '', $3)`, [
      cast.people['Father']!.id,
      type,
      source,
    ]);
  const told = async (cast: Cast, channel = 'in_app') =>
    (
      await stage.as(
        cast,
        'Father',
        'select type, source from notification_events where channel = $1 order by type, source',
        [channel],
      )
    ).length;

  it('the same news about the same thing within five minutes is told once', async () => {
    const cast = await stage.cast({ Mother: 'OWNER', Father: 'ADMIN' });
    await tell(cast, 'comment', 'post:1');
    await tell(cast, 'comment', 'post:1');
    expect(await told(cast)).toBe(1);
    await tell(cast, 'comment', 'post:2');
    await tell(cast, 'reaction', 'post:1');
    expect(await told(cast)).toBe(3);
    await stage.past(
      `update notification_events set once_within = tstzrange(now() - interval '1 hour', now() - interval '55 minutes') where family_id = $1`,
      [cast.id],
    );
    await tell(cast, 'comment', 'post:1');
    expect(await told(cast)).toBe(4);
    expect(await stage.as(cast, 'Mother', 'select from notification_events')).toEqual([]);
  });

  const preferences: [wishes: object[], at: string, push: boolean][] = [
    [[], '2026-06-01T12:00Z', true],
    [[{ enabled: false }], '2026-06-01T12:00Z', false],
    [[{ enabled: false }, { type: 'comment', enabled: true }], '2026-06-01T12:00Z', true],
    [[{ enabled: true }, { type: 'comment', channel: 'push', enabled: false }], '2026-06-01T12:00Z', false],
    [[{ quiet_from: '22:00', quiet_until: '07:00', time_zone: 'Europe/Berlin' }], '2026-06-01T21:00Z', false],
    [[{ quiet_from: '22:00', quiet_until: '07:00', time_zone: 'Europe/Berlin' }], '2026-06-01T04:59Z', false],
    [[{ quiet_from: '22:00', quiet_until: '07:00', time_zone: 'Europe/Berlin' }], '2026-06-01T05:00Z', true],
    [[{ quiet_from: '22:00', quiet_until: '07:00', time_zone: 'Europe/Berlin' }], '2026-06-01T19:59Z', true],
    [[{ quiet_from: '12:00', quiet_until: '14:00', time_zone: 'UTC' }], '2026-06-01T13:00Z', false],
  ];
  it.each(preferences)('with the wishes %j, a push at %s arrives: %s', async (wishes, at, push) => {
    const cast = await stage.cast({ Father: 'OWNER' });
    for (const wish of wishes) {
      const {
        type = '*',
        channel = '*',
        enabled = true,
        quiet_from = null,
        quiet_until = null,
        time_zone = 'UTC',
      } = wish as Record<string, string>;
      await stage.as(
        cast,
        'Father',
        `insert into notification_preferences (user_id, type, channel, enabled, quiet_from, quiet_until, time_zone) values (app.user_id(), $1, $2, $3, $4, $5, $6)`,
        [type, channel, enabled, quiet_from, quiet_until, time_zone],
      );
    }
    const [row] = await stage.past(`select app.wants_notification($1, 'comment', 'push', $2) as push`, [
      cast.people['Father']!.id,
      at,
    ]);
    expect(row).toEqual({ push });
  });

  it('each crossing of a fence is told once, to whoever drew it', async () => {
    const cast = await stage.cast({ Mother: 'OWNER', Father: 'ADMIN', Teen: 'YOUTH_MEMBER' });
    const [fence] = await stage.as<{ id: string }>(
      cast,
      'Mother',
      `insert into geofences (family_id, name, latitude, longitude, radius_m, created_by) values ($1, 'School', 52.5, 13.4, 200, app.user_id()) returning id`,
      [cast.id],
    );
    await stage.as(
      cast,
      'Mother',
      'insert into geofence_watches (family_id, geofence_id, user_id) values ($1, $2, $3)',
      [cast.id, fence!.id, cast.people['Teen']!.id],
    );
    for (const latitude of [52.6, 52.5, 52.5001, 52.6, 52.6001, 52.5]) {
      await stage.as(
        cast,
        'Teen',
        `insert into location_shares (family_id, user_id, latitude, longitude, expires_at) values ($1, app.user_id(), $2, 13.4, now() + interval '1 hour')`,
        [cast.id, latitude],
      );
    }
    const alerts = await stage.as(
      cast,
      'Mother',
      `select type from notification_events where channel = 'in_app' order by created_at, type`,
    );
    expect(alerts.map(({ type }) => type)).toEqual(['geofence.entered', 'geofence.left', 'geofence.entered']);
  });

  it('a place is shared with adults, for a day at most, and ends', async () => {
    const cast = await stage.cast({ Mother: 'OWNER', Teen: 'YOUTH_MEMBER', Kid: 'CHILD_MEMBER' });
    const share = (who: string, hours: number, latitude = 52) =>
      stage.as(
        cast,
        who,
        `insert into location_shares (family_id, user_id, latitude, longitude, expires_at) values ($1, app.user_id(), $3, 13, now() + make_interval(hours => $2))`,
        [cast.id, hours, latitude],
      );
    await share('Teen', 1);
    await share('Teen', 2, 53);
    await expect(share('Teen', 25)).rejects.toMatchObject({ reason: 'share_ends_within_a_day' });
    await expect(share('Teen', 1, 91)).rejects.toMatchObject({ reason: 'share_latitude_on_earth' });
    await expect(share('Kid', 1)).rejects.toMatchObject({ reason: '42501' });
    const seen = async (who: string) =>
      (await stage.as(cast, who, 'select latitude from current_locations')).map(row => row['latitude']);
    expect([await seen('Mother'), await seen('Kid')]).toEqual([[53], []]);
    await stage.past(
      `update location_shares set created_at = now() - interval '3 hours', expires_at = now() - interval '1 hour' where family_id = $1`,
      [cast.id],
    );
    expect(await seen('Mother')).toEqual([]);
    await stage.as(cast, { id: '', role: 'SERVICE' }, 'select * from ops.purge_expired()');
    expect(await stage.past('select from location_shares where family_id = $1', [cast.id])).toEqual([]);
  });
});
