import type { FormValues } from '@/lib/profile/types';

/** When the form can be sent again. */
export interface FormWait {
  readonly seconds: number;
  /** Whether the page sends it by itself then. */
  readonly again: boolean;
  /** With `{time}` for the time that is left. */
  readonly text: string;
  /** What is said once the time is over. */
  readonly over: string;
}

/** What the server said of the last submit. */
export interface SignUpState {
  /** Counts the answers, so that two equal ones in a row are still two. */
  readonly attempt: number;
  /** What was typed, for a page without JavaScript; never a password. */
  readonly values: FormValues;
  /** A sentence for each field that is wrong, by its name. */
  readonly errors: Readonly<Record<string, string>>;
  /** A sentence about the CAPTCHA. */
  readonly captcha?: string;
  /** The CAPTCHA that the page has from now on, where it had none or another. */
  readonly captchaView?: CaptchaView | undefined;
  /** A sentence about something that the visitor can't mend in a field. */
  readonly problem?: string;
  readonly wait?: FormWait;
  /** Where a script goes from here: the sign-up is made. Without one the answer itself leads there. */
  readonly next?: string;
  /** Hidden fields that take the place of those that the page came with. */
  readonly hidden?: Readonly<Record<string, string>>;
}

export const INITIAL_STATE: SignUpState = { attempt: 0, values: {}, errors: {} };

/** How a form begins that is only looked at; it keeps no draft. */
export interface StillForm {
  readonly state: SignUpState;
  readonly phase: 'idle' | 'sending' | 'slow';
}

export type SignUpAction = (state: SignUpState, form: FormData) => Promise<SignUpState>;

/** The words of the form that are the same in every realm. */
export interface FormLabels {
  readonly optional: string;
  readonly choose: string;
  readonly submit: string;
  readonly submitting: string;
  readonly slow: string;
  readonly unexpected: string;
  readonly leaveEmpty: string;
  readonly languageKeeps: string;
  readonly summaryTitle: string;
  readonly summaryLead: string;
  readonly addValue: string;
  readonly removeValue: string;
  readonly valueNumber: string;
  readonly showPassword: string;
  readonly passwordRetype: string;
  readonly passwordRules: string;
  /** With `{address}` where the address stands. */
  readonly addressMeant: string;
  readonly addressTake: string;
  readonly policyMet: string;
  readonly policyUnmet: string;
}

/** `ready`: the CAPTCHA's own widget is there; `done`: there is a token without one. */
export type CaptchaPhase = 'waiting' | 'loading' | 'working' | 'ready' | 'done' | 'failed';

/** How far a CAPTCHA is. */
export interface CaptchaLook {
  readonly phase: CaptchaPhase;
  /** From 0 to 1, while it works. */
  readonly progress?: number;
}

export interface CaptchaLabels {
  readonly label: string;
  readonly phases: Readonly<Record<CaptchaPhase, string>>;
  readonly missing: string;
  readonly expired: string;
  readonly retry: string;
  readonly needsJavaScript: string;
}

export interface CaptchaView {
  readonly provider: 'hcaptcha' | 'proof-of-work';
  /** The name under which the token is posted. */
  readonly field: string;
  /** Where the widget's script comes from, or the work. */
  readonly source: string;
  /** hCaptcha's name for this form; empty where it is another CAPTCHA. */
  readonly siteKey: string;
  readonly size: 'normal' | 'invisible';
  /** Whether the form may be sent where the CAPTCHA did not load: the server then finds out who is down. */
  readonly sendsWithout: boolean;
  readonly locale: string;
  /** How it begins where the page is only looked at: nothing is loaded then. */
  readonly still?: CaptchaLook;
  readonly labels: CaptchaLabels;
}

/** What a record holds for a name of the realm's; an attribute may well be called `constructor`. */
export function lookUp<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** The id of a field's first control, and the stem of the ids around it. */
export const fieldId = (name: string): string => `field-${name}`;
export const errorId = (name: string): string => `${fieldId(name)}-error`;
export const CAPTCHA_ID = 'captcha';
