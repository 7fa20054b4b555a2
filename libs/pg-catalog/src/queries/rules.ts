/** Row security policies. */
export const policies = `
  select p.polrelid::int8                              as relation,
         p.polname                                     as name,
         p.polcmd                                      as command,
         p.polpermissive                               as permissive,
         (select coalesce(json_agg(coalesce(r.rolname, 'public')), '[]')
            from unnest(p.polroles) u(oid)
            left join pg_catalog.pg_roles r on r.oid = u.oid)  as roles,
         pg_catalog.pg_get_expr(p.polqual, p.polrelid) as using,
         pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as check
    from pg_catalog.pg_policy p
   order by p.polrelid, p.polname`;

/** Triggers that somebody made; those of foreign keys are left out. */
export const triggers = `
  select t.tgrelid::int8                               as relation,
         t.tgname                                      as name,
         t.tgenabled <> 'D'                            as enabled,
         n.nspname                                     as schema,
         p.proname                                     as function
    from pg_catalog.pg_trigger t
    join pg_catalog.pg_proc p                   on p.oid = t.tgfoid
    join pg_catalog.pg_namespace n              on n.oid = p.pronamespace
   where not t.tgisinternal
   order by t.tgrelid, t.tgname`;

/** Which relations a view reads, from the dependencies of its rule. */
export const reads = `
  select distinct
         r.ev_class::int8                              as relation,
         d.refobjid::int8                              as read
    from pg_catalog.pg_rewrite r
    join pg_catalog.pg_class c                  on c.oid = r.ev_class and c.relkind in ('v', 'm')
    join user_schema n                          on n.oid = c.relnamespace
    join pg_catalog.pg_depend d                 on d.objid = r.oid
                                               and d.classid = 'pg_catalog.pg_rewrite'::regclass
                                               and d.refclassid = 'pg_catalog.pg_class'::regclass
                                               and d.refobjid <> r.ev_class
   order by 1, 2`;
