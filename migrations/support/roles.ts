import { Client } from 'pg';

/**
 * The roles of Postgres, and why there are five.
 *
 * - `nself_owner` owns the schema and runs migrations. Nobody logs in as it.
 * - `nself_app` is what every service and the GraphQL engine connect as. It owns nothing and RLS binds it.
 * - `nself_auth` is the auth service: the `auth` schema, and the little of the families' tables that it needs.
 * - `nself_admin` bypasses RLS. Its pool is small and stands behind `asPlatform(reason, ...)`.
 * - `nself_crossing` bypasses RLS and cannot log in. It owns the few functions that must look across families
 *   (see `crossFamilies`), and may read no more than those functions need. FORCE ROW LEVEL SECURITY binds the
 *   owner of a table too, so that a definer function of `nself_owner` would see nothing at all.
 *
 * Roles belong to the whole cluster, not to a database, so no migration makes or drops them.
 */
const logins = { app: 'nself_app', auth: 'nself_auth', admin: 'nself_admin' } as const;
const attributes = 'nosuperuser nocreatedb nocreaterole noreplication';

export type RolePasswords = Record<keyof typeof logins, string>;

/**
 * Makes the roles, or brings them up to date, and lets them into the database of `url`.
 *
 * @param url a login that may create roles; on a managed Postgres it needs BYPASSRLS itself to hand it on
 * @param passwords of the three roles that log in
 * @throws the database's own error when the login may not create roles
 */
export async function bootstrapRoles(url: string, passwords: RolePasswords): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await oneAtATime(() => client.query(roleStatements(client, passwords).join(';\n')));
  } finally {
    await client.end();
  }
}

function roleStatements(client: Client, passwords: RolePasswords): string[] {
  const database = client.escapeIdentifier(client.database ?? 'postgres');
  return [
    role('nself_owner', `nologin nobypassrls ${attributes}`),
    role('nself_crossing', `nologin bypassrls ${attributes}`),
    role(logins.app, `login nobypassrls ${attributes} password ${client.escapeLiteral(passwords.app)}`),
    role(logins.auth, `login nobypassrls ${attributes} password ${client.escapeLiteral(passwords.auth)}`),
    role(logins.admin, `login bypassrls ${attributes} password ${client.escapeLiteral(passwords.admin)}`),
    'grant nself_owner to current_user',
    'grant nself_crossing to nself_owner',
    ...Object.values(logins).map(
      name => `alter role ${name} set idle_in_transaction_session_timeout = '60s'`,
    ),
    `grant connect, create, temporary on database ${database} to nself_owner`,
    `grant connect on database ${database} to ${Object.values(logins).join(', ')}`,
    'grant usage, create on schema public to nself_owner with grant option',
    'revoke create on schema public from public',
  ];
}

/** `create role` knows no `if not exists`; the block makes it so. */
function role(name: string, definition: string): string {
  const literal = `'${definition.replaceAll("'", "''")}'`;
  return `do $$ begin
    if not exists (select from pg_roles where rolname = '${name}') then create role ${name}; end if;
    execute 'alter role ${name} ' || ${literal};
  end $$`;
}

const collision = new Set(['XX000', '23505', '40001', '40P01']);

/**
 * Two installations that start at once alter the same rows of `pg_authid`, and Postgres refuses the later one
 * with "tuple concurrently updated". Advisory locks do not help: they end at the border of a database.
 */
async function oneAtATime(work: () => Promise<unknown>, attempts = 10): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt === attempts || !collision.has((error as { code?: string }).code ?? '')) throw error;
      await new Promise(resolve => setTimeout(resolve, 50 * attempt));
    }
  }
}
