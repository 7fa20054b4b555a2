import { addressText, type CaughtMail } from './mailbox';

/** The list of caught mail as a page without scripts; a click opens one. */
export function listPage(mails: readonly CaughtMail[]): string {
  const rows = mails.map(
    mail => `<a href="/message/${mail.id}">
      <b>${escape(mail.email.subject ?? '(no subject)')}</b>
      <span>${escape(mail.recipients.join(', '))}</span>
      <time>${mail.receivedAt.toISOString().replace('T', ' ').slice(0, 19)}</time></a>`,
  );
  const none = '<p>No mail yet. What the services send lands here instead of in the world.</p>';
  return page('Mail', `<h1>Mail</h1><nav>${rows.join('') || none}</nav>`);
}

/** One message; its own HTML is shown in a frame that may neither run scripts nor reach this page. */
export function messagePage({ email, recipients }: CaughtMail): string {
  const text = `<pre>${escape(email.text ?? '')}</pre>`;
  const html = email.html && `<iframe sandbox srcdoc="${escape(email.html)}"></iframe>`;
  return page(
    email.subject ?? 'Mail',
    `<p><a href="/">&larr; all mail</a></p><h1>${escape(email.subject ?? '(no subject)')}</h1>
    <p>from ${escape(addressText(email.from))}<br>to ${escape(recipients.join(', '))}</p>${html || text}`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${title === 'Mail' ? 5 : 3600}"><title>${escape(title)}</title>
<style>body{font:16px/1.5 system-ui;max-width:56rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
nav a{display:grid;grid-template-columns:1fr 1fr auto;gap:1rem;padding:.5rem 0;border-top:1px solid #8884;
color:inherit;text-decoration:none}pre{white-space:pre-wrap}iframe{width:100%;height:70vh;border:1px solid #8884;background:#fff}
</style>${body}</html>`;
}

function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, character => entities[character] ?? character);
}
