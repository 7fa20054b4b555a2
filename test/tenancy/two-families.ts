import { randomUUID } from 'node:crypto';
import { SafePool } from '@nself/kernel';

/** A family with one member in each role and a few posts. */
export interface TestFamily {
  readonly id: string;
  readonly name: string;
  /** User ids by role. */
  readonly people: Readonly<Record<Role, string>>;
  readonly posts: readonly string[];
}

export const ROLES = ['OWNER', 'ADMIN', 'ADULT_MEMBER', 'YOUTH_MEMBER', 'CHILD_MEMBER'] as const;
export type Role = (typeof ROLES)[number];

/** Makes families past the walls, `posts` posts in each. */
export async function plantFamilies(
  adminUrl: string,
  names: readonly string[],
  posts = 3,
): Promise<TestFamily[]> {
  const pool = new SafePool({ connectionString: adminUrl, max: 1 });
  try {
    const families: TestFamily[] = [];
    for (const name of names) families.push(await plantFamily(pool, name, posts));
    return families;
  } finally {
    await pool.end();
  }
}

async function plantFamily(pool: SafePool, name: string, posts: number): Promise<TestFamily> {
  const id = randomUUID();
  await pool.query('insert into families (id, name) values ($1, $2)', [id, name]);
  const people = {} as Record<Role, string>;
  for (const role of ROLES) people[role] = await plantMember(pool, id, name, role);
  const { rows } = await pool.query<{ id: string }>(
    `insert into posts (family_id, author_id, body)
     select $1, $2, 'Post ' || n || ' of the ' || $3 from generate_series(1, $4) as n returning id`,
    [id, people.OWNER, name, posts],
  );
  return { id, name, people, posts: rows.map(row => row.id) };
}

async function plantMember(pool: SafePool, familyId: string, name: string, role: Role): Promise<string> {
  const userId = randomUUID();
  const mail = `${role}.${name}.${userId}@example.org`.toLowerCase();
  await pool.query(
    `insert into auth.users (id, email, display_name, locale, disabled) values ($1, $2, $3, 'en', false)`,
    [userId, mail, `${role} of the ${name}`],
  );
  await pool.query('insert into family_members (family_id, user_id, role) values ($1, $2, $3)', [
    familyId,
    userId,
    role,
  ]);
  return userId;
}
