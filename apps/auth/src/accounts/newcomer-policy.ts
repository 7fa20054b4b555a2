import { Inject, Injectable } from '@nestjs/common';
import { HASURA_ROLES, isRoleName } from '@nself/identity';
import { StartError } from '@nself/kernel';
import type { NewAccount } from './account';
import { DefaultRoleNotAllowed, EmailNotAllowed, LocaleNotAllowed, RoleNotAllowed } from './account.errors';
import { accountSettings, type AccountSettings } from './account.settings';
import { plainEmail } from './email';

/** What a newcomer says about the account to be. */
export interface Wishes {
  displayName?: string;
  locale?: string;
  metadata?: Record<string, unknown>;
  defaultRole?: string;
  allowedRoles?: readonly string[];
}

/** The operator's lists of addresses and domains. */
type AddressLists = Pick<
  AccountSettings,
  'allowedEmails' | 'allowedDomains' | 'blockedEmails' | 'blockedDomains'
>;

/** Roles that only a family gives, or nobody: an account that held one would hold it in every family. */
const NEVER_OF_ACCOUNTS: readonly string[] = [
  ...HASURA_ROLES.filter(each => each !== 'user' && each !== 'me'),
  'service',
];

/** Decides who may have an account and what it may hold. */
@Injectable()
export class NewcomerPolicy {
  private readonly lists: AddressLists;

  constructor(@Inject(accountSettings.token) private readonly settings: AccountSettings) {
    assertRolesFit(settings);
    this.lists = listsOf(settings);
  }

  /** Turns wishes into an account. @throws RoleNotAllowed, DefaultRoleNotAllowed, LocaleNotAllowed */
  shape(wishes: Wishes, fallbackName = ''): NewAccount {
    return {
      ...this.roles(wishes),
      displayName: wishes.displayName || fallbackName,
      locale: this.locale(wishes.locale),
      metadata: wishes.metadata ?? {},
      disabled: this.settings.newUsersDisabled,
    };
  }

  /** @throws EmailNotAllowed when the operator keeps this address out */
  admit(email: string): void {
    const { allowedEmails, allowedDomains, blockedEmails, blockedDomains } = this.lists;
    const domain = email.slice(email.lastIndexOf('@') + 1);
    const blocked = blockedEmails.includes(email) || blockedDomains.includes(domain);
    const open = allowedEmails.length === 0 && allowedDomains.length === 0;
    const allowed = open || allowedEmails.includes(email) || allowedDomains.includes(domain);
    if (blocked || !allowed) throw new EmailNotAllowed();
  }

  private locale(wished: string | undefined): string {
    if (!wished) return this.settings.defaultLocale;
    if (!this.settings.allowedLocales.includes(wished))
      throw new LocaleNotAllowed('This language is not offered here.');
    return wished;
  }

  private roles({ allowedRoles, defaultRole }: Wishes): { roles: readonly string[]; defaultRole: string } {
    const roles = allowedRoles ?? this.settings.allowedRoles;
    const role = defaultRole ?? this.settings.defaultRole;
    if (!roles.includes(role))
      throw new DefaultRoleNotAllowed('The default role must be among the allowed roles.');
    if (!roles.every(each => this.settings.allowedRoles.includes(each)))
      throw new RoleNotAllowed('This role is not offered here.');
    return { roles, defaultRole: role };
  }
}

/** However the operator wrote them, they are compared with addresses as accounts keep them. */
const listsOf = ({
  allowedEmails,
  allowedDomains,
  blockedEmails,
  blockedDomains,
}: AddressLists): AddressLists => ({
  allowedEmails: allowedEmails.map(plainEmail),
  allowedDomains: allowedDomains.map(plainEmail),
  blockedEmails: blockedEmails.map(plainEmail),
  blockedDomains: blockedDomains.map(plainEmail),
});

/** Tokens with other roles would be refused by every service, and newcomers by the default itself. */
function assertRolesFit({ allowedRoles, defaultRole }: AccountSettings): void {
  const odd = allowedRoles.find(each => !isRoleName(each) || NEVER_OF_ACCOUNTS.includes(each));
  if (odd !== undefined)
    throw new StartError(
      `AUTH_USER_DEFAULT_ALLOWED_ROLES holds ${odd}, which is no role of an account.`,
      'Leave out admin, and what only a family gives.',
    );
  if (!allowedRoles.includes(defaultRole))
    throw new StartError(
      `AUTH_USER_DEFAULT_ROLE is ${defaultRole}, which AUTH_USER_DEFAULT_ALLOWED_ROLES does not hold.`,
      'Make the two agree.',
    );
}
