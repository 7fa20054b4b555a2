import type { MigrationInterface, QueryRunner } from 'typeorm';
import { crossFamilies } from './support';

/** Whoever proves an address for the first time takes back the keys that were made before, in whichever family. */
const taking = `
  create function app.revoke_api_keys_of(person uuid) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
    begin atomic
      update ops.api_keys k set revoked_at = now()
      where  k.created_by = revoke_api_keys_of.person and k.revoked_at is null;
    end;`;

export class ProvenAddresses1763600260000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(taking);
    await crossFamilies(q, 'app.revoke_api_keys_of(uuid)', { callers: 'nself_auth' });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop function app.revoke_api_keys_of(uuid)');
  }
}
