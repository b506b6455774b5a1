import { getTranslations } from 'next-intl/server';
import type { SignUpState } from '@/components/sign-up/state';
import { CAPTCHA_PASS_FIELD } from '@/lib/sign-up/captcha-pass';
import { ownField } from '@/lib/sign-up/request';
import type { SignUpResult } from '@/lib/sign-up/sign-up';
import { formWait, jittered, refuseWith, type Served } from './refusal';

/** The hidden field that says how often in a row a form was sent for nothing. */
const TRIES_FIELD = ownField('tries');

/** The longest wait, in seconds, and after how many tries the page leaves the next one to the visitor. */
const LONGEST_S = 60;
const MOST_TRIES = 10;

/**
 * How often in a row a form was sent for nothing.
 * @param posted anyone's word; whoever changes it changes only their own wait
 */
export function triesOf(posted: FormData): number {
  const tries = Number(posted.get(TRIES_FIELD));
  return Number.isInteger(tries) ? Math.min(Math.max(tries, 0), MOST_TRIES) : 0;
}

/**
 * What the page says where the portal can't make an account just now, and what HTTP says of it: 503 (RFC 9110, 15.6.4). The
 * form is sent again by itself: at its own place in the queue where too many come, and while Keycloak is away after waits that
 * double each time, all of them with jitter, so that nothing piles up.
 * @param result of the use case
 * @param served the form, and how often it was sent for nothing
 */
export async function notNow(
  result: Extract<SignUpResult, { status: 'crowded' | 'unavailable' }>,
  { locale, tries }: Served & { readonly tries: number },
): Promise<Pick<SignUpState, 'problem' | 'wait' | 'hidden'>> {
  const t = await getTranslations({ locale, namespace: 'problems' });
  const { retryAfter } = result;
  await refuseWith(503, retryAfter);
  if (result.status === 'crowded')
    return { problem: t('throttledEveryone'), wait: await formWait(jittered(retryAfter), true, locale) };
  const seconds = jittered(Math.min(LONGEST_S, retryAfter * 2 ** tries));
  const pass = result.captchaPass === undefined ? {} : { [CAPTCHA_PASS_FIELD]: result.captchaPass };
  return {
    problem: t('unavailable'),
    wait: await formWait(seconds, tries < MOST_TRIES, locale),
    hidden: { [TRIES_FIELD]: String(tries + 1), ...pass },
  };
}
