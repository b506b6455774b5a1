import 'server-only';
import { portalConfig } from '@/lib/brand/config';
import type { ClientSettings } from '@/lib/brand/settings';
import type { CaptchaKind } from '@/lib/captcha-kinds';
import { env } from '@/lib/env';
import { throttleKey } from '@/lib/guards/client-address';
import { countOf, countUp } from '@/lib/guards/throttle';
import { log } from '@/lib/telemetry/log';
import { metrics } from '@/lib/telemetry/metrics';
import { hcaptcha } from './hcaptcha';
import { none } from './none';
import { proofOfWork } from './proof-of-work';
import type { CaptchaProvider } from './provider';

/** Real tokens have a few kilobytes; some of hCaptcha's have more than six. */
const LONGEST_TOKEN = 16_384;

const PROVIDERS: Readonly<Record<CaptchaKind, CaptchaProvider>> = { hcaptcha, 'proof-of-work': proofOfWork, none };

/** Which CAPTCHA the form of a client has, and from which attempt of an address on; 1 is always. */
export interface CaptchaPlan {
  readonly kind: CaptchaKind;
  readonly fromAttempt: number;
}

export type CaptchaAnswer =
  | { readonly passed: true }
  /**
   * `needed`: the page had none to send; `missing`: nothing ticked or solved; `expired`: too late or used before; `refused`:
   * not accepted; `unavailable`: nobody to ask.
   */
  | { readonly passed: false; readonly why: 'needed' | 'missing' | 'expired' | 'refused' | 'unavailable' };

/** The CAPTCHA that the visitors of a client meet. */
export function captchaPlan({ captcha, captchaFromAttempt }: Pick<ClientSettings, 'captcha' | 'captchaFromAttempt'>) {
  const { CAPTCHA, CAPTCHA_FROM_ATTEMPT } = env();
  return { kind: captcha ?? CAPTCHA, fromAttempt: captchaFromAttempt ?? CAPTCHA_FROM_ATTEMPT } satisfies CaptchaPlan;
}

/** Whether any visitor of this portal may meet a CAPTCHA. */
export function isInUse(kind: CaptchaKind): boolean {
  const { captcha, clients } = portalConfig();
  return [captcha ?? env().CAPTCHA, ...Object.values(clients).map((client) => client.captcha)].includes(kind);
}

/** The name of the form's field with the token. */
export function captchaField(kind: CaptchaKind): string {
  return PROVIDERS[kind].field;
}

/** The origins that a page with this CAPTCHA must be let reach. */
export function captchaSources(kind: CaptchaKind): readonly string[] {
  return PROVIDERS[kind].sources();
}

/**
 * Whether the next submit from an address needs the CAPTCHA. Nothing is counted by asking.
 * @param remoteAddress see `clientAddress`
 */
export async function isCaptchaDue({ kind, fromAttempt }: CaptchaPlan, remoteAddress: string): Promise<boolean> {
  if (kind === 'none' || fromAttempt === 1) return kind !== 'none';
  return (await countOf('captcha-attempts', throttleKey(remoteAddress))) + 1 >= fromAttempt;
}

/**
 * Judges one submit: counts it, and has its token verified where one is due. A token is spent by this, whatever comes of it.
 * @param posted what the form posted under `captchaField`; null when the page had no such field
 * @param remoteAddress the visitor's address; anything that is no address is not sent along
 * @returns passed only on the word of whoever judges. When they can't be asked the door stays shut, or opens where
 *   CAPTCHA_WHEN_DOWN says so; on a fault of our own configuration it always stays shut
 */
export async function judgeCaptcha(plan: CaptchaPlan, posted: unknown, remoteAddress: string): Promise<CaptchaAnswer> {
  if (plan.kind === 'none') return PASSED;
  const { answer, outcome } = await judged(plan, posted, remoteAddress);
  metrics().captcha.inc({ kind: plan.kind, outcome });
  return answer;
}

const PASSED: CaptchaAnswer = { passed: true };

interface Judged {
  readonly answer: CaptchaAnswer;
  /** For the metrics: why not, or by what right. */
  readonly outcome: Exclude<CaptchaAnswer, { passed: true }>['why'] | 'passed' | 'not-due' | 'let-through';
}

const refused = (why: Exclude<CaptchaAnswer, { passed: true }>['why']): Judged => ({
  answer: { passed: false, why },
  outcome: why,
});

async function judged({ kind, fromAttempt }: CaptchaPlan, posted: unknown, remoteAddress: string): Promise<Judged> {
  const isStepped = fromAttempt > 1;
  if (isStepped && (await countUp('captcha-attempts', throttleKey(remoteAddress))) < fromAttempt)
    return { answer: PASSED, outcome: 'not-due' };

  const { asksOthers, verify } = PROVIDERS[kind];
  const mayPass = asksOthers && env().CAPTCHA_WHEN_DOWN === 'open';
  const token = typeof posted === 'string' ? posted : '';
  const missing = refused(typeof posted === 'string' ? 'missing' : 'needed');
  // Where the service is down, its widget is likely down with it, and there is no token to be had.
  if (token === '' && !mayPass) return missing;
  if (token.length > LONGEST_TOKEN) return refused('refused');

  const judgement = await verify(token, remoteAddress);
  if (judgement.passed) return { answer: PASSED, outcome: 'passed' };
  switch (judgement.why) {
    case 'missing':
      return missing;
    case 'down': {
      if (!mayPass) return refused('unavailable');
      // How many of this hour: whoever watches the log sees how wide the door stands.
      log('warn', 'captcha.let-through', { kind, count: await countUp('captcha-let-through', kind) });
      return { answer: PASSED, outcome: 'let-through' };
    }
    case 'ours':
      return refused('unavailable');
    default:
      return refused(judgement.why);
  }
}
