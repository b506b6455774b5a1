/** What a CAPTCHA says of a token. */
export type Judgement =
  | { readonly passed: true }
  /** Of the visitor's. `expired`: too late, or used before. */
  | { readonly passed: false; readonly why: 'missing' | 'expired' | 'refused' }
  /** Nobody could judge. `down`: whoever judges does not answer; `ours`: our own configuration is wrong. */
  | { readonly passed: false; readonly why: 'down' | 'ours' };

/** One way to tell people from robots. */
export interface CaptchaProvider {
  /** The name of the form's field with the token. */
  readonly field: string;
  /** Whether others judge for us, who may be down; a submit without a token then still shows whether they are. */
  readonly asksOthers: boolean;
  /** The origins that the page must be let reach (`style-src`, `connect-src` and `frame-src` of its policy). */
  sources(): readonly string[];
  /**
   * Judges a token, which is spent by this.
   * @param token as it was posted; empty only where `asksOthers`
   * @param remoteAddress the visitor's; it may be no address at all
   */
  verify(token: string, remoteAddress: string): Promise<Judgement>;
}
