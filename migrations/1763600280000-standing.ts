import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a token says of its bearer was read a moment before it was signed. Whatever is taken from somebody in just that
 * moment (a membership, a role, the account) must be taken from that token as well: whoever asks for tokens without
 * pause has one under way at any time.
 *
 * So both meet at one lock for each person. Who makes a token holds it together with others, from before the reading,
 * and the token bears the moment at which it was had. Who takes something away has it alone, until the end of the
 * transaction, and the revocation bears the moment at which it was had. Either the revocation waited for the reading,
 * is the later one, and hits the token; or the reading waited for the revocation, and finds nothing that was taken.
 *
 * An ended session needs none of this: it is hit by its name, whatever the time.
 */
const lockOf = (person: string): string => `hashtextextended('standing ' || ${person}, 0)`;

const standing = `
  create function auth.hold_standing(person uuid) returns timestamptz
    language plpgsql volatile set search_path = pg_catalog, pg_temp
  as $$
  begin
    perform pg_advisory_xact_lock_shared(${lockOf('person')});
    return clock_timestamp();
  end $$;

  create function auth.take_standing() returns trigger
    language plpgsql volatile set search_path = pg_catalog, pg_temp
  as $$
  begin
    perform pg_advisory_xact_lock(${lockOf('new.user_id')});
    new.at := clock_timestamp();
    return new;
  end $$;

  create trigger take_standing before insert on auth.revocations
    for each row when (new.kind <> 'session' and new.user_id is not null) execute function auth.take_standing();

  revoke execute on function auth.hold_standing(uuid), auth.take_standing() from public;
  grant  execute on function auth.hold_standing(uuid) to nself_auth;`;

export class Standing1763600280000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(standing);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop trigger take_standing on auth.revocations;
      drop function auth.hold_standing(uuid), auth.take_standing();`);
  }
}
