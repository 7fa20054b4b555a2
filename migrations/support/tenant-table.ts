import type { QueryRunner } from 'typeorm';

/** Who may do what with the rows of a table, beyond the wall of the family. Conditions are SQL over a row. */
export interface TenantRules {
  /** What `nself_app` may do at all, as `grant` takes it. Nothing is granted by default but these. */
  grants?: string;
  /** The same for `nself_auth`; it sees every row of the family in its context. */
  auth?: string;
  /** Which rows can be read. */
  read?: string;
  /** Which rows can be written; `insert`, `update` and `delete` say it more narrowly. */
  write?: string;
  insert?: string;
  update?: string;
  delete?: string;
  /** Rows without a family belong to the platform: any service may write them, only the platform reads them. */
  platformRows?: boolean;
  /** Rows that are never changed need no clock. */
  touch?: boolean;
  /** Whether live queries are woken by changes of this table. */
  announce?: boolean;
}

const everyday = 'select, insert, update, delete';
const contributors = '(select app.is_contributor())';
const wall = 'family_id = (select app.family_id())';

/**
 * Makes a table with `family_id` a family's own: row level security enabled and forced, one RESTRICTIVE policy
 * that no permissive one can widen, the rules of the roles as permissive policies, and triggers that keep
 * `updated_at`, refuse a move to another family, and wake live queries.
 *
 * The table itself brings `id`, `family_id`, `unique (family_id, id)` and its composite foreign keys: they are
 * part of what one reads when one reads the table. The catalogue test holds all of it to account.
 */
export async function protectTenantTable(
  q: QueryRunner,
  table: string,
  rules: TenantRules = {},
): Promise<void> {
  await q.query(
    [
      `alter table ${table} enable row level security`,
      `alter table ${table} force  row level security`,
      wallPolicy(table, rules.platformRows ?? false),
      ...appPolicies(table, rules),
      ...authPolicy(table, rules),
      ...clock(table, rules),
      `create trigger stay_in_family before update of family_id on ${table}
         for each row execute function app.refuse_family_move()`,
      ...announcements(table, rules),
    ].join(';\n'),
  );
}

function wallPolicy(table: string, platformRows: boolean): string {
  const check = platformRows ? `family_id is null or ${wall}` : wall;
  return `create policy tenant_wall on ${table} as restrictive for all using (${wall}) with check (${check})`;
}

function appPolicies(table: string, rules: TenantRules): string[] {
  const grants = rules.grants ?? everyday;
  if (grants === '') return [];
  const write = rules.write ?? contributors;
  const policies: [verb: string, clause: string, condition: string][] = [
    ['select', 'using', rules.read ?? 'true'],
    ['insert', 'with check', rules.insert ?? write],
    ['update', 'using', rules.update ?? write],
    ['delete', 'using', rules.delete ?? write],
  ];
  return [
    `grant ${grants} on ${table} to nself_app`,
    ...policies
      .filter(([verb]) => grants.includes(verb))
      .map(([verb, clause, condition]) => policy(table, verb, clause, condition)),
  ];
}

const policy = (table: string, verb: string, clause: string, condition: string) =>
  `create policy members_${verb} on ${table} for ${verb} to nself_app ${clause} (${condition})`;

function authPolicy(table: string, { auth }: TenantRules): string[] {
  if (!auth) return [];
  return [
    `grant ${auth} on ${table} to nself_auth`,
    `create policy auth_service on ${table} for all to nself_auth using (true)`,
  ];
}

function clock(table: string, { touch = true }: TenantRules): string[] {
  if (!touch) return [];
  return [`create trigger touch before update on ${table} for each row execute function app.touch()`];
}

function announcements(table: string, { announce = true }: TenantRules): string[] {
  if (!announce) return [];
  const side = { insert: 'new', update: 'new', delete: 'old' };
  return Object.entries(side).map(
    ([verb, rows]) => `create trigger announce_${verb} after ${verb} on ${table}
      referencing ${rows} table as changed_rows for each statement execute function app.announce_change()`,
  );
}
