import { deceptionOf } from './deceptive-email';
import { asciiDomain, mailboxOf } from './mailbox';

/** What the operator says about addresses, besides the realm's own rule for them. */
export interface EmailRules {
  /** Who may sign up (empty: all), who may not, and whose domains are never taken for disposable: entries, see `covers`. */
  readonly emailDomains: Readonly<Record<'allow' | 'deny' | 'notDisposable', readonly string[]>>;
  readonly disposableEmail: 'refuse' | 'allow';
  readonly plusAddressing: 'refuse' | 'allow';
  readonly deceptiveEmail: 'refuse' | 'allow';
}

/**
 * Whether an entry of a list means an address. `example.com` stands for the domain and its subdomains, `=example.com` for the
 * domain alone, `.example.com` for its subdomains alone, and `ada@example.com` for one inbox, with whatever tag.
 * @param entry lower case, its domain in ASCII
 */
function covers(entry: string, email: string, domain: string): boolean {
  if (entry.includes('@')) return mailboxOf(entry) === mailboxOf(email);
  if (entry.startsWith('=')) return domain === entry.slice(1);
  if (entry.startsWith('.')) return domain.endsWith(entry);
  return domain === entry || domain.endsWith(`.${entry}`);
}

/** The key of the words for a refused address, in the catalogues' `errors`. */
export type EmailRefusal =
  | 'emailInvisible'
  | 'emailLookalike'
  | 'emailDomainNotAllowed'
  | 'emailNotAllowed'
  | 'emailPlusNotAllowed'
  | 'emailDisposable';

/**
 * Judges an address by the operator's rules. Denied beats allowed.
 * @param email an address that passed the realm's own format rules; undefined or blank is no address, and passes
 * @param isDisposable tells by a domain whether it gives out addresses to throw away; see `isDisposableDomain`
 * @returns why it may not sign up; undefined where it may
 */
export function judgeEmail(
  email: string | undefined,
  rules: EmailRules,
  isDisposable: (domain: string) => boolean,
): EmailRefusal | undefined {
  if (email === undefined || email.trim() === '') return undefined;
  const deception = rules.deceptiveEmail === 'refuse' ? deceptionOf(email) : undefined;
  if (deception !== undefined) return deception;
  const at = email.lastIndexOf('@');
  const domain = asciiDomain(email.slice(at + 1));
  const { allow, deny, notDisposable } = rules.emailDomains;
  const isIn = (list: readonly string[]) => list.find((entry) => covers(entry, email, domain));
  const denied = isIn(deny);
  // Whose inbox alone is meant is not told that the provider is.
  if (denied !== undefined) return denied.includes('@') ? 'emailNotAllowed' : 'emailDomainNotAllowed';
  if (allow.length > 0 && isIn(allow) === undefined) return 'emailDomainNotAllowed';
  if (rules.plusAddressing === 'refuse' && email.lastIndexOf('+', at) > 0) return 'emailPlusNotAllowed';
  const isListed = rules.disposableEmail === 'refuse' && isDisposable(domain);
  return isListed && isIn(notDisposable) === undefined ? 'emailDisposable' : undefined;
}
