import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { escape } from '../mail';

const STYLE = `
:root{color-scheme:light dark;--ink:#1f2937;--paper:#f6f5f1;--card:#fff;--green:#14532d}
@media(prefers-color-scheme:dark){:root{--ink:#e5e7eb;--paper:#111827;--card:#1f2937;--green:#4ade80}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--paper);color:var(--ink);font:17px/1.6 system-ui,"Segoe UI",Tahoma,sans-serif}
main{box-sizing:border-box;width:min(92vw,440px);padding:40px 32px;border-radius:16px;background:var(--card)}
h1{margin:0 0 12px;font-size:24px;line-height:1.3}
p{margin:0 0 16px}
label{display:block;margin:0 0 12px}
input,select{box-sizing:border-box;width:100%;padding:10px 12px;border:1px solid #9ca3af;border-radius:8px;font:inherit;background:transparent;color:inherit}
button{width:100%;margin-top:8px;padding:12px;border:0;border-radius:10px;background:var(--green);color:var(--card);font:600 17px/1.4 inherit;cursor:pointer}
button.quiet{background:transparent;color:inherit;border:1px solid #9ca3af}
code{font:600 28px/1.6 ui-monospace,monospace;letter-spacing:4px}
.warn{padding:12px;border-radius:8px;background:#fef3c7;color:#713f12}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** A small page of our own, without any script. */
export interface Page {
  lang: string;
  direction: 'ltr' | 'rtl';
  title: string;
  /** HTML; whatever came from outside is escaped already. */
  body: string;
  /** Origins that its forms lead to in the end, redirects included; browsers check all of them. */
  formTargets?: string[];
}

/** Sends a page that can run nothing, be framed by nobody, and stays in no cache. */
export function sendPage(response: Response, page: Page, status = 200): void {
  const targets = ["'self'", ...(page.formTargets ?? [])].join(' ');
  response.status(status).type('html');
  response.setHeader('cache-control', 'no-store');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader(
    'content-security-policy',
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action ${targets}; frame-ancestors 'none'; base-uri 'none'`,
  );
  response.send(`<!doctype html>
<html lang="${escape(page.lang)}" dir="${page.direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escape(page.title)}</title><style>${STYLE}</style></head>
<body><main>
<h1>${escape(page.title)}</h1>
${page.body}
</main></body>
</html>
`);
}

/** A hidden field. */
export const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`;
