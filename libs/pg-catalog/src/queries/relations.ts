/** Relations of the user's schemas, one row each. */
export const relations = `
  select c.oid::int8                                   as oid,
         n.nspname                                     as schema,
         c.relname                                     as name,
         c.relkind                                     as kind,
         c.reltype::int8                               as "rowType",
         d.description                                 as comment,
         c.relrowsecurity                              as secured,
         c.relforcerowsecurity                         as forced,
         coalesce('security_invoker=true' = any (c.reloptions)
               or 'security_invoker=on'   = any (c.reloptions), false) as invoker,
         case when c.relkind in ('v', 'm', 'f')
              then pg_catalog.pg_relation_is_updatable(c.oid, true)
              else 28
         end                                           as writable,
         i.inhparent::int8                             as "partitionOf"
    from pg_catalog.pg_class c
    join user_schema n                          on n.oid = c.relnamespace
    left join pg_catalog.pg_description d       on d.objoid = c.oid
                                               and d.classoid = 'pg_catalog.pg_class'::regclass
                                               and d.objsubid = 0
    left join pg_catalog.pg_inherits i          on i.inhrelid = c.oid and c.relispartition
   where c.relkind in ('r', 'v', 'm', 'f', 'p')
   order by n.nspname, c.relname`;

/** Their columns, and the fields of free-standing composite types. */
export const columns = `
  select a.attrelid::int8                              as relation,
         a.attname                                     as name,
         a.attnum                                      as position,
         a.atttypid::int8                              as type,
         a.atttypmod                                   as modifier,
         a.attnotnull                                  as required,
         pg_catalog.pg_get_expr(e.adbin, e.adrelid)    as default,
         a.attgenerated                                as generated,
         a.attidentity                                 as identity,
         d.description                                 as comment
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_class c                  on c.oid = a.attrelid
                                               and c.relkind in ('r', 'v', 'm', 'f', 'p', 'c')
    join user_schema n                          on n.oid = c.relnamespace
    left join pg_catalog.pg_attrdef e           on e.adrelid = a.attrelid and e.adnum = a.attnum
    left join pg_catalog.pg_description d       on d.objoid = a.attrelid
                                               and d.classoid = 'pg_catalog.pg_class'::regclass
                                               and d.objsubid = a.attnum
   where a.attnum > 0
     and not a.attisdropped
   order by a.attrelid, a.attnum`;
