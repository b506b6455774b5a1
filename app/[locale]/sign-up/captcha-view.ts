import { getTranslations } from 'next-intl/server';
import type { CaptchaLabels, CaptchaView } from '@/components/sign-up/state';
import type { CaptchaKind } from '@/lib/captcha-kinds';
import { env } from '@/lib/env';
import { type CaptchaAnswer, captchaField } from '@/lib/guards/captcha/captcha';

type Why = Exclude<CaptchaAnswer, { passed: true }>['why'];

/** Where the proof of work gets its work. */
const WORK_URL = '/api/captcha/challenge';

/** The words around a CAPTCHA. */
export async function captchaLabels(provider: CaptchaView['provider'], locale: string): Promise<CaptchaLabels> {
  const t = await getTranslations({ locale });
  if (provider === 'proof-of-work') {
    const working = t('browserCheck.working');
    return {
      label: t('captcha.label'),
      phases: {
        waiting: t('browserCheck.waiting'),
        loading: working,
        working,
        ready: '',
        done: t('browserCheck.done'),
        failed: t('browserCheck.failed'),
      },
      missing: t('browserCheck.missing'),
      expired: t('browserCheck.expired'),
      retry: t('browserCheck.retry'),
      needsJavaScript: t('captcha.needsJavaScript'),
    };
  }
  const loading = t('captcha.loading');
  return {
    label: t('captcha.label'),
    phases: {
      waiting: t('captcha.waiting'),
      loading,
      working: loading,
      ready: '',
      done: '',
      failed: t('captcha.failedToLoad'),
    },
    missing: t('captcha.missing'),
    expired: t('captcha.expired'),
    retry: t('captcha.retry'),
    needsJavaScript: t('captcha.needsJavaScript'),
  };
}

/** What the page says of a submit that the CAPTCHA did not let through. */
export async function captchaWords(kind: CaptchaKind, why: Why, locale: string): Promise<string> {
  const t = await getTranslations({ locale });
  return kind === 'proof-of-work' && why !== 'unavailable' ? t(`browserCheck.${why}`) : t(`captcha.${why}`);
}

/**
 * A CAPTCHA as the page draws it.
 * @returns undefined for a form without one
 */
export async function captchaView(kind: CaptchaKind, locale: string): Promise<CaptchaView | undefined> {
  if (kind === 'none') return undefined;
  const { HCAPTCHA_SITE_KEY = '', HCAPTCHA_SCRIPT_URL, HCAPTCHA_SIZE, CAPTCHA_WHEN_DOWN } = env();
  const shared = { field: captchaField(kind), locale, labels: await captchaLabels(kind, locale) };
  if (kind === 'proof-of-work')
    return { ...shared, provider: kind, source: WORK_URL, siteKey: '', size: 'normal', sendsWithout: false };
  return {
    ...shared,
    provider: kind,
    source: HCAPTCHA_SCRIPT_URL,
    siteKey: HCAPTCHA_SITE_KEY,
    size: HCAPTCHA_SIZE,
    sendsWithout: CAPTCHA_WHEN_DOWN === 'open',
  };
}
