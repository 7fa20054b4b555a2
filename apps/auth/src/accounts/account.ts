/** A person (or an anonymous visitor) as `auth.users` knows them, with the roles of `auth.user_roles`. */
export interface Account {
  id: string;
  createdAt: Date;
  lastSeen: Date | null;
  email: string | null;
  emailVerified: boolean;
  newEmail: string | null;
  phoneNumber: string | null;
  phoneNumberVerified: boolean;
  displayName: string;
  avatarUrl: string;
  locale: string;
  metadata: Record<string, unknown>;
  passwordHash: string | null;
  defaultRole: string;
  roles: string[];
  isAnonymous: boolean;
  disabled: boolean;
  activeMfaType: 'totp' | null;
  totpSecret: string | null;
}

/** What a new account starts with; everything else has a default. */
export interface NewAccount {
  id?: string;
  email?: string | null;
  emailVerified?: boolean;
  phoneNumber?: string | null;
  phoneNumberVerified?: boolean;
  passwordHash?: string | null;
  displayName?: string;
  avatarUrl?: string;
  locale?: string;
  metadata?: Record<string, unknown>;
  defaultRole?: string;
  roles?: readonly string[];
  isAnonymous?: boolean;
  disabled?: boolean;
}

/** A person as both faces show them: the `User` of Nhost's contract. */
export interface UserView {
  id: string;
  createdAt: string;
  displayName: string;
  avatarUrl: string;
  locale: string;
  email?: string;
  emailVerified: boolean;
  phoneNumber?: string;
  phoneNumberVerified: boolean;
  isAnonymous: boolean;
  defaultRole: string;
  roles: string[];
  metadata: Record<string, unknown>;
  activeMfaType: string | null;
}

export function userView(account: Account): UserView {
  return {
    id: account.id,
    createdAt: account.createdAt.toISOString(),
    displayName: account.displayName,
    avatarUrl: account.avatarUrl,
    locale: account.locale,
    ...(account.email && { email: account.email }),
    emailVerified: account.emailVerified,
    ...(account.phoneNumber && { phoneNumber: account.phoneNumber }),
    phoneNumberVerified: account.phoneNumberVerified,
    isAnonymous: account.isAnonymous,
    defaultRole: account.defaultRole,
    roles: account.roles,
    metadata: account.metadata,
    activeMfaType: account.activeMfaType,
  };
}

/** An account as a statement of a group answers it, where moments are text. */
export function accountFrom(row: unknown): Account | undefined {
  if (row === undefined) return undefined;
  const account = row as Account & { createdAt: string; lastSeen: string | null };
  const { createdAt, lastSeen } = account;
  return {
    ...account,
    createdAt: new Date(createdAt),
    lastSeen: lastSeen === null ? null : new Date(lastSeen),
  };
}
