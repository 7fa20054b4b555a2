import type { QueryRunner, SessionVariables } from '../executor';
import { tableKey, type TableKey } from '../model';

/** What the catalogue says about reading some tables. */
export interface Exposure {
  /** Every table whose changes can change the answer: those beneath views, and those that policies consult. */
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
  /** Whether functions are called whose reading is not known. */
  readonly opaque: boolean;
}

export interface TableName {
  readonly schema: string;
  readonly name: string;
}

interface TableRow extends TableName {
  readonly walled: boolean;
  readonly announced: boolean;
  /** A table that can have statement triggers. */
  readonly ordinary: boolean;
  readonly reads_settings: boolean;
}

interface FunctionRow {
  readonly reads_person: boolean;
  readonly unknown: boolean;
  readonly crosses: boolean;
}

/**
 * Everything that reading the given tables touches. Postgres records in `pg_depend` what the rules of views, the
 * expressions of policies and the bodies of functions refer to; from the tables we follow these to the end. The four
 * functions that read the context are leaves. What a function body in quotes reads is not recorded, so such a function
 * is *unknown*: it may read anything and anybody. Built-in functions are not recorded either; the only ones that read
 * the context are `current_setting` and `current_user`, which are looked for by themselves.
 */
const REACH = `
  with recursive reach (class, object) as (
    select 'pg_class'::regclass::oid, to_regclass(format('%I.%I', t.schema, t.name))::oid
    from   jsonb_to_recordset($1::jsonb) as t (schema text, name text)
    union
    select step.class, step.object
    from   reach r
           join lateral (
             select d.refclassid, d.refobjid
             from   pg_rewrite w
                    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
             where  r.class = 'pg_class'::regclass and w.ev_class = r.object
             union all
             select d.refclassid, d.refobjid
             from   pg_policy p
                    join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid
             where  r.class = 'pg_class'::regclass and p.polrelid = r.object and p.polcmd in ('r', '*')
             union all
             select 'pg_class'::regclass, i.inhrelid
             from   pg_inherits i
             where  r.class = 'pg_class'::regclass and i.inhparent = r.object
             union all
             select d.refclassid, d.refobjid
             from   pg_depend d
             where  r.class = 'pg_proc'::regclass and d.classid = 'pg_proc'::regclass and d.objid = r.object
                    and not exists (
                      select
                      from   pg_proc f
                      where  f.oid = r.object and f.pronamespace = to_regnamespace('app')
                             and f.proname in ('family_id', 'user_id', 'role', 'trace_id'))
           ) step (class, object) on step.class in ('pg_class'::regclass, 'pg_proc'::regclass)
  )`;

const CONTEXT_WORDS = 'current_setting|current_user|session_user|current_role';

/** The bits 4, 8 and 16 of `tgtype` are insert, delete and update: a table announces its changes when all are covered. */
const TABLES = `${REACH}
  select n.nspname as schema,
         c.relname as name,
         c.relrowsecurity as walled,
         c.relkind in ('r', 'p') as ordinary,
         c.relkind = 'v' or (c.relkind in ('r', 'p') and coalesce(heard.events, 0) & 28 = 28) as announced,
         coalesce(policies.reads_settings, false)
           or (c.relkind = 'v' and pg_get_viewdef(c.oid) ~* '${CONTEXT_WORDS}') as reads_settings
  from   reach r
         join pg_class c on c.oid = r.object
         join pg_namespace n on n.oid = c.relnamespace
         left join lateral (
           select bit_or(t.tgtype::int) as events
           from   pg_trigger t
                  join pg_proc f on f.oid = t.tgfoid
           where  t.tgrelid = c.oid and t.tgenabled <> 'D' and f.prosrc like '%nself_changes%'
         ) heard on true
         left join lateral (
           select bool_or(pg_get_expr(p.polqual, p.polrelid) ~* '${CONTEXT_WORDS}')
                    as reads_settings
           from   pg_policy p
           where  p.polrelid = c.oid and p.polcmd in ('r', '*')
         ) policies on true
  where  r.class = 'pg_class'::regclass and c.relkind in ('r', 'p', 'v', 'm', 'f')`;

/** `prosqlbody` is younger than Postgres 13, and 2077 and 3294 are the two `current_setting`. */
const FUNCTIONS = `${REACH}
  select coalesce(bool_or(f.reads_person), false) as reads_person,
         coalesce(bool_or(f.unknown), false)      as unknown,
         coalesce(bool_or(f.crosses), false)      as crosses
  from   reach r
         join pg_proc p on p.oid = r.object and r.class = 'pg_proc'::regclass
         join lateral (select to_jsonb(p) ->> 'prosqlbody' as body) s on true
         join lateral (
           select p.pronamespace = to_regnamespace('app') and p.proname in ('family_id', 'user_id', 'role', 'trace_id') as leaf,
                  p.prolang in (select oid from pg_language where lanname in ('c', 'internal')) as native
         ) k on true
         join lateral (
           select k.leaf and p.proname = 'user_id' or not k.leaf and s.body ~ ':funcid (2077|3294) |SQLVALUEFUNCTION' as reads_person,
                  not k.leaf and not k.native and s.body is null as unknown,
                  p.prosecdef as crosses
         ) f on true`;

/**
 * @param opaque whether the query itself calls functions of the user
 * @throws the database's error when the catalogue cannot be read
 */
export async function readExposure(
  runner: QueryRunner,
  admin: SessionVariables,
  tables: readonly TableName[],
  opaque: boolean,
): Promise<Exposure> {
  const wanted = [JSON.stringify(tables.map(({ schema, name }) => ({ schema, name })))];
  const [rows, [functions]] = await runner.transaction(
    admin,
    async tx =>
      [await tx.query<TableRow>(TABLES, wanted), await tx.query<FunctionRow>(FUNCTIONS, wanted)] as const,
    { readOnly: true },
  );
  return exposureOf(rows, functions, opaque);
}

function exposureOf(
  rows: readonly TableRow[],
  functions: FunctionRow | undefined,
  called: boolean,
): Exposure {
  const opaque = called || functions?.unknown === true;
  const familyBound = rows.every(({ walled, ordinary }) => walled && ordinary) && functions?.crosses !== true;
  const announced = rows.every(row => row.announced);
  return {
    tables: new Set(rows.map(({ schema, name }) => tableKey(schema, name))),
    // What an unknown function reads is not known; in a walled database every family table announces, elsewhere nothing is sure.
    announced: announced && (familyBound || !opaque),
    silent: opaque ? [] : rows.filter(row => row.ordinary && !row.announced),
    readsPerson: opaque || functions?.reads_person === true || rows.some(row => row.reads_settings),
    walled: rows.some(({ walled }) => walled),
    familyBound,
    opaque,
  };
}
