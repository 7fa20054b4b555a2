/** What a ticket is for; it opens nothing else. The words are the prefixes of Nhost's tickets. */
export type TicketPurpose =
  | 'verifyEmail'
  | 'emailConfirmChange'
  | 'passwordlessEmail'
  | 'passwordReset'
  | 'mfaTotp'
  | 'otpEmail'
  | 'otpSms'
  | 'accountDeletion';

/** A ticket as it is found again. */
export interface Ticket {
  id: string;
  userId: string | null;
  purpose: TicketPurpose;
  /** The e-mail address or phone number that it was sent to. */
  address: string | null;
  data: Record<string, unknown>;
  attempts: number;
  maxAttempts: number;
}
