import { escapeHtml } from '../http';
import type { CaughtMail } from './mailbox';

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d9dee6, #333b47); --quiet: light-dark(#5b6675, #9aa7b8); --accent: light-dark(#2457d6, #8fb0ff); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1rem; max-width: 60rem; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f6f7f9, #14181d); color: light-dark(#1b2430, #e6ebf2); }
h1 { font-size: 1.35rem; margin: 0 0 .25rem; } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: 0 0 1rem; color: var(--quiet); }
a { color: var(--accent); overflow-wrap: anywhere; }
ul.mails { list-style: none; padding: 0; border: 1px solid var(--line); border-radius: .75rem; overflow: hidden; background: light-dark(#fff, #1b2027); }
ul.mails li + li { border-top: 1px solid var(--line); }
ul.mails a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .75rem 1rem; color: inherit; text-decoration: none; }
ul.mails a:hover, ul.mails a:focus-visible { background: light-dark(#eef3ff, #232b38); }
ul.mails b { grid-column: 1; } ul.mails span { color: var(--quiet); font-size: .875rem; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 26rem; border: 1px solid var(--line); border-radius: .75rem; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid var(--line); border-radius: .75rem; background: light-dark(#fff, #1b2027); }
`;

/** A whole page around some content. */
function page(title: string, content: string, refreshSeconds?: number): string {
  const refresh = refreshSeconds ? `<meta http-equiv="refresh" content="${refreshSeconds}">` : '';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${content}</body></html>`;
}

/** @returns an address as a link that opens beside the inbox */
function link(address: string): string {
  return `<a href="${escapeHtml(address)}" target="_blank" rel="noopener">${escapeHtml(address)}</a>`;
}

/**
 * @param mails what was caught, newest first
 * @returns the inbox, which looks for new mail every five seconds
 */
export function inboxPage(mails: CaughtMail[]): string {
  const items = mails.slice(0, 200).map(
    (mail) => `<li><a href="/messages/${mail.id}"><b dir="auto">${escapeHtml(mail.subject || '(no subject)')}</b>
      <span>${escapeHtml(mail.date.slice(11, 19))} UTC</span><span>to ${escapeHtml(mail.to.join(', '))}</span></a></li>`,
  );
  const list = items.length > 0 ? `<ul class="mails">${items.join('')}</ul>` : '<p>No mail yet.</p>';
  return page('Inbox', `<h1>Inbox</h1><p>Every mail that the local stack sends ends here.</p>${list}`, 5);
}

/**
 * @param mail one mail
 * @returns a page that shows it: headers, links, the HTML in a frame without rights, the text
 */
export function mailPage(mail: CaughtMail): string {
  const links = mail.links.map((address) => `<li>${link(address)}</li>`).join('');
  const html = mail.html
    ? `<h2>HTML</h2><iframe title="The mail's HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${mail.id}/html"></iframe>`
    : '';
  const text = escapeHtml(mail.text).replace(
    /https?:\/\/[^\s<>"']+/g,
    (address) => `<a href="${address}" target="_blank" rel="noopener">${address}</a>`,
  );
  return page(
    mail.subject,
    `<p><a href="/">Inbox</a></p><h1 dir="auto">${escapeHtml(mail.subject)}</h1>
    <dl><dt>From</dt><dd>${escapeHtml(mail.from)}</dd><dt>To</dt><dd>${escapeHtml(mail.to.join(', '))}</dd><dt>Date</dt><dd>${mail.date}</dd></dl>
    ${links ? `<h2>Links</h2><ul>${links}</ul>` : ''}${html}<h2>Text</h2><pre dir="auto">${text}</pre>`,
  );
}
