/** The made-up visitor. The domain is reserved for examples (RFC 2606, 3). */
export const PREVIEW_PERSON = { name: 'Ada', email: 'ada.harbour@example.com' } as const;

/** An address as long as some people's is: it must not break a page. */
export const LONG_ADDRESS = 'wilhelmina.featherstonehaugh-cholmondeley@accounts-receivable.example.com';

/** One with a slip in it: its ending does not exist. */
export const PREVIEW_SLIP = 'ada.harbour@example.con';

/** The providers whose buttons are shown: with an icon of their own, and without one. */
export const PREVIEW_PROVIDERS = [
  { alias: 'google', kind: 'google', name: 'Google' },
  { alias: 'github', kind: 'github', name: 'GitHub' },
  { alias: 'work', kind: 'oidc', name: 'Example Works' },
] as const;

/** How long the button that sends the mail again has to wait, in seconds. */
export const PREVIEW_WAIT = 45;

/** After a refusal for too many attempts, in minutes. */
export const PREVIEW_MINUTES = 12;
