/** A name that a form-filling robot likes; a dollar sign can't occur in an attribute's. */
export const HONEYPOT_FIELD = '$website_url';

/**
 * Whether a robot filled the field that no person sees. It stands off screen, out of the tab order and without autofill
 * (OWASP Bot Management), so a person's browser always posts it empty.
 * @param posted what the form posted under `HONEYPOT_FIELD`
 */
export function isTrapped(posted: unknown): boolean {
  return typeof posted === 'string' && posted !== '';
}
