import type { CaptchaProvider } from './provider';

/** No CAPTCHA: everybody passes. */
export const none: CaptchaProvider = {
  field: '$captcha',
  asksOthers: false,
  sources: () => [],
  verify: async () => ({ passed: true }),
};
