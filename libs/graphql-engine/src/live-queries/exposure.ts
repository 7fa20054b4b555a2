import type { QueryRunner, SessionVariables } from '../executor';
import { tableKey, type TableKey } from '../model';

/** What the catalogue says about reading some tables. */
export interface Exposure {
  /** Every table whose changes can change the answer: those beneath views and those that policies consult. */
  readonly tables: ReadonlySet<TableKey>;
  /** Whether each of them tells of its changes. */
  readonly announced: boolean;
  /** Tables that do not announce their changes and could. */
  readonly silent: readonly TableName[];
  /** Whether a policy may read more of the context than the family and the role. */
  readonly readsPerson: boolean;
  /** Whether row level security is at work at all. */
  readonly walled: boolean;
  /** Whether every one of them is walled, so that a change in one family cannot be seen by another. */
  readonly familyBound: boolean;
  /** Whether functions are called, which may read anything. */
  readonly opaque: boolean;
}

export interface TableName {
  readonly schema: string;
  readonly name: string;
}

interface ExposureRow extends TableName {
  readonly walled: boolean;
  readonly announced: boolean;
  /** A table that can have statement triggers. */
  readonly ordinary: boolean;
  readonly reads_person: boolean;
}

/**
 * Follows views and policies to the tables beneath. A policy is harmless for sharing when the only functions it calls,
 * beyond Postgres's own, are those that read the family or the role; any other function might read the person, and so
 * might `current_setting`.
 *
 * Postgres records what rules and policies refer to in `pg_depend`; what the body of a function in quotes reads is not
 * recorded, which is why such a function counts as reading the person. The bits 4, 8 and 16 of `pg_trigger.tgtype` are
 * insert, delete and update: a table announces its changes when its triggers cover all three.
 */
const EXPOSURE = `
  with recursive reach (relation) as (
    select to_regclass(format('%I.%I', t.schema, t.name))::oid
    from   jsonb_to_recordset($1::jsonb) as t (schema text, name text)
    union
    select d.refobjid
    from   reach r
           join lateral (
             select d.refobjid
             from   pg_rewrite w
                    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
             where  w.ev_class = r.relation and d.refclassid = 'pg_class'::regclass and d.refobjid <> r.relation
             union all
             select d.refobjid
             from   pg_policy p
                    join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid
             where  p.polrelid = r.relation and d.refclassid = 'pg_class'::regclass and d.refobjid <> r.relation
             union all
             select i.inhrelid from pg_inherits i where i.inhparent = r.relation
           ) d on true
  )
  select n.nspname                     as schema,
         c.relname                     as name,
         c.relrowsecurity              as walled,
         c.relkind = 'v' or (c.relkind in ('r', 'p') and coalesce(heard.events, 0) & 28 = 28) as announced,
         c.relkind in ('r', 'p')       as ordinary,
         coalesce(policies.reads_person, false) as reads_person
  from   reach r
         join pg_class c on c.oid = r.relation
         join pg_namespace n on n.oid = c.relnamespace
         left join lateral (
           select bit_or(t.tgtype::int) as events
           from   pg_trigger t
                  join pg_proc f on f.oid = t.tgfoid
           where  t.tgrelid = c.oid and t.tgenabled <> 'D' and f.prosrc like '%nself_changes%'
         ) heard on true
         left join lateral (
           select bool_or(coalesce(f.reads_person, false)
                          or pg_get_expr(p.polqual, p.polrelid) ~ 'current_setting|current_user|session_user'
                          or pg_get_expr(p.polwithcheck, p.polrelid) ~ 'current_setting|current_user|session_user') as reads_person
           from   pg_policy p
                  left join lateral (
                    select bool_or(not (fn.nspname = 'pg_catalog'
                                        or (fn.nspname = 'app' and proc.proname in ('family_id', 'role')))) as reads_person
                    from   pg_depend d
                           join pg_proc proc on proc.oid = d.refobjid
                           join pg_namespace fn on fn.oid = proc.pronamespace
                    where  d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass
                  ) f on true
           where  p.polrelid = c.oid and p.polcmd in ('r', '*')
         ) policies on true
  where  c.relkind in ('r', 'p', 'v', 'm', 'f')`;

export async function readExposure(
  runner: QueryRunner,
  admin: SessionVariables,
  tables: readonly TableName[],
  opaque: boolean,
): Promise<Exposure> {
  const wanted = JSON.stringify(tables.map(({ schema, name }) => ({ schema, name })));
  const rows = await runner.transaction(admin, tx => tx.query<ExposureRow>(EXPOSURE, [wanted]), {
    readOnly: true,
  });
  const announced = rows.every(row => row.announced);
  const familyBound = rows.every(({ walled, ordinary }) => walled && ordinary);
  return {
    tables: new Set(rows.map(({ schema, name }) => tableKey(schema, name))),
    // What a function reads is not known; in a walled database every family table announces, elsewhere nothing is sure.
    announced: announced && (familyBound || !opaque),
    silent: opaque ? [] : rows.filter(row => row.ordinary && !row.announced),
    readsPerson: rows.some(row => row.reads_person),
    walled: rows.some(({ walled }) => walled),
    familyBound,
    opaque,
  };
}
