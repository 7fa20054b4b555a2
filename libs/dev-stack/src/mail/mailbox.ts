import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime, { type Address, type Email } from 'postal-mime';

/** A message that was caught, newest first in every list. */
export interface CaughtMail {
  readonly id: string;
  readonly receivedAt: Date;
  readonly raw: Buffer;
  readonly email: Email;
  /** Whom the envelope named: also those of blind copies. */
  readonly recipients: readonly string[];
}

/** The mail that was caught, in memory and as .eml files of a folder; the oldest beyond 500 are forgotten. */
export class Mailbox {
  private mails: CaughtMail[] = [];

  constructor(
    private readonly folder?: string,
    private readonly keep = 500,
  ) {}

  /** Reads what an earlier run caught. */
  async load(): Promise<void> {
    if (!this.folder) return;
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const files = readdirSync(this.folder).filter(file => file.endsWith('.eml'));
    const mails = await Promise.all(files.map(file => readMail(join(this.folder ?? '', file))));
    this.mails = mails.sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime());
  }

  async add(raw: Buffer, recipients: readonly string[]): Promise<CaughtMail> {
    const id = randomUUID();
    const mail = { id, receivedAt: new Date(), raw, recipients, email: await PostalMime.parse(raw) };
    if (this.folder) writeFileSync(join(this.folder, `${id}.eml`), raw, { mode: 0o600 });
    this.mails.unshift(mail);
    this.delete(this.mails.slice(this.keep).map(old => old.id));
    return mail;
  }

  all(): readonly CaughtMail[] {
    return this.mails;
  }

  find(id: string): CaughtMail | undefined {
    return id === 'latest' ? this.mails[0] : this.mails.find(mail => mail.id === id);
  }

  /** Mailpit's search in small: `to:`, `from:`, `subject:` or plain words, all of which must be found. */
  search(query: string): readonly CaughtMail[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    return this.mails.filter(mail => words.every(word => matches(mail, word.replaceAll('"', ''))));
  }

  delete(ids: readonly string[]): void {
    const gone = new Set(ids);
    this.mails = this.mails.filter(mail => !gone.has(mail.id));
    if (this.folder) for (const id of gone) rmSync(join(this.folder, `${id}.eml`), { force: true });
  }
}

/** `"Ada" <ada@example.org>` as one word list, for searching and for the page. */
export function addressText(address: Address | undefined): string {
  return address ? `${address.name} ${address.address ?? ''}`.trim() : '';
}

function matches(mail: CaughtMail, word: string): boolean {
  const [, field, value = word] = /^(to|from|subject):(.*)$/.exec(word) ?? [];
  const { email, recipients } = mail;
  const texts = {
    to: [...recipients, ...(email.to ?? []).map(addressText)],
    from: [addressText(email.from)],
    subject: [email.subject ?? ''],
  };
  const searched = field
    ? texts[field as keyof typeof texts]
    : [...texts.to, ...texts.from, ...texts.subject, email.text ?? ''];
  return searched.some(text => text.toLowerCase().includes(value));
}

async function readMail(file: string): Promise<CaughtMail> {
  const raw = readFileSync(file);
  const email = await PostalMime.parse(raw);
  const recipients = (email.to ?? []).flatMap(({ address }) => (address ? [address] : []));
  return {
    id: file.replace(/^.*[/\\]|\.eml$/g, ''),
    receivedAt: statSync(file).mtime,
    raw,
    email,
    recipients,
  };
}
