/**
 * Every page that visitors meet, and every state of it: the one list for the preview, its pictures and its checks. `source`
 * is the page's file in `app/[locale]`. The ids are also the keys of their titles (`preview.pages`, `preview.states`).
 */
export const PREVIEW_PAGES = [
  {
    id: 'sign-up',
    source: 'sign-up/page.tsx',
    states: [
      'sign-up',
      'sign-up-password',
      'sign-up-passkey',
      'sign-up-providers',
      'sign-up-terms',
      'sign-up-errors',
      'sign-up-username-taken',
      'sign-up-guessed-first',
      'sign-up-sending',
      'sign-up-slow',
      'sign-up-throttled',
      'sign-up-busy',
      'sign-up-again',
      'sign-up-keycloak-away',
      'sign-up-unexpected',
      'sign-up-renewed',
      'sign-up-captcha',
      'sign-up-captcha-loading',
      'sign-up-captcha-missing',
      'sign-up-captcha-refused',
      'sign-up-captcha-expired',
      'sign-up-captcha-away',
      'sign-up-captcha-not-loaded',
      'sign-up-captcha-needed',
      'sign-up-check',
      'sign-up-check-working',
      'sign-up-check-done',
      'sign-up-check-failed',
      'sign-up-check-refused',
      'sign-up-check-needed',
      'sign-up-unavailable',
    ],
  },
  {
    id: 'embed',
    source: 'embed/sign-up/page.tsx',
    states: [
      'embed',
      'embed-errors',
      'embed-waiting',
      'embed-mail-failed',
      'embed-confirmed',
      'embed-verified',
      'embed-gone',
      'embed-tired',
      'embed-unavailable',
    ],
  },
  {
    id: 'check-email',
    source: 'sign-up/check-email/page.tsx',
    states: [
      'check-email',
      'check-email-failed',
      'check-email-resent',
      'check-email-changed',
      'check-email-kept',
      'check-email-meant',
      'check-email-passkey',
      'check-email-totp',
      'check-email-web-mail',
      'check-email-confirmed',
      'check-email-offline',
      'check-email-elsewhere',
      'check-email-moving',
      'check-email-verified',
      'check-email-gone',
      'check-email-stopped',
      'check-email-tired',
    ],
  },
  {
    id: 'verified',
    source: 'sign-up/verified/page.tsx',
    states: ['verified', 'verified-pending', 'verified-confirmed', 'verified-elsewhere', 'verified-gone'],
  },
  { id: 'terms', source: 'terms/page.tsx', states: ['terms', 'terms-link', 'terms-changed', 'terms-failed'] },
  {
    id: 'welcome',
    source: 'welcome/page.tsx',
    states: ['welcome', 'welcome-nowhere', 'welcome-unchecked', 'welcome-anonymous'],
  },
  { id: 'sign-in', source: 'sign-in/page.tsx', states: ['sign-in'] },
  {
    id: 'sign-in-problem',
    source: 'sign-in-problem/page.tsx',
    states: [
      'sign-in-problem-unverified',
      'sign-in-problem-stale',
      'sign-in-problem-unavailable',
      'sign-in-problem-provider',
    ],
  },
  { id: 'signed-out', source: 'signed-out/page.tsx', states: ['signed-out', 'signed-out-partly'] },
  { id: 'cancelled', source: 'sign-up/cancelled/page.tsx', states: ['cancelled'] },
  { id: 'not-found', source: 'not-found.tsx', states: ['not-found'] },
  { id: 'error', source: 'error.tsx', states: ['error'] },
] as const;

export type PreviewState = (typeof PREVIEW_PAGES)[number]['states'][number];

/** All states in the order of the list. */
export const PREVIEW_STATES: readonly PreviewState[] = PREVIEW_PAGES.flatMap(({ states }) => states);

/** @returns whether a text is a state's id */
export function isPreviewState(id: unknown): id is PreviewState {
  return PREVIEW_STATES.some((state) => state === id);
}
