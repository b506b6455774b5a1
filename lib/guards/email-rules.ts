/** Domains that may sign up (empty: all) and domains that may not; each stands for its subdomains, too. */
export interface EmailDomainRules {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

const covers = (list: readonly string[], domain: string) =>
  list.some((entry) => domain === entry || domain.endsWith(`.${entry}`));

/**
 * Whether an address may sign up by its domain.
 * @param email an address that passed the realm's own format rules; undefined passes
 * @param rules the operator's lists, lower case
 */
export function isEmailAllowed(email: string | undefined, rules: EmailDomainRules): boolean {
  if (email === undefined) return true;
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return !covers(rules.deny, domain) && (rules.allow.length === 0 || covers(rules.allow, domain));
}
