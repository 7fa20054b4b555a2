import { boolean, defineSettings, list, text, type SettingsOf } from '@nself/kernel';

const flag = (env: string, meaning: string, fallback: boolean) => ({
  env,
  meaning,
  shape: boolean(),
  default: fallback,
});
const words = (env: string, meaning: string, ...fallback: string[]) => ({
  env,
  meaning,
  shape: list(),
  default: fallback,
});

/** What accounts may be. Names are Nhost's where Nhost has one. */
export const accountSettings = defineSettings('accounts', {
  signupDisabled: flag('AUTH_DISABLE_SIGNUP', 'Let nobody make an account but by invitation.', false),
  autoSignupDisabled: flag(
    'AUTH_DISABLE_AUTO_SIGNUP',
    'Let sign-in by link, code or provider make no account; the sign-up routes still do.',
    false,
  ),
  newUsersDisabled: flag(
    'AUTH_DISABLE_NEW_USERS',
    'Make new accounts disabled, until an administrator lets them in.',
    false,
  ),
  signupCreatesFamily: flag(
    'SIGNUP_CREATES_FAMILY',
    'Give a newcomer without an invitation a family of one.',
    true,
  ),
  emailVerifiedRequired: flag(
    'AUTH_EMAIL_SIGNIN_EMAIL_VERIFIED_REQUIRED',
    'Let nobody sign in with a password or a security key before the e-mail address is confirmed.',
    false,
  ),
  anonymousEnabled: flag(
    'AUTH_ANONYMOUS_USERS_ENABLED',
    'Let visitors sign in without saying who they are.',
    true,
  ),
  defaultRole: {
    env: 'AUTH_USER_DEFAULT_ROLE',
    meaning: 'Role of a new account, outside of any family.',
    shape: text(),
    default: 'user',
  },
  allowedRoles: words('AUTH_USER_DEFAULT_ALLOWED_ROLES', 'Roles that a new account may have.', 'user', 'me'),
  defaultLocale: {
    env: 'AUTH_LOCALE_DEFAULT',
    meaning: 'Language of an account that names none.',
    shape: text(),
    default: 'en',
  },
  allowedLocales: words(
    'AUTH_LOCALE_ALLOWED_LOCALES',
    'Languages that an account may have.',
    'en',
    'de',
    'ar',
  ),
  allowedEmails: words(
    'AUTH_ACCESS_CONTROL_ALLOWED_EMAILS',
    'Only these addresses may have accounts and sign in; all when empty.',
  ),
  allowedDomains: words(
    'AUTH_ACCESS_CONTROL_ALLOWED_EMAIL_DOMAINS',
    'Only these mail domains may have accounts and sign in; all when empty.',
  ),
  blockedEmails: words(
    'AUTH_ACCESS_CONTROL_BLOCKED_EMAILS',
    'Addresses that may neither have accounts nor sign in.',
  ),
  blockedDomains: words(
    'AUTH_ACCESS_CONTROL_BLOCKED_EMAIL_DOMAINS',
    'Mail domains that may neither have accounts nor sign in.',
  ),
});

export type AccountSettings = SettingsOf<typeof accountSettings>;
