import { WELL_KNOWN_DOMAINS } from '@/lib/email-suggestion';
import { asciiDomain } from './mailbox';

/** A list with fewer domains is no list of disposable ones, but a part of one, or a page that says so. */
const LEAST_DOMAINS = 1_000;
/** The largest file, in bytes; the longest list that is known has 2.5 MB. */
export const LARGEST_LIST = 20_000_000;

const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** A list that can be used, or why it can't be. */
export type DisposableList =
  | { readonly ok: true; readonly domains: ReadonlySet<string> }
  | { readonly ok: false; readonly problem: string };

function entriesOf(text: string): readonly unknown[] | undefined {
  const content = text.replace(/^\uFEFF/, '').trim();
  if (!content.startsWith('[')) {
    const lines = content.split(/\r?\n/).map((line) => line.trim());
    return lines.filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('//'));
  }
  try {
    const parsed: unknown = JSON.parse(content);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads a list of disposable domains, and checks that nobody is locked out by a wrong one.
 * @param text one domain on a line (`#` and `//` begin comments), or a JSON array of texts
 */
export function readDisposableList(text: string): DisposableList {
  const entries = entriesOf(text);
  if (entries === undefined)
    return { ok: false, problem: 'is neither a JSON array nor text with a domain on each line' };
  const domains = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const domain = typeof entry === 'string' ? asciiDomain(entry.trim()) : '';
    if (!DOMAIN.test(domain)) return { ok: false, problem: `has no domain as its entry ${index + 1}` };
    domains.add(domain);
  }
  if (domains.size < LEAST_DOMAINS)
    return { ok: false, problem: `has ${domains.size} domains, and at least ${LEAST_DOMAINS} are expected` };
  const wrong = [...WELL_KNOWN_DOMAINS].filter((domain) => domains.has(domain));
  if (wrong.length > 0) return { ok: false, problem: `has well-known providers in it: ${wrong.join(', ')}` };
  return { ok: true, domains };
}

/**
 * Whether a list has a domain, or one that it is a part of.
 * @param domain see `asciiDomain`
 */
export function isListed(domains: ReadonlySet<string>, domain: string): boolean {
  const labels = domain.split('.');
  return labels.some((_, index) => index < labels.length - 1 && domains.has(labels.slice(index).join('.')));
}
