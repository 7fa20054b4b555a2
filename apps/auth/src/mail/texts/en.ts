import type { MailLanguage } from '../mail';

const IGNORE = 'If you did not ask for this, you can ignore this mail; nothing will happen.';
const ALARM = 'If this was not you, reset your password now and look at your sessions.';

export const en: MailLanguage = {
  direction: 'ltr',
  greeting: 'Hello,',
  greetingWithName: 'Hello {displayName},',
  farewell: 'Take care of each other.',
  linkHint: 'If the button does not work, open this address:',
  mails: {
    'email-verify': {
      subject: 'Confirm your e-mail address',
      lead: ['Please confirm that this is your address.'],
      button: 'Confirm address',
      after: [IGNORE],
    },
    'email-confirm-change': {
      subject: 'Confirm your new e-mail address',
      lead: ['Your account shall use {newEmail} from now on. Please confirm that this address is yours.'],
      button: 'Confirm new address',
      after: [IGNORE],
    },
    'signin-passwordless': {
      subject: 'Your sign-in link',
      lead: ['Here is your link to sign in. It works once, within {minutes} minutes.'],
      button: 'Sign in',
      after: [IGNORE],
    },
    'signin-otp': {
      subject: 'Your sign-in code: {code}',
      lead: ['This code signs you in. It works once, within {minutes} minutes. Tell it to nobody.'],
      after: [IGNORE],
    },
    'password-reset': {
      subject: 'Reset your password',
      lead: ['You can choose a new password now. The link works once, within {minutes} minutes.'],
      button: 'Choose a new password',
      after: [IGNORE],
    },
    'password-changed': {
      subject: 'Your password was changed',
      lead: ['The password of your account was changed a moment ago.'],
      after: [ALARM],
    },
    'email-changed': {
      subject: 'The e-mail address of your account changes',
      lead: ['Your account shall use {newEmail} instead of this address.'],
      after: [ALARM],
    },
    'factor-changed': {
      subject: 'Your sign-in was changed',
      lead: ['A way to sign in to your account was changed: {what}.'],
      after: [ALARM],
    },
    'family-invitation': {
      subject: 'You are invited to {family}',
      lead: ['{displayName} invites you to join {family}.'],
      button: 'See the invitation',
      after: ['If you do not know who this is, do not open the link.'],
    },
    'device-approved': {
      subject: 'A device was connected',
      lead: ['{what} was connected to {family}.'],
      after: [ALARM],
    },
    'account-deletion': {
      subject: 'Your account will be deleted',
      lead: ['Your account and what belongs to you alone will be deleted. This cannot be undone afterwards.'],
      after: [ALARM],
    },
  },
};
