/** Primary keys, unique constraints and unique indexes. Columns are numbers: names are put in afterwards. */
export const indexes = `
  select i.indrelid::int8                              as relation,
         c.relname                                     as name,
         i.indisprimary                                as primary,
         k.oid is not null                             as constraint,
         i.indpred is not null or i.indexprs is not null as partial,
         (i.indkey::int2[])[0:i.indnkeyatts - 1]       as columns
    from pg_catalog.pg_index i
    join pg_catalog.pg_class c                  on c.oid = i.indexrelid
    join user_schema n                          on n.oid = c.relnamespace
    left join pg_catalog.pg_constraint k        on k.conindid = i.indexrelid and k.contype in ('p', 'u')
   where i.indisunique
     and i.indisvalid
   order by i.indrelid, c.relname`;

/**
 * Foreign keys. A key that points at a partitioned table is repeated by Postgres for each partition, with the
 * first as its parent on the same table: those copies are left out.
 */
export const foreignKeys = `
  select k.oid::int8                                   as oid,
         k.conrelid::int8                              as relation,
         k.conname                                     as name,
         k.conkey                                      as columns,
         k.confrelid::int8                             as referenced,
         k.confkey                                     as "referencedColumns"
    from pg_catalog.pg_constraint k
    join user_schema n                          on n.oid = k.connamespace
   where k.contype = 'f'
     and not exists (select from pg_catalog.pg_constraint p
                      where p.oid = k.conparentid and p.conrelid = k.conrelid)
   order by k.conrelid, k.conname`;
