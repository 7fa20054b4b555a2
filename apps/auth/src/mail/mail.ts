/** The mails that auth writes. Names of those that Nhost knows are Nhost's. */
export const MAIL_TEMPLATES = [
  'email-verify',
  'email-confirm-change',
  'signin-passwordless',
  'signin-otp',
  'password-reset',
  'password-changed',
  'email-changed',
  'factor-changed',
  'family-invitation',
  'device-approved',
  'account-deletion',
] as const;

export type MailTemplate = (typeof MAIL_TEMPLATES)[number];

/** What a mail is filled with; each template uses some of it. */
export interface MailFacts {
  displayName?: string;
  /** Where its button leads. */
  link?: string;
  /** A code to be typed. */
  code?: string;
  /** Minutes until link or code expire. */
  minutes?: number;
  /** The address that an account changes to. */
  newEmail?: string;
  family?: string;
  /** What was added, changed or approved, in a few words. */
  what?: string;
}

export interface Mail {
  to: string;
  locale: string;
  template: MailTemplate;
  facts: MailFacts;
}

/** The words of one mail in one language. `{name}` is replaced by the fact of that name. */
export interface MailText {
  subject: string;
  /** Paragraphs before the button or code. */
  lead: string[];
  button?: string;
  /** Paragraphs after it. */
  after?: string[];
}

/** All mails in one language. */
export interface MailLanguage {
  direction: 'ltr' | 'rtl';
  greeting: string;
  greetingWithName: string;
  farewell: string;
  linkHint: string;
  mails: Record<MailTemplate, MailText>;
}
