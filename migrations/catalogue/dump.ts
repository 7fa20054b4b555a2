import { Client } from 'pg';

/**
 * The schema as text, by our own reading of the catalogue: the embedded Postgres ships no pg_dump. It is written to
 * be compared and read, in SQL's own words, sorted so that it does not matter in which order things were made.
 */
const schemas = `('app', 'auth', 'storage', 'ops', 'public', 'hdb_catalog')`;
const notOfExtension = (oid: string) =>
  `not exists (select from pg_depend d where d.objid = ${oid} and d.deptype = 'e')`;
const named = `join pg_namespace n on n.oid = c.relnamespace and n.nspname in ${schemas}`;
const grantees = (acl: string, owner: string) => `(
  select string_agg(format('grant %s to %s', what, who), '; ' order by who, what) from (
    select coalesce(nullif(g.grantee, 0)::regrole::text, 'public') as who,
           string_agg(lower(g.privilege_type), ', ' order by g.privilege_type) as what
    from aclexplode(${acl}) g where g.grantee <> ${owner} and g.privilege_type <> 'MAINTAIN' group by 1) grants)`;

const parts: Record<string, string> = {
  schemas: `
    select format('schema %I; %s', n.nspname, ${grantees('n.nspacl', 'n.nspowner')}) as line, n.nspname as place
    from pg_namespace n where n.nspname in ${schemas}`,
  domains: `
    select format('domain %s as %s', t.oid::regtype, format_type(t.typbasetype, t.typtypmod)) || coalesce(
             (select string_agg(' ' || pg_get_constraintdef(k.oid), '' order by k.conname) from pg_constraint k where k.contypid = t.oid), '') as line,
           t.oid::regtype::text as place
    from pg_type t join pg_namespace n on n.oid = t.typnamespace and n.nspname in ${schemas}
    where t.typtype = 'd' and ${notOfExtension('t.oid')}`,
  tables: `
    select format(E'table %s.%s%s%s\\n%s', n.nspname, c.relname,
             case when c.relrowsecurity then ' row level security' else '' end,
             case when c.relforcerowsecurity then ', forced' else '' end,
             (select string_agg(format('  %s %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                       case when a.attnotnull then ' not null' else '' end,
                       coalesce(' default ' || pg_get_expr(v.adbin, v.adrelid), ''),
                       coalesce('; ' || ${grantees('a.attacl', 'c.relowner')}, '')), E'\\n' order by a.attnum)
              from pg_attribute a left join pg_attrdef v on v.adrelid = a.attrelid and v.adnum = a.attnum
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped))
           || coalesce(E'\\n  ' || ${grantees('c.relacl', 'c.relowner')}, '')
           || coalesce(E'\\n  comment ' || quote_literal(obj_description(c.oid, 'pg_class')), '') as line,
           n.nspname || '.' || c.relname as place
    from pg_class c ${named} where c.relkind in ('r', 'p') and ${notOfExtension('c.oid')}`,
  views: `
    select format('view %s.%s owned by %s %s; %s as%s', n.nspname, c.relname, c.relowner::regrole, c.reloptions,
             ${grantees('c.relacl', 'c.relowner')}, E'\\n' || pg_get_viewdef(c.oid)) as line, n.nspname || '.' || c.relname as place
    from pg_class c ${named} where c.relkind in ('v', 'm') and ${notOfExtension('c.oid')}`,
  constraints: `
    select format('constraint %s on %s %s', k.conname, k.conrelid::regclass, pg_get_constraintdef(k.oid)) as line,
           k.conrelid::regclass::text || k.conname as place
    from pg_constraint k join pg_class c on c.oid = k.conrelid ${named} where k.contype in ('p', 'u', 'f', 'c', 'x')`,
  indexes: `
    select pg_get_indexdef(i.indexrelid) as line, i.indexrelid::regclass::text as place
    from pg_index i join pg_class c on c.oid = i.indrelid ${named}
    where not exists (select from pg_constraint k where k.conindid = i.indexrelid) and ${notOfExtension('c.oid')}`,
  policies: `
    select format('policy %s on %s as %s for %s to %s%s%s', p.polname, p.polrelid::regclass,
             case when p.polpermissive then 'permissive' else 'restrictive' end, p.polcmd,
             (select coalesce(string_agg(nullif(r, 0)::regrole::text, ', ' order by r), 'public') from unnest(p.polroles) r),
             coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), ''),
             coalesce(' with check ' || pg_get_expr(p.polwithcheck, p.polrelid), '')) as line,
           p.polrelid::regclass::text || p.polname as place
    from pg_policy p join pg_class c on c.oid = p.polrelid ${named}`,
  triggers: `
    select pg_get_triggerdef(t.oid) as line, t.tgrelid::regclass::text || t.tgname as place
    from pg_trigger t join pg_class c on c.oid = t.tgrelid ${named} where not t.tgisinternal`,
  functions: `
    select format('%s -- owned by %s; %s', pg_get_functiondef(p.oid), p.proowner::regrole, ${grantees('p.proacl', 'p.proowner')}) as line,
           p.oid::regprocedure::text as place
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace and n.nspname in ${schemas}
    where p.prokind in ('f', 'p') and ${notOfExtension('p.oid')}`,
  comments: `
    select format('comment on %s.%s is %L', c.oid::regclass, a.attname, col_description(c.oid, a.attnum)) as line,
           c.oid::regclass::text || a.attname as place
    from pg_attribute a join pg_class c on c.oid = a.attrelid ${named}
    where a.attnum > 0 and col_description(c.oid, a.attnum) is not null and ${notOfExtension('c.oid')}`,
};

/** The schema of the database as text; equal schemas give equal texts. MAINTAIN is left out: versions before 17 know no such right. */
export async function schemaSnapshot(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set search_path = pg_catalog`);
    const chapters: string[] = [];
    for (const [title, query] of Object.entries(parts)) {
      const { rows } = await client.query<{ line: string }>(
        `select line from (${query}) part order by place collate "C", line`,
      );
      chapters.push(`-- ${title}\n${rows.map(row => row.line.trimEnd()).join('\n')}`);
    }
    return `${chapters.join('\n\n')}\n`;
  } finally {
    await client.end();
  }
}
