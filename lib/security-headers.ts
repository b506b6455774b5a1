import 'server-only';
import type { ClientSettings } from '@/lib/brand/settings';
import { env } from '@/lib/env';
import { captchaPlan, captchaSources } from '@/lib/guards/captcha/captcha';

const REPORT_GROUP = 'csp';

/** The hosts of a brand's pictures. */
function pictureSources({ brand: { logo, favicon } }: ClientSettings): string {
  const elsewhere = [logo?.light, logo?.dark, favicon].filter((address) => /^https?:/.test(address ?? ''));
  return [...new Set(elsewhere.map((address) => ` ${new URL(String(address)).origin}`))].join('');
}

/**
 * The headers of every page (OWASP Secure Headers, ASVS 3.4).
 * @param nonce of this response; scripts without it do not run
 * @param settings of the client that the page is for
 * @param framedBy origins that may show the page in a frame; nobody may where there is none
 * @returns lower-case names
 */
export function securityHeaders(
  nonce: string,
  settings: ClientSettings,
  framedBy: readonly string[],
): Record<'content-security-policy', string> & Record<string, string> {
  // Also where the form has none at first: it may get one in answer to a submit.
  const captcha = captchaSources(captchaPlan(settings).kind)
    .map((source) => ` ${source}`)
    .join('');
  const development = process.env.NODE_ENV === 'development';
  const keycloak = new URL(env().KEYCLOAK_URL).origin;
  const reportUri = env().CSP_REPORT_URI;
  const policy = [
    "default-src 'self'",
    // Next's development server evaluates code and writes inline styles; a production build does neither.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}${captcha}`,
    `connect-src 'self'${captcha}`,
    `frame-src 'self'${captcha}`,
    `img-src 'self' data:${pictureSources(settings)}`,
    // A form of ours may end, through redirects, at Keycloak's sign-in page.
    `form-action 'self' ${keycloak}`,
    "object-src 'none'",
    "base-uri 'none'",
    `frame-ancestors ${framedBy.length === 0 ? "'none'" : framedBy.join(' ')}`,
    ...(reportUri === undefined ? [] : [`report-uri ${reportUri}`, `report-to ${REPORT_GROUP}`]),
  ].join('; ');
  return {
    'content-security-policy': policy,
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    // Not no-referrer: browsers then post a form with `Origin: null`, and server actions refuse it.
    'referrer-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    // The name that `report-to` uses; browsers that know it ignore `report-uri` (ASVS 3.4.7).
    ...(reportUri === undefined ? {} : { 'reporting-endpoints': `${REPORT_GROUP}="${reportUri}"` }),
  };
}
