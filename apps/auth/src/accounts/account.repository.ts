import { Injectable } from '@nestjs/common';
import { EmailExists } from '@nself/kernel';
import { constraintOf, rowsOf, statement, type GroupStatement } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Account, NewAccount } from './account';

const COLUMNS = `
  u.id,
  u.created_at                    as "createdAt",
  u.last_seen                     as "lastSeen",
  u.email,
  u.email_verified                as "emailVerified",
  u.new_email                     as "newEmail",
  u.phone_number                  as "phoneNumber",
  u.phone_number_verified         as "phoneNumberVerified",
  u.display_name                  as "displayName",
  u.avatar_url                    as "avatarUrl",
  u.locale,
  coalesce(u.metadata, '{}')      as metadata,
  u.password_hash                 as "passwordHash",
  u.default_role                  as "defaultRole",
  array(select r.role from auth.user_roles r where r.user_id = u.id order by r.created_at, r.role) as roles,
  u.is_anonymous                  as "isAnonymous",
  u.disabled,
  u.active_mfa_type               as "activeMfaType",
  u.totp_secret                   as "totpSecret"`;

const grouped = (condition: string): string =>
  `select to_jsonb(a) as row from (select ${COLUMNS} from auth.users u where ${condition}) a`;
const LOOK_UP = grouped('u.email = $1');
const READ = grouped('u.id = $1');

const MINUTE = 60_000;

/** Columns that may be changed after sign-up, by the name that code uses. */
const CHANGEABLE = {
  email: 'email',
  emailVerified: 'email_verified',
  newEmail: 'new_email',
  phoneNumber: 'phone_number',
  phoneNumberVerified: 'phone_number_verified',
  displayName: 'display_name',
  avatarUrl: 'avatar_url',
  locale: 'locale',
  metadata: 'metadata',
  passwordHash: 'password_hash',
  defaultRole: 'default_role',
  isAnonymous: 'is_anonymous',
  disabled: 'disabled',
  activeMfaType: 'active_mfa_type',
  totpSecret: 'totp_secret',
} as const;

export type AccountChange = Partial<Pick<Account, keyof typeof CHANGEABLE>>;

/** Speaks SQL to `auth.users` and `auth.user_roles`. */
@Injectable()
export class AccountRepository {
  async byId(manager: EntityManager, id: string): Promise<Account | undefined> {
    return this.one(manager, 'u.id = $1', id);
  }

  /** The same as a statement of a group; `accountFrom` reads its row. */
  read(id: string): GroupStatement {
    return { text: READ, values: [id] };
  }

  /** Finds and locks, so that two changes of one account take turns. */
  async lock(manager: EntityManager, id: string): Promise<Account | undefined> {
    return this.one(manager, 'u.id = $1 for update of u', id);
  }

  async byEmail(manager: EntityManager, email: string): Promise<Account | undefined> {
    return this.one(manager, 'u.email = $1', email);
  }

  /** The same as a statement of a group; `accountFrom` reads its row. */
  lookUp(email: string): GroupStatement {
    return { text: LOOK_UP, values: [email] };
  }

  async byPhone(manager: EntityManager, phoneNumber: string): Promise<Account | undefined> {
    return this.one(manager, 'u.phone_number = $1', phoneNumber);
  }

  /** Inserts an account with its roles; answers nothing when the address or number is taken. */
  async insert(manager: EntityManager, account: NewAccount): Promise<Account | undefined> {
    const rows = await rowsOf<{ id: string }>(
      manager,
      `insert into auth.users
         (id, email, email_verified, phone_number, phone_number_verified, password_hash, display_name, avatar_url,
          locale, metadata, default_role, is_anonymous, disabled, last_seen)
       values (coalesce($1, app.uuid_v7()), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, now())
       on conflict do nothing
       returning id`,
      [
        account.id ?? null,
        account.email ?? null,
        account.emailVerified ?? false,
        account.phoneNumber ?? null,
        account.phoneNumberVerified ?? false,
        account.passwordHash ?? null,
        account.displayName ?? '',
        account.avatarUrl ?? '',
        account.locale ?? 'en',
        JSON.stringify(account.metadata ?? {}),
        account.defaultRole ?? 'user',
        account.isAnonymous ?? false,
        account.disabled ?? false,
      ],
    );
    const id = rows[0]?.id;
    if (!id) return undefined;
    await this.setRoles(manager, id, account.roles ?? ['user', 'me']);
    return this.byId(manager, id);
  }

  /** @throws EmailExists when somebody else has taken the address a moment ago */
  async change(manager: EntityManager, id: string, change: AccountChange): Promise<void> {
    const entries = Object.entries(change).filter(([, value]) => value !== undefined);
    if (entries.length === 0) return;
    const sets = entries.map(([key], at) => `${CHANGEABLE[key as keyof AccountChange]} = $${at + 2}`);
    const values = entries.map(([key, value]) => (key === 'metadata' ? JSON.stringify(value) : value));
    await manager
      .query(`update auth.users set ${sets.join(', ')} where id = $1`, [id, ...values])
      .catch(refuseTaken);
  }

  /** Keeps the same password by another hash; false when it is kept by another already, or is another. */
  async renewHash(
    manager: EntityManager,
    id: string,
    { old, next }: { old: string; next: string },
  ): Promise<boolean> {
    const text = 'update auth.users set password_hash = $3 where id = $1 and password_hash = $2';
    return (await statement(manager, text, [id, old, next])).count === 1;
  }

  /** Replaces the person's own roles. */
  async setRoles(manager: EntityManager, id: string, roles: readonly string[]): Promise<void> {
    await manager.query('delete from auth.user_roles where user_id = $1 and role <> all ($2)', [id, roles]);
    await manager.query(
      `insert into auth.user_roles (user_id, role)
       select $1, unnest($2::text[])
       on conflict do nothing`,
      [id, roles],
    );
  }

  /**
   * Notes that somebody was here, once a minute at most: every write to accounts wakes the live queries that watch
   * them, in all families.
   */
  seen({ id, lastSeen }: Account): GroupStatement[] {
    if (lastSeen && Date.now() - lastSeen.getTime() < MINUTE) return [];
    return [{ text: 'update auth.users set last_seen = now() where id = $1', values: [id] }];
  }

  async delete(manager: EntityManager, id: string): Promise<void> {
    await manager.query('delete from auth.users where id = $1', [id]);
  }

  private async one(manager: EntityManager, condition: string, value: string): Promise<Account | undefined> {
    const rows = await rowsOf<Account>(manager, `select ${COLUMNS} from auth.users u where ${condition}`, [
      value,
    ]);
    return rows[0];
  }
}

/** Of two people who look for a free address at once, both find it free, and the database lets one have it. */
function refuseTaken(error: unknown): never {
  if (constraintOf(error) === 'users_email_key') throw new EmailExists();
  throw error;
}
