import 'server-only';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { env } from '@/lib/env';
import { throttle } from '@/lib/guards/throttle';
import { tooSoon } from '@/lib/guards/trap';
import { audit } from '@/lib/telemetry/audit';
import type { SignUpRequest } from './form';
import { ownField } from './request';
import { seal, unseal } from './seal';
import { isFirst } from './told';

/** How long a page can be filled in, in seconds: as long as its other sealed fields hold. */
const LIFETIME = 43_200;

const PURPOSE = 'form-token';

/** The hidden field with the token. */
export const FORM_TOKEN_FIELD = ownField('form');

/** Where a form stands: on a page of its own, or in a frame. */
export type FormPlace = 'page' | 'frame';

const formToken = z.object({
  servedAt: z.number(),
  place: z.enum(['page', 'frame']),
  clientId: z.string(),
  id: z.string(),
});

/**
 * Makes what a form is posted with to show that it was served, when, where and for which client. It holds nothing of the
 * visitor, and can't be made or changed by anyone else.
 * @param place where the form stands
 * @param request who sent the visitor
 */
export function issueFormToken(place: FormPlace, { clientId = '' }: SignUpRequest): Promise<string> {
  const token = { servedAt: Date.now(), place, clientId, id: randomBytes(16).toString('base64url') };
  return seal(PURPOSE, token, LIFETIME);
}

/** `id` names the page as it was served. `why`: sent too soon; none, a forged or an old one, or another page's; sent too often. `retryAfter` in seconds. */
export type FormTokenAnswer =
  | { readonly passed: true; readonly id: string }
  | { readonly passed: false; readonly why: 'too-soon' | 'stale' | 'worn'; readonly retryAfter: number };

/**
 * Judges what a form was posted with. A person can be hit by each refusal (who is quick, whose page stood open overnight), so
 * each leads to another try.
 * @param posted anyone's word
 * @param place where the form stood, by the action that it was posted to
 * @param request who sent the visitor, as posted
 */
export async function judgeFormToken(
  posted: unknown,
  place: FormPlace,
  { clientId = '' }: SignUpRequest,
): Promise<FormTokenAnswer> {
  const { LEAST_FILL_SECONDS } = env();
  const opened = formToken.safeParse(await unseal(PURPOSE, typeof posted === 'string' ? posted : undefined));
  const token = opened.success ? opened.data : undefined;
  if (token === undefined || token.place !== place || token.clientId !== clientId)
    return { passed: false, why: 'stale', retryAfter: Math.max(1, LEAST_FILL_SECONDS) };
  if (await isFirst('started', token.id)) audit('sign-up.started', {}, clientId || undefined);
  const wait = tooSoon(token.servedAt, Date.now(), LEAST_FILL_SECONDS);
  if (wait > 0) return { passed: false, why: 'too-soon', retryAfter: wait };
  const passage = await throttle('form-token', token.id);
  return passage.passed
    ? { passed: true, id: token.id }
    : { passed: false, why: 'worn', retryAfter: passage.retryAfter };
}
