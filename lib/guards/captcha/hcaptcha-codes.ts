type Meaning = 'missing' | 'expired' | 'refused' | 'ours';

/**
 * Every code that hCaptcha documents for siteverify (docs.hcaptcha.com, "Siteverify Error Codes Table"), with two that older
 * answers have. `ours` are about our configuration or our request: the visitor can do nothing about them.
 */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  'missing-input-secret': 'ours',
  'invalid-input-secret': 'ours',
  'missing-input-response': 'missing',
  'invalid-input-response': 'refused',
  'expired-input-response': 'expired',
  'already-seen-response': 'expired',
  'invalid-or-already-seen-response': 'expired',
  'bad-request': 'ours',
  'missing-remoteip': 'ours',
  'invalid-remoteip': 'ours',
  'not-using-dummy-passcode': 'ours',
  'not-using-dummy-secret': 'ours',
  'sitekey-secret-mismatch': 'ours',
};

/** Of several codes the first of these counts. */
const ORDER: readonly Meaning[] = ['ours', 'expired', 'missing'];

/**
 * What siteverify's codes come to.
 * @param codes at least one
 * @returns `refused` also for a code that nobody has heard of: only hCaptcha's yes is a yes
 */
export function meaningOf(codes: readonly string[]): Meaning {
  const meanings = codes.map((code) => (Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : 'refused'));
  return ORDER.find((one) => meanings.includes(one)) ?? 'refused';
}
