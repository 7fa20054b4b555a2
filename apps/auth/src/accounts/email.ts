import { domainToASCII } from 'node:url';
import { isEmail } from 'class-validator';

const BEYOND_ASCII = /[^\0-\x7f]/;
const LABELS = /^[\p{L}\p{M}\p{N}.-]+$/u;

/** An address as accounts keep it: trimmed, in small letters, and with the domain as the wire spells it (RFC 5890). */
export function plainEmail(typed: string): string {
  const email = typed.trim().toLowerCase();
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (!BEYOND_ASCII.test(domain) || !LABELS.test(domain)) return email;
  return email.slice(0, email.length - domain.length) + domainToASCII(domain);
}

/** Can an account have this address? `auth.email` keeps none with quotes, nor one that only SMTPUTF8 could reach. */
export const isKeptEmail = (email: string): boolean =>
  isEmail(email, { allow_utf8_local_part: false, blacklisted_chars: '"' });

/** An address that another house names, as accounts keep it; nothing when they keep no such. */
export function keptEmail(named: string): string | null {
  const email = plainEmail(named);
  return isKeptEmail(email) ? email : null;
}
