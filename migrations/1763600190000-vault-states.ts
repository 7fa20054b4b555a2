import type { MigrationInterface, QueryRunner } from 'typeorm';
import { crossFamilies } from './support';

/**
 * A vault goes from active to sealed and from sealed to released, or back to active while its owner lives and has not
 * released it. Whoever writes the state, by whichever door, the conditions of a release are checked here.
 */
const states = `
  create function app.release_obstacle(vault legacy_vaults) returns text
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  as $$
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
  end $$;

  create function app.change_vault() returns trigger
    language plpgsql
  as $$
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
  end $$;
  create trigger change before update on legacy_vaults for each row execute function app.change_vault();

  create function app.begin_vault() returns trigger
    language plpgsql
  as $$
  begin
    new.state := 'active';
    new.sealed_at := null;
    new.released_at := null;
    return new;
  end $$;
  create trigger begin before insert on legacy_vaults for each row execute function app.begin_vault();`;

const contents = `
  -- Items and recipients change only while the vault is active; that a recipient was told and has looked is noted later.
  create function app.only_while_active() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
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
  end $$;
  create trigger only_while_active before insert or update or delete on vault_items
    for each row execute function app.only_while_active();
  create trigger only_while_active before insert or delete or update of user_id, vault_id, note on vault_recipients
    for each row execute function app.only_while_active();
  create trigger only_while_active before insert or update or delete on vault_trustees
    for each row execute function app.only_while_active();`;

const requests = `
  create function app.time_release_request() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
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
  end $$;
  create trigger time_request before insert on vault_release_requests
    for each row execute function app.time_release_request();

  -- An objection is all that can be added to a request, and it is final.
  create function app.object_to_release() returns trigger
    language plpgsql
  as $$
  begin
    if old.objected_at is not null or new.objected_at is null
       or (new.waits_until, new.requested_by, new.vault_id, new.reason)
          is distinct from (old.waits_until, old.requested_by, old.vault_id, old.reason) then
      raise exception 'a request can only be objected to'
        using errcode = 'check_violation', constraint = 'request_is_only_objected_to';
    end if;
    new.objected_at := now();
    return new;
  end $$;
  create trigger object before update on vault_release_requests
    for each row execute function app.object_to_release();

  create function app.audit_vault() returns trigger
    language plpgsql
  as $$
  begin
    perform ops.record('vault.' || case new.state when 'active' then 'opened' else new.state end,
      new.family_id, 'vault', new.id::text,
      jsonb_build_object('state', old.state), jsonb_build_object('state', new.state));
    return null;
  end $$;
  create trigger audit after update of state on legacy_vaults
    for each row when (old.state is distinct from new.state) execute function app.audit_vault();
  create trigger audit after insert on vault_release_requests
    for each row execute function app.record_change('vault_release_request', 'vault.release_requested');
  create trigger audit_objection after update of objected_at on vault_release_requests
    for each row execute function app.record_change('vault_release_request', 'vault.objected');
  create trigger audit after insert on vault_release_confirmations
    for each row execute function app.record_change('vault_release_confirmation', 'vault.confirmed');`;

export class VaultStates1763600190000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [states, contents, requests]) await q.query(part);
    await crossFamilies(q, 'app.release_obstacle(legacy_vaults)', {
      callers: 'nself_app',
      needs: ['select on vault_release_requests', 'select on vault_release_confirmations'],
    });
    await crossFamilies(q, 'app.only_while_active()', { callers: '', needs: ['update on legacy_vaults'] });
    await crossFamilies(q, 'app.time_release_request()', { callers: '' });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop trigger audit on legacy_vaults;
      drop trigger audit on vault_release_confirmations;
      drop trigger audit_objection on vault_release_requests;
      drop trigger audit on vault_release_requests;
      drop trigger object on vault_release_requests;
      drop trigger time_request on vault_release_requests;
      drop trigger only_while_active on vault_items;
      drop trigger only_while_active on vault_recipients;
      drop trigger only_while_active on vault_trustees;
      drop trigger begin on legacy_vaults;
      drop trigger change on legacy_vaults;
      drop function app.audit_vault(), app.object_to_release(), app.time_release_request(), app.only_while_active(),
        app.begin_vault(), app.change_vault(), app.release_obstacle(legacy_vaults);
      revoke update on legacy_vaults from nself_crossing;
      revoke all on vault_release_requests, vault_release_confirmations from nself_crossing;`);
  }
}
