import { Inject, Injectable } from '@nestjs/common';
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

/** Decides who may have an account and what it may hold. */
@Injectable()
export class NewcomerPolicy {
  private readonly lists: AddressLists;

  constructor(@Inject(accountSettings.token) private readonly settings: AccountSettings) {
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
