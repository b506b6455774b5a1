import { domainToASCII } from 'node:url';

/** What no name of the DNS holds, but what a URL's host parser would decode or cut off. */
const NO_HOST = /[\s%/\\?#@:[\]]/;

/**
 * A domain as the DNS knows it, so that one domain has one spelling: lower case, each label in ASCII (UTS 46, as browsers
 * and mail servers write it).
 * @param domain of an address, as it was typed
 * @returns in lower case as it is where it is no name that the DNS could know, such as an address literal
 */
export function asciiDomain(domain: string): string {
  const ascii = NO_HOST.test(domain) ? '' : domainToASCII(domain);
  return ascii === '' ? domain.toLowerCase() : ascii;
}

/**
 * The form under which throttles count an address: the one inbox that its spellings lead to. It is no address to send to.
 * Only what holds for mail at large is folded: case, the two spellings of a domain (`asciiDomain`), a quoted local part
 * that need not be (RFC 5321, 4.1.2) and a tag after a plus (RFC 5233; OWASP Input Validation cheat sheet, "Sub-Addressing").
 * What one provider alone ignores, such as Gmail's dots, is not: elsewhere these are two people.
 * @param email as it was typed; need not be valid
 * @returns never empty for a text that is not
 */
export function mailboxOf(email: string): string {
  const typed = email.trim().normalize('NFC');
  const at = typed.lastIndexOf('@');
  if (at < 0) return typed.toLowerCase();
  const local = typed
    .slice(0, at)
    .replace(/\\(.)|"/gu, '$1')
    .toLowerCase();
  // A plus in front is no tag: it would leave nobody.
  const tag = local.indexOf('+', 1);
  return `${tag < 0 ? local : local.slice(0, tag)}@${asciiDomain(typed.slice(at + 1))}`;
}
