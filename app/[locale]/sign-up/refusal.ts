import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { FormWait, SignUpState } from '@/components/sign-up/state';
import { REQUEST_ID, refuseForNow } from '@/lib/requests';
import type { SignUpRequest } from '@/lib/sign-up/form';
import { FORM_TOKEN_FIELD, type FormPlace, issueFormToken } from '@/lib/sign-up/form-token';
import type { SignUpResult } from '@/lib/sign-up/sign-up';

/** A longer wait than this is the visitor's to end, in seconds. */
const LONGEST_BY_ITSELF = 90;

/** What waits because of everybody does not come back all at once: it waits up to so much longer, and a few seconds at least. */
const JITTER = 0.25;
const LEAST_JITTER_S = 3;

/** A wait in seconds, made longer by chance. */
export function jittered(seconds: number): number {
  return seconds + Math.floor(Math.random() * (Math.max(LEAST_JITTER_S, seconds * JITTER) + 1));
}

/**
 * Has HTTP say what the page says.
 * @param retryAfter seconds
 */
export async function refuseWith(status: 429 | 503, retryAfter: number): Promise<void> {
  refuseForNow((await headers()).get(REQUEST_ID), status, retryAfter);
}

/** Where a form stands, and who sent its visitor. */
export interface Served {
  readonly place: FormPlace;
  readonly request: SignUpRequest;
  readonly locale: string;
}

/**
 * The words of a form's wait.
 * @param seconds until it can be sent again
 * @param again whether the page does so by itself
 */
export async function formWait(seconds: number, again: boolean, locale: string): Promise<FormWait> {
  const t = await getTranslations({ locale, namespace: 'problems' });
  const time = { time: '{time}' };
  return {
    seconds,
    again,
    text: again ? t('waitByItself', time) : t('waitText', time),
    over: t('waitOver'),
  };
}

/**
 * What the page says of a form that can't be taken just now, and what HTTP says of it.
 * @param result of the use case
 * @param served the form
 */
export async function refusal(
  result: Extract<SignUpResult, { status: 'throttled' | 'again' }>,
  { place, request, locale }: Served,
): Promise<Pick<SignUpState, 'problem' | 'wait' | 'hidden'>> {
  const t = await getTranslations({ locale, namespace: 'problems' });
  const { retryAfter } = result;
  const minutes = Math.ceil(retryAfter / 60);
  if (result.status === 'again' && result.why !== 'worn') {
    const isStale = result.why === 'stale';
    return {
      problem: t(isStale ? 'stale' : 'tooSoon'),
      wait: await formWait(retryAfter, true, locale),
      ...(isStale && { hidden: { [FORM_TOKEN_FIELD]: await issueFormToken(place, request) } }),
    };
  }
  if (result.status === 'throttled' && result.by === 'everyone') {
    await refuseWith(503, retryAfter);
    const seconds = jittered(retryAfter);
    return { problem: t('throttledEveryone'), wait: await formWait(seconds, retryAfter <= LONGEST_BY_ITSELF, locale) };
  }
  await refuseWith(429, retryAfter);
  const isTarget = result.status === 'throttled' && result.by === 'target';
  return {
    problem: t(isTarget ? 'throttledTarget' : 'throttled', { minutes }),
    wait: await formWait(retryAfter, false, locale),
  };
}
