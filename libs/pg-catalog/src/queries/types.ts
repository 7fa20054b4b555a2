/** Every type: a column may have any of them. */
export const types = `
  select t.oid::int8                                   as oid,
         n.nspname                                     as schema,
         t.typname                                     as name,
         t.typtype                                     as kind,
         t.typcategory                                 as category,
         t.typelem::int8                               as element,
         t.typbasetype::int8                           as base,
         t.typnotnull                                  as required,
         t.typrelid::int8                              as relation,
         c.relkind                                     as "relationKind",
         coalesce(r.rngsubtype, m.rngsubtype)::int8    as subtype,
         case when t.typtype = 'e'
              then (select json_agg(e.enumlabel order by e.enumsortorder)
                      from pg_catalog.pg_enum e
                     where e.enumtypid = t.oid)
         end                                           as labels
    from pg_catalog.pg_type t
    join pg_catalog.pg_namespace n              on n.oid = t.typnamespace
    left join pg_catalog.pg_class c             on c.oid = t.typrelid
    left join pg_catalog.pg_range r             on r.rngtypid = t.oid and t.typtype = 'r'
    left join pg_catalog.pg_range m             on t.typtype = 'm' and (to_jsonb(m) ->> 'rngmultitypid')::oid = t.oid
   where n.nspname !~ '^pg_(toast|temp_)'
   order by t.oid`;
