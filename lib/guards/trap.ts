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

/**
 * How long a form still has to wait that was sent sooner than a person fills one in (ASVS 2.4.2).
 * @param servedAt when its page was served, in milliseconds since 1970
 * @param now the same
 * @param least seconds
 * @returns seconds; 0 where it was filled in slowly enough, and where it was served by an instance whose clock is ahead, of which
 *   nothing can be told
 */
export function tooSoon(servedAt: number, now: number, least: number): number {
  return servedAt > now ? 0 : Math.max(0, Math.ceil(least - (now - servedAt) / 1000));
}
