/** Functions of the user's schemas: no aggregates, window functions or procedures. */
export const functions = `
  select p.oid::int8                                   as oid,
         n.nspname                                     as schema,
         p.proname                                     as name,
         d.description                                 as comment,
         coalesce(p.proallargtypes, p.proargtypes::oid[])::int8[] as types,
         p.proargnames                                 as names,
         p.proargmodes                                 as modes,
         p.pronargs                                    as inputs,
         p.pronargdefaults                             as defaults,
         p.provariadic <> 0                            as variadic,
         p.prorettype::int8                            as returns,
         p.proretset                                   as "returnsSet",
         p.provolatile                                 as volatility,
         p.proisstrict                                 as strict,
         p.prosecdef                                   as "securityDefiner",
         l.lanname                                     as language,
         case when l.lanname in ('c', 'internal')
              then ''
              else coalesce(nullif(p.prosrc, ''), pg_catalog.pg_get_functiondef(p.oid))
         end                                           as body
    from pg_catalog.pg_proc p
    join user_schema n                          on n.oid = p.pronamespace
    join pg_catalog.pg_language l               on l.oid = p.prolang
    left join pg_catalog.pg_description d       on d.objoid = p.oid
                                               and d.classoid = 'pg_catalog.pg_proc'::regclass
                                               and d.objsubid = 0
   where p.prokind = 'f'
   order by n.nspname, p.proname, p.oid`;
