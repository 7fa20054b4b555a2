import { Client } from 'pg';
import { crossings, familyless } from './exceptions';

/** Something in the catalogue that breaks a rule of tenancy: `object` is a table, view, function or role. */
export interface TenancyFault {
  object: string;
  fault: string;
}

/** Tables of ours; `platform` ones may hold rows without a family, which outlive every family. */
const ours = `
  with ours as (
    select c.oid, c.oid::regclass::text as short, n.nspname || '.' || c.relname as name, n.nspname in ('ops', 'auth') as platform,
           c.relrowsecurity, c.relforcerowsecurity,
           (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'family_id' and not a.attisdropped) as family,
           (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'id' and not a.attisdropped) as id
    from   pg_class c
    join   pg_namespace n on n.oid = c.relnamespace
    where  c.relkind in ('r', 'p') and n.nspname in ('public', 'auth', 'storage', 'ops')
      and  not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  ), walled as (select * from ours where family is not null)`;

const wall = '(family_id = ( SELECT app.family_id() AS family_id))';
const platformWall = '((family_id IS NULL) OR (family_id = ( SELECT app.family_id() AS family_id)))';

/** One query per rule: each answers with the objects that break it. */
const rules: Record<string, string> = {
  'has no id of type uuid as its primary key': `
    select name as object from walled w where not exists (
      select from pg_constraint k join pg_attribute a on a.attrelid = w.oid and a.attnum = w.id
      where k.conrelid = w.oid and k.contype = 'p' and k.conkey = array[w.id] and a.atttypid = 'uuid'::regtype)`,
  'lets family_id be null': `
    select name as object from walled w join pg_attribute a on a.attrelid = w.oid and a.attnum = w.family
    where not platform and not a.attnotnull`,
  'has no foreign key from family_id to families': `
    select name as object from walled w where not platform and not exists (
      select from pg_constraint k where k.conrelid = w.oid and k.contype = 'f' and k.conkey = array[w.family]
        and k.confrelid = 'public.families'::regclass)`,
  'has no unique (family_id, id)': `
    select name as object from walled w where not exists (
      select from pg_constraint k where k.conrelid = w.oid and k.contype = 'u' and k.conkey = array[w.family, w.id])`,
  'has row level security off, or not forced': `
    select name as object from ours where (family is not null or name in ('public.families', 'auth.users'))
      and not (relrowsecurity and relforcerowsecurity)`,
  'has no restrictive wall for all commands and all roles': `
    select name as object from walled w where not exists (
      select from pg_policy p where p.polrelid = w.oid and not p.polpermissive and p.polcmd = '*' and p.polroles = '{0}'
        and pg_get_expr(p.polqual, w.oid) = '${wall}'
        and pg_get_expr(p.polwithcheck, w.oid) = case when platform then '${platformWall}' else '${wall}' end)`,
  'lets a row move to another family': `
    select name as object from walled w where not exists (
      select from pg_trigger t where t.tgrelid = w.oid and t.tgname = 'stay_in_family' and t.tgenabled = 'O')`,
  'is a family without a wall of its own': `
    select 'public.families' as object where not exists (
      select from pg_policy p where p.polrelid = 'public.families'::regclass and not p.polpermissive and p.polcmd = '*'
        and p.polroles = '{0}' and pg_get_expr(p.polqual, p.polrelid) = '(id = ( SELECT app.family_id() AS family_id))'
        and pg_get_expr(p.polwithcheck, p.polrelid) = '(id = ( SELECT app.family_id() AS family_id))')`,
  'points into a family table without naming the family': `
    select w.name || '.' || k.conname as object from pg_constraint k join ours w on w.oid = k.conrelid
    join walled target on target.oid = k.confrelid
    where k.contype = 'f' and not exists (
      select from pg_constraint b, unnest(b.conkey, b.confkey) as pair(here, there)
      where b.contype = 'f' and b.conrelid = k.conrelid and b.confrelid = k.confrelid and b.conkey @> k.conkey
        and pair.here = w.family and pair.there = target.family)`,
  'may be emptied, referenced or given triggers by a service': `
    select distinct ours.name as object from ours join pg_class c using (oid), aclexplode(c.relacl) g
    where g.grantee in ('nself_app'::regrole, 'nself_auth'::regrole, 0)
      and g.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')`,
  'is open to nself_app although it belongs to auth': `
    select distinct ours.name as object from ours join pg_class c using (oid), aclexplode(c.relacl) g
    where ours.name like 'auth.%' and g.grantee in ('nself_app'::regrole, 0)`,
  'is a view that sees past the walls': `
    select n.nspname || '.' || c.relname as object from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('v', 'm') and n.nspname in ('public', 'auth', 'storage', 'ops', 'app')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
      and not coalesce(c.reloptions @> '{security_invoker=true}' or c.reloptions @> '{security_invoker=on}', false)
      and not n.nspname || '.' || c.relname = any ($1)`,
  'is a function that sees past the walls': `
    select p.oid::regprocedure::text as object from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'auth', 'storage', 'ops', 'app') and p.prosecdef
      and not replace(p.oid::regprocedure::text, ', ', ',') = any ($1)`,
  'is a definer function that anybody may call, or whose search path is open, or that has the wrong owner': `
    select p.oid::regprocedure::text as object from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'auth', 'storage', 'ops', 'app') and p.prosecdef and (
      has_function_privilege('public', p.oid, 'execute')
      or not coalesce(exists (select from unnest(p.proconfig) c where c ~ '^search_path=pg_catalog, ?(public, ?)?pg_temp$'), false)
      or p.proowner <> 'nself_crossing'::regrole)`,
  'can be read by a role that owns it or may do anything': `
    select rolname as object from pg_roles r where rolname in ('nself_app', 'nself_auth') and (
      rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
      or exists (select from pg_class c where c.relowner = r.oid and c.relnamespace::regnamespace::text
                   in ('public', 'auth', 'storage', 'ops', 'app'))
      or exists (select from pg_auth_members m where m.member = r.oid))`,
};

/**
 * Holds the whole catalogue to the rules of tenancy (`protectTenantTable` says what they are).
 *
 * @param url any login that may read the catalogue
 * @returns every departure from them that has no written reason, and every written reason without an object
 */
export async function tenancyFaults(url: string): Promise<TenancyFault[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const faults: TenancyFault[] = [];
    for (const [fault, query] of Object.entries(rules)) {
      const values = query.includes('$1') ? [Object.keys(crossings)] : [];
      const { rows } = await client.query<{ object: string }>(`${ours} ${query}`, values);
      faults.push(...rows.map(({ object }) => ({ object, fault })));
    }
    return [...faults, ...(await unexplained(client)), ...(await obsolete(client))];
  } finally {
    await client.end();
  }
}

async function unexplained(client: Client): Promise<TenancyFault[]> {
  const { rows } = await client.query<{ name: string }>(`${ours} select name from ours where family is null`);
  return rows
    .filter(({ name }) => !(name in familyless))
    .map(({ name }) => ({ object: name, fault: 'has no family_id, and nobody has written down why' }));
}

/** A reason that outlived its object would excuse the next object of that name. */
async function obsolete(client: Client): Promise<TenancyFault[]> {
  const { rows } = await client.query<{ name: string }>(
    `select name from unnest($1::text[]) as listed(name)
     where case when name like '%(%' then to_regprocedure(name) is null else to_regclass(name) is null end`,
    [[...Object.keys(familyless), ...Object.keys(crossings)]],
  );
  return rows.map(({ name }) => ({ object: name, fault: 'is excused, but does not exist' }));
}
