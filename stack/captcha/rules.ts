import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';

/** The emulator's own account. */
export const SITE_KEY = '7d5a3c52-61e4-4c0b-9a2f-0f6b1d1f5e10';
export const SECRET = 'ES_vestibule_local_stack_only';

/** hCaptcha's published test account: any site, no protection (docs.hcaptcha.com, "Integration Testing"). */
export const TEST_SITE_KEY = '10000000-ffff-ffff-ffff-000000000001';
export const TEST_SECRET = '0x0000000000000000000000000000000000000000';
export const TEST_TOKEN = '10000000-aaaa-bbbb-cccc-000000000001';

/** hCaptcha's default life of a token. */
const TOKEN_LIFE_MS = 120_000;

/** The error codes that hCaptcha documents for siteverify. */
export type ErrorCode =
  | 'missing-input-secret'
  | 'invalid-input-secret'
  | 'missing-input-response'
  | 'invalid-input-response'
  | 'expired-input-response'
  | 'already-seen-response'
  | 'bad-request'
  | 'missing-remoteip'
  | 'invalid-remoteip'
  | 'not-using-dummy-passcode'
  | 'sitekey-secret-mismatch';

/** What siteverify answers. */
export type Verdict =
  | { success: true; challenge_ts: string; hostname: string; credit: false }
  | { success: false; 'error-codes': ErrorCode[] };

/** A token in a visitor's browser. */
export interface MintedToken {
  token: string;
  /** What hcaptcha.getRespKey() gives. */
  key: string;
}

interface TokenState {
  siteKey: string;
  hostname: string;
  minted: number;
  expires: number;
  seen: boolean;
}

function refuse(code: ErrorCode): Verdict {
  return { success: false, 'error-codes': [code] };
}

/** hCaptcha's rules about tokens, without any transport. */
export class CaptchaRules {
  readonly #tokens = new Map<string, TokenState>();
  readonly #now: () => number;
  /** Some hCaptcha accounts insist on the visitor's address; off by default, as there. */
  remoteIpRequired = false;
  /** Tokens have at least so many characters; hCaptcha's own grow with what it found out of a browser. */
  tokenLength = 0;

  /** @param now clock, in milliseconds since 1970 */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * Makes the token that a solved widget hands out.
   * @param siteKey of the widget
   * @param hostname of the page it stands on
   * @returns the token with its key, or undefined for an unknown site key
   */
  mint(siteKey: string, hostname: string): MintedToken | undefined {
    if (siteKey !== SITE_KEY && siteKey !== TEST_SITE_KEY) return undefined;
    const token = siteKey === TEST_SITE_KEY ? TEST_TOKEN : `P1_${randomUUID()}`.padEnd(this.tokenLength, 'x');
    const minted = this.#now();
    this.#tokens.set(token, { siteKey, hostname, minted, expires: minted + TOKEN_LIFE_MS, seen: false });
    return { token, key: `E1_${randomUUID()}` };
  }

  /**
   * Ends a token's life now.
   * @param token a minted token
   * @returns whether there was such a token
   */
  expire(token: string): boolean {
    const state = this.#tokens.get(token);
    if (state) state.expires = this.#now();
    return state !== undefined;
  }

  /**
   * siteverify.
   * @param form the form fields of the request
   * @returns hCaptcha's answer; a good answer spends the token
   */
  verify(form: URLSearchParams): Verdict {
    const secret = form.get('secret');
    const response = form.get('response');
    const remoteIp = form.get('remoteip');
    const siteKey = form.get('sitekey');
    if (!secret) return refuse('missing-input-secret');
    if (secret !== SECRET && secret !== TEST_SECRET) return refuse('invalid-input-secret');
    if (!response) return refuse('missing-input-response');
    if (remoteIp === null && this.remoteIpRequired) return refuse('missing-remoteip');
    if (remoteIp !== null && isIP(remoteIp) === 0) return refuse('invalid-remoteip');
    if (response === TEST_TOKEN) return this.#verifyTest(secret, siteKey);
    const state = this.#tokens.get(response);
    if (!state) return refuse('invalid-input-response');
    if (secret !== SECRET || (siteKey !== null && siteKey !== state.siteKey)) return refuse('sitekey-secret-mismatch');
    if (state.seen) return refuse('already-seen-response');
    if (this.#now() >= state.expires) return refuse('expired-input-response');
    state.seen = true;
    return this.#accept(state.minted, state.hostname);
  }

  /** The test token is good for ever, but only with the test account's secret. */
  #verifyTest(secret: string, siteKey: string | null): Verdict {
    if (secret !== TEST_SECRET) return refuse('not-using-dummy-passcode');
    if (siteKey !== null && siteKey !== TEST_SITE_KEY) return refuse('sitekey-secret-mismatch');
    return this.#accept(this.#now(), 'dummy-key-pass');
  }

  #accept(minted: number, hostname: string): Verdict {
    return { success: true, challenge_ts: new Date(minted).toISOString(), hostname, credit: false };
  }
}
