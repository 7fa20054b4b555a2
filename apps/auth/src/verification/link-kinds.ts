import type { MailTemplate } from '../mail';
import type { TicketPurpose } from '../tickets';

/** What a link in a mail can be for. `type` is Nhost's word for it in addresses. */
export interface LinkKind {
  purpose: TicketPurpose;
  type: 'emailVerify' | 'emailConfirmChange' | 'signinPasswordless' | 'passwordReset';
  template: MailTemplate;
  lifeSeconds: number;
}

const HOUR = 3600;

export const linkKinds = {
  verifyEmail: {
    purpose: 'verifyEmail',
    type: 'emailVerify',
    template: 'email-verify',
    lifeSeconds: 720 * HOUR,
  },
  emailConfirmChange: {
    purpose: 'emailConfirmChange',
    type: 'emailConfirmChange',
    template: 'email-confirm-change',
    lifeSeconds: HOUR,
  },
  passwordlessEmail: {
    purpose: 'passwordlessEmail',
    type: 'signinPasswordless',
    template: 'signin-passwordless',
    lifeSeconds: HOUR,
  },
  passwordReset: {
    purpose: 'passwordReset',
    type: 'passwordReset',
    template: 'password-reset',
    lifeSeconds: HOUR,
  },
} as const satisfies Record<string, LinkKind>;

export type LinkName = keyof typeof linkKinds;

/** The kind of a ticket, by its prefix. */
export function kindOf(ticket: string): LinkKind | undefined {
  const name = ticket.slice(0, ticket.indexOf(':'));
  return Object.hasOwn(linkKinds, name) ? linkKinds[name as LinkName] : undefined;
}
