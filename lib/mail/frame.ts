import { direction } from '@/lib/i18n/locales';

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as it stands in HTML, in an element or in quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => NAMED[character] ?? character);
}

/** What a mail of ours consists of; all of it is plain text. */
export interface MailParts {
  readonly language: string;
  readonly brand: string;
  /** `#rrggbb`. */
  readonly colours: {
    readonly accent: string;
    readonly onAccent: string;
    readonly panel: string;
    readonly onPanel: string;
  };
  readonly lead: readonly string[];
  readonly button: { readonly label: string; readonly url: string };
  readonly link?: { readonly question: string; readonly label: string; readonly url: string } | undefined;
  readonly footnote: string;
}

const FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Arabic',sans-serif";

/**
 * A mail as HTML. Tables, and styles at each element: many mail programs know nothing else. No picture, no script, nothing
 * that is fetched.
 * @param parts plain texts, escaped here
 */
export function mailHtml({ language, brand, colours, lead, button, link, footnote }: MailParts): string {
  const dir = direction(language);
  const start = dir === 'rtl' ? 'right' : 'left';
  const paragraph = (content: string, style = '') => `<p style="margin:0 0 16px;${style}">${content}</p>`;
  const anchor = (url: string, label: string, style: string) =>
    `<a href="${escapeHtml(url)}" style="${style}">${escapeHtml(label)}</a>`;
  const buttonStyle = `display:inline-block;padding:12px 24px;border-radius:10px;background-color:${colours.accent};color:${colours.onAccent};font-weight:600;text-decoration:none`;
  const table = `role="presentation" dir="${dir}" width="100%" cellpadding="0" cellspacing="0" border="0"`;
  return `<!DOCTYPE html>
<html lang="${language}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(brand)}</title>
</head>
<body dir="${dir}" style="margin:0;padding:0;background-color:#f5f3ef;color:#18212c;font-family:${FONT};font-size:16px;line-height:1.5">
<table ${table}><tr><td align="center" style="padding:24px 12px">
<table ${table} style="max-width:560px;background-color:#ffffff;border-radius:12px;overflow:hidden">
<tr><td style="padding:20px 28px;background-color:${colours.panel};color:${colours.onPanel};font-size:18px;font-weight:600;text-align:${start}">${escapeHtml(brand)}</td></tr>
<tr><td style="padding:28px;text-align:${start}">
${lead.map((text) => paragraph(escapeHtml(text))).join('\n')}
${paragraph(anchor(button.url, button.label, buttonStyle), 'padding:8px 0')}
${link === undefined ? '' : paragraph(`${escapeHtml(link.question)} ${anchor(link.url, link.label, `color:${colours.accent}`)}`)}
<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #e2ddd3;color:#4d5763;font-size:14px">${escapeHtml(footnote)}</p>
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}

/** The same as plain text. */
export function mailText({ lead, button, link, footnote }: MailParts): string {
  const paragraphs = [
    ...lead,
    `${button.label}:\n${button.url}`,
    ...(link === undefined ? [] : [`${link.question}\n${link.url}`]),
    footnote,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}
