import type { Address } from 'postal-mime';
import type { CaughtMail, Mailbox } from './mailbox';

export interface ApiAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

/**
 * The part of Mailpit's JSON API (https://mailpit.axllent.org/docs/api-v1/) that tests and scripts use: list,
 * search, read one (`latest` is an id too), its raw text, delete.
 */
export function answerApi(mailbox: Mailbox, method: string, url: URL, body: string): ApiAnswer | undefined {
  const path = url.pathname.replace(/^\/api\/v1\//, '');
  if (path === 'messages' && method === 'DELETE') return remove(mailbox, body);
  if (method !== 'GET') return undefined;
  if (path === 'messages') return json(listed(mailbox, mailbox.all(), url));
  if (path === 'search') {
    return json(listed(mailbox, mailbox.search(url.searchParams.get('query') ?? ''), url));
  }
  const [, id = '', part] = /^message\/([^/]+)(?:\/(raw|headers))?$/.exec(path) ?? [];
  const mail = mailbox.find(id);
  if (!mail) return undefined;
  if (part === 'raw') return { status: 200, type: 'text/plain; charset=utf-8', body: mail.raw };
  return json(part === 'headers' ? headers(mail) : whole(mail));
}

function listed(mailbox: Mailbox, mails: readonly CaughtMail[], url: URL): object {
  const start = Number(url.searchParams.get('start')) || 0;
  const limit = Number(url.searchParams.get('limit')) || 50;
  return {
    total: mailbox.all().length,
    unread: mailbox.all().length,
    count: Math.min(limit, Math.max(mails.length - start, 0)),
    messages_count: mails.length,
    start,
    tags: [],
    messages: mails.slice(start, start + limit).map(summary),
  };
}

function summary(mail: CaughtMail): object {
  const { email } = mail;
  return {
    ID: mail.id,
    MessageID: (email.messageId ?? '').replace(/[<>]/g, ''),
    Read: false,
    From: person(email.from),
    To: (email.to ?? []).map(person),
    Cc: (email.cc ?? []).map(person),
    Bcc: blindCopies(mail).map(address => ({ Name: '', Address: address })),
    ReplyTo: (email.replyTo ?? []).map(person),
    Subject: email.subject ?? '',
    Created: mail.receivedAt.toISOString(),
    Tags: [],
    Size: mail.raw.length,
    Attachments: email.attachments.length,
    Snippet: (email.text ?? '').replace(/\s+/g, ' ').slice(0, 250),
  };
}

function whole(mail: CaughtMail): object {
  const { email } = mail;
  return {
    ...summary(mail),
    Date: email.date ?? mail.receivedAt.toISOString(),
    Text: email.text ?? '',
    HTML: email.html ?? '',
    Attachments: email.attachments.map(attachment => ({
      FileName: attachment.filename ?? '',
      ContentType: attachment.mimeType,
    })),
  };
}

function headers(mail: CaughtMail): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { originalKey, value } of mail.email.headers) (found[originalKey] ??= []).push(value);
  return found;
}

function person(address: Address | undefined): { Name: string; Address: string } | null {
  return address ? { Name: address.name, Address: address.address ?? '' } : null;
}

function blindCopies({ email, recipients }: CaughtMail): string[] {
  const open = new Set([...(email.to ?? []), ...(email.cc ?? [])].map(({ address }) => address));
  return recipients.filter(address => !open.has(address));
}

function remove(mailbox: Mailbox, body: string): ApiAnswer {
  const { IDs = [] } = JSON.parse(body || '{}') as { IDs?: string[] };
  mailbox.delete(IDs.length > 0 ? IDs : mailbox.all().map(mail => mail.id));
  return { status: 200, type: 'text/plain', body: 'ok' };
}

function json(value: object): ApiAnswer {
  return { status: 200, type: 'application/json', body: JSON.stringify(value) };
}
