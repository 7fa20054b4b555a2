import type { Mail, MailFacts, MailLanguage } from './mail';
import { saidName } from './said-name';
import { ar } from './texts/ar';
import { de } from './texts/de';
import { en } from './texts/en';

const languages: Readonly<Record<string, MailLanguage>> = { ar, de, en };

/** A mail ready to be sent. */
export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/** Puts a mail into words: in the person's language, or English when there is none for it. */
export function renderMail({ template, locale, facts: given }: Omit<Mail, 'to'>): RenderedMail {
  const facts = withSaidNames(given);
  const code = locale.slice(0, 2);
  const language = languages[code] ?? en;
  const lang = languages[code] ? code : 'en';
  const { subject, lead, button, after = [] } = language.mails[template];
  const greeting =
    facts.displayName && template !== 'family-invitation' ? language.greetingWithName : language.greeting;
  const words = { greeting, lead, after, button, hint: language.linkHint, farewell: language.farewell };
  const filled = fillAll(words, facts);
  return {
    subject: fill(subject, facts).replace(/[\r\n]+/g, ' '),
    text: textOf(filled, facts),
    html: htmlOf(filled, facts, { lang, direction: language.direction }),
  };
}

/** The facts, with what people chose made fit for our sentences. */
const withSaidNames = (facts: MailFacts): MailFacts => ({
  ...facts,
  displayName: facts.displayName && saidName(facts.displayName),
  family: facts.family && saidName(facts.family),
  what: facts.what && saidName(facts.what),
});

interface Words {
  greeting: string;
  lead: string[];
  button?: string;
  after: string[];
  hint: string;
  farewell: string;
}

const fill = (sentence: string, facts: MailFacts): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: keyof MailFacts) => String(facts[name] ?? ''));

const fillAll = (words: Words, facts: MailFacts): Words => ({
  ...words,
  greeting: fill(words.greeting, facts),
  lead: words.lead.map(each => fill(each, facts)),
  after: words.after.map(each => fill(each, facts)),
});

function textOf({ greeting, lead, after, farewell }: Words, { link, code }: MailFacts): string {
  return [greeting, ...lead, code, link, ...after, farewell].filter(Boolean).join('\n\n') + '\n';
}

function htmlOf(
  words: Words,
  { link, code }: MailFacts,
  { lang, direction }: { lang: string; direction: string },
): string {
  const paragraph = (sentence: string): string => `<p style="margin:0 0 16px">${escape(sentence)}</p>`;
  const parts = [
    paragraph(words.greeting),
    ...words.lead.map(paragraph),
    code ? codeBox(code) : '',
    link && words.button ? buttonBox(link, words.button) : '',
    ...words.after.map(paragraph),
    link
      ? `<p style="margin:0 0 16px;color:#6b7280;font-size:13px">${escape(words.hint)}<br><span dir="ltr" style="word-break:break-all">${escape(link)}</span></p>`
      : '',
    paragraph(words.farewell),
  ];
  return `<!doctype html>
<html lang="${lang}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>
<body style="margin:0;padding:24px;background:#f6f5f1;font:16px/1.6 system-ui,'Segoe UI',Tahoma,sans-serif;color:#1f2937">
<div style="max-width:520px;margin:0 auto;padding:32px;background:#ffffff;border-radius:12px" dir="${direction}">
${parts.filter(Boolean).join('\n')}
</div>
</body>
</html>
`;
}

const codeBox = (code: string): string =>
  `<p dir="ltr" style="margin:0 0 16px;text-align:center;font:600 32px/1.4 ui-monospace,monospace;letter-spacing:8px">${escape(code)}</p>`;

const buttonBox = (link: string, label: string): string =>
  `<p style="margin:24px 0;text-align:center"><a href="${escape(link)}" style="display:inline-block;padding:12px 28px;border-radius:8px;background:#14532d;color:#ffffff;text-decoration:none;font-weight:600">${escape(label)}</a></p>`;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes text safe between tags and in quoted attributes. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, sign => ESCAPES[sign] as string);

/** The words that a page uses when it does what a mail asked for. */
export interface PageWords {
  lang: string;
  direction: 'ltr' | 'rtl';
  title: string;
  button: string;
}

export function pageWords(template: Mail['template'], locale: string): PageWords {
  const code = locale.slice(0, 2);
  const language = languages[code] ?? en;
  const { subject, button } = language.mails[template];
  return {
    lang: languages[code] ? code : 'en',
    direction: language.direction,
    title: subject,
    button: button ?? subject,
  };
}
