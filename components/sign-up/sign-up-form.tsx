'use client';

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import {
  type ChangeEvent,
  type FocusEvent,
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useForm } from 'react-hook-form';
import { useReturn } from '@/components/ui/use-return';
import type { FormTexts } from '@/lib/i18n/form-view';
import { INTENT_FIELD, SWITCH_LANGUAGE } from '@/lib/i18n/language-intent';
import { type FormModel, type FormValues, PASSWORD_FIELD, PASSWORD_FIELDS } from '@/lib/profile/types';
import { Captcha, type CaptchaHandle } from './captcha/captcha';
import { Consent, type ConsentView } from './consent';
import { dropDraft, keepDraft, readDraft } from './draft';
import { ErrorSummary, type SummaryEntry } from './error-summary';
import { errorKey, type FormErrors } from './errors';
import { FormBody } from './form-body';
import { PasswordFields } from './password-fields';
import {
  CAPTCHA_ID,
  type CaptchaView,
  type FormLabels,
  INITIAL_STATE,
  lookUp,
  type SignUpAction,
  type SignUpState,
  type StillForm,
} from './state';

/** After this long a submit is slow, and the page says so (milliseconds). */
const SLOW_AFTER = 5_000;

/**
 * The rules come only once the visitor starts on the form; the page is there without them. Rules that don't load leave
 * the judgement to the server, which judges anyway.
 */
const rules = () => import('./check').catch(() => undefined);

/** Puts what stands in a control into its template, where the realm gives it one (annotation `kcNumberFormat`). */
const format = async (control: EventTarget, event?: Event) => (await rules())?.formatControl(control, event);

/** Formats what fields hold as they come: defaults, what was typed before the script came, and what came back. */
function formatHeld(fields: HTMLElement | null): void {
  for (const control of fields?.querySelectorAll<HTMLInputElement>('[data-kcnumberformat]') ?? []) {
    // The rules aren't loaded for empty fields.
    if (control.value) void format(control);
  }
}

interface SignUpFormProps {
  readonly id: string;
  readonly model: FormModel;
  readonly texts: FormTexts;
  readonly labels: FormLabels;
  readonly locale: string;
  readonly action: SignUpAction;
  /** What the action must know about the page, as hidden fields. */
  readonly hidden: Readonly<Record<string, string>>;
  /** What is known of the visitor beforehand; anyone's word, and theirs to change. */
  readonly initial: FormValues;
  /** This page's own address, said to be renewed. */
  readonly renewed: string;
  readonly honeypot: string;
  readonly captcha: CaptchaView | undefined;
  readonly consent: ConsentView;
  readonly still?: StillForm | undefined;
  /** The same page in other languages. */
  readonly languages: readonly { readonly locale: string; readonly name: string; readonly address: string }[];
}

/** The names of all controls in the order of the page. */
function namesOf(model: FormModel): readonly string[] {
  const names = model.groups.flatMap((group) =>
    group.fields.flatMap(({ name }) => (name === model.password?.after ? [name, ...PASSWORD_FIELDS] : [name])),
  );
  return model.password === undefined || names.includes(PASSWORD_FIELD) ? names : [...names, ...PASSWORD_FIELDS];
}

/** The sign-up form. It works without JavaScript; with it, it checks early, and nothing typed is lost on any failure. */
export function SignUpForm(props: SignUpFormProps) {
  const { id, model, texts, labels, locale, action, still } = props;
  const { terms } = props.consent;
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const widget = useRef<CaptchaHandle>(null);
  /** Set at once, where a state would still let a second click through. */
  const isBusy = useRef(false);
  /** True once the sign-up is made: nothing is to be kept from then on. */
  const isSent = useRef(false);
  /** Where the page is on its way to, once the sign-up is made. */
  const onwards = useRef<string>(undefined);
  // Without JavaScript the answer comes as a new page, through this; with it, through `answer`.
  const [pageState, formAction] = useActionState(action, still?.state ?? INITIAL_STATE);
  const [answer, setAnswer] = useState<SignUpState>();
  const state = answer ?? pageState;
  const captcha = state.captchaView ?? props.captcha;
  const [phase, setPhase] = useState(still?.phase ?? 'idle');
  /** Fields that were changed since the server found them wrong. */
  const [mended, setMended] = useState<ReadonlySet<string>>(new Set());
  /** What the page itself found wrong at the last submit; undefined when it was sent. */
  const [found, setFound] = useState<readonly SummaryEntry[]>();
  const [draft, setDraft] = useState<FormValues>();
  const [announced, setAnnounced] = useState('');
  /** About a slip in the address, beside it. */
  const [hint, setHint] = useState<ReactNode>();
  const [met, setMet] = useState<ReadonlySet<string>>();
  const names = namesOf(model);
  /** With the one checkbox that must be ticked. */
  const answerable = terms === undefined ? names : [...names, terms.field];

  const { formState, trigger, getFieldState } = useForm<FormErrors>({
    resolver: async () => {
      const loaded = await rules();
      const errors = form.current === null ? {} : loaded?.checkForm(model, texts, locale, form.current);
      return { values: {}, errors: errors ?? {} };
    },
  });
  const { errors } = formState;

  const errorOf = (name: string): string | undefined => {
    const own = errors[errorKey(name)]?.message;
    if (typeof own === 'string') return own;
    if (mended.has(name)) return undefined;
    const noticed = found?.find((entry) => entry.name === name)?.text;
    return noticed ?? (name === CAPTCHA_ID ? state.captcha : lookUp(state.errors, name));
  };

  const judgePassword = async () => {
    const loaded = await rules();
    if (form.current !== null) setMet(loaded?.heldPolicies(model, form.current));
  };

  const start = () => {
    widget.current?.start();
    void rules();
  };

  // What was typed is there again whenever the page is: after a reload, in another language, after a fault. It is written
  // down as the page is left, since a tab in the background may be dropped without another word.
  useEffect(() => {
    if (still) return;
    const left = form.current;
    setDraft(readDraft());
    const keep = () => {
      if (isSent.current) dropDraft();
      else if (left !== null) keepDraft(left, namesOf(model));
    };
    addEventListener('pagehide', keep);
    document.addEventListener('visibilitychange', keep);
    return () => {
      keep();
      removeEventListener('pagehide', keep);
      document.removeEventListener('visibilitychange', keep);
    };
  }, [model, still]);

  // A page from the back-forward cache is not on its way to the next one any longer.
  useReturn(
    useCallback(() => {
      isBusy.current = false;
      isSent.current = false;
      onwards.current = undefined;
      setPhase('idle');
    }, []),
  );

  // What the page itself found wrong.
  useEffect(() => {
    if (found !== undefined) summary.current?.focus();
  }, [found]);

  // Every answer of the server: the focus goes to what is wrong, and the CAPTCHA's token is spent, unless the form is only
  // to be sent once more.
  useEffect(() => {
    if (state.attempt === 0) return;
    if (!state.wait?.again) widget.current?.reset();
    summary.current?.focus();
  }, [state.attempt, state.wait]);

  const onChange = ({ target, nativeEvent }: ChangeEvent<HTMLFormElement>) => {
    const name: string = target.name;
    start();
    void format(target, nativeEvent);
    if (!mended.has(name)) setMended(new Set([...mended, name]));
    const affected = name === PASSWORD_FIELD ? PASSWORD_FIELDS : [name];
    for (const one of affected) if (errors[errorKey(one)] !== undefined) void trigger(errorKey(one));
    if (model.password !== undefined && [PASSWORD_FIELD, 'username', 'email'].includes(name)) void judgePassword();
  };

  const onBlur = ({ target }: FocusEvent<HTMLFormElement>) => {
    const isText = !['checkbox', 'radio'].includes(target.type);
    // An empty field is only wrong once the form is sent: whoever tabs through it is not told off.
    if (isText && target.value && names.includes(target.name)) void announce(target);
  };

  /** Says at once what is wrong with the field that was left: the focus is elsewhere by then (WCAG 4.1.3). */
  const announce = async (control: FocusEvent<HTMLFormElement>['target']) => {
    const key = errorKey(control.name);
    await trigger(key);
    const error = getFieldState(key).error?.message;
    const slip = key === 'email' ? (await rules())?.addressHint(control, labels) : undefined;
    if (key === 'email') setHint(slip?.node);
    setAnnounced(error ?? slip?.text ?? '');
  };

  /** A box is ticked beforehand; all else takes its time, or opens a challenge: only for a form that is otherwise right. */
  const captchaToken = async (isValid: boolean): Promise<string | undefined> => {
    const isTicked = captcha?.provider === 'hcaptcha' && captcha.size === 'normal';
    if (!isValid && !isTicked) return undefined;
    return widget.current?.token();
  };

  const send = async () => {
    // Whoever has stopped the browser on its way gets there by the same button.
    if (onwards.current !== undefined) return location.assign(onwards.current);
    if (form.current === null || isBusy.current) return;
    isBusy.current = true;
    const isRefused = terms !== undefined && !new FormData(form.current).has(terms.field);
    const isValid = (await trigger()) && !isRefused;
    if (isValid) setPhase('sending');
    const token = await captchaToken(isValid);
    if (!isValid || token === '') {
      const wrong = names.flatMap((name) => {
        const text = getFieldState(errorKey(name)).error?.message;
        return text === undefined ? [] : [{ name, text }];
      });
      if (isRefused) wrong.push({ name: terms.field, text: terms.missing });
      const untouched = token === '' && captcha !== undefined;
      setMended(new Set(names));
      setFound(untouched ? [...wrong, { name: CAPTCHA_ID, text: captcha.labels.missing, target: CAPTCHA_ID }] : wrong);
      setPhase('idle');
      isBusy.current = false;
      return;
    }
    const data = (await rules())?.postedData(model, form.current) ?? new FormData(form.current);
    if (captcha !== undefined) data.set(captcha.field, token ?? '');
    const slow = setTimeout(() => setPhase('slow'), SLOW_AFTER);
    const attempt = state.attempt + 1;
    const settle = (next: SignUpState) => {
      if (next.next !== undefined) {
        // The button stays busy until the next page is there.
        isSent.current = true;
        onwards.current = next.next;
        return location.assign(next.next);
      }
      setFound(undefined);
      setMended(new Set());
      setAnswer({ ...next, captchaView: next.captchaView ?? state.captchaView, attempt });
      setPhase('idle');
      // Only an answer that stays on this page opens the door again; the way to the next page takes its time.
      isBusy.current = false;
    };
    startTransition(async () => {
      try {
        settle(await action(INITIAL_STATE, data));
      } catch (error) {
        // A newer build does not know this page's action; its own page does, and gets what was typed here.
        if (unstable_isUnrecognizedActionError(error)) return location.replace(props.renewed);
        // An action of a server that redirects (an older build's) leads on by an exception, which is not ours.
        isSent.current = true;
        unstable_rethrow(error);
        isSent.current = false;
        settle({ ...INITIAL_STATE, problem: labels.unexpected });
      } finally {
        clearTimeout(slow);
      }
    });
  };

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void send();
  };

  const elsewhere = Object.keys(state.errors).filter((name) => !answerable.includes(name));
  const answered = [...answerable, ...elsewhere].flatMap((name) => {
    const text = lookUp(state.errors, name);
    // Keycloak may refuse what the form does not show, such as a username that is made of the address.
    return text === undefined ? [] : [elsewhere.includes(name) ? { name, text, target: id } : { name, text }];
  });
  const entries =
    found ??
    (state.captcha === undefined
      ? answered
      : [...answered, { name: CAPTCHA_ID, text: state.captcha, target: CAPTCHA_ID }]);

  const kept = draft ?? (pageState.attempt > 0 ? pageState.values : undefined);
  const password =
    model.password === undefined ? null : (
      <PasswordFields
        texts={texts.fields}
        labels={labels}
        policies={texts.policies}
        retype={kept !== undefined}
        met={met}
        errorOf={errorOf}
      />
    );
  return (
    <form
      id={id}
      ref={form}
      action={formAction}
      noValidate
      onSubmit={onSubmit}
      onChange={onChange}
      onCompositionEnd={({ target }) => void format(target)}
      onBlur={onBlur}
      onFocus={start}
    >
      <ErrorSummary
        ref={summary}
        labels={labels}
        entries={entries}
        problem={found === undefined ? state.problem : undefined}
        wait={found === undefined ? state.wait : undefined}
      />
      {Object.entries({ ...props.hidden, ...state.hidden }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="offscreen" aria-hidden="true">
        <label>
          {labels.leaveEmpty}
          <input type="text" name={props.honeypot} tabIndex={-1} autoComplete="off" defaultValue="" />
        </label>
      </div>
      {/* A draft is put in by drawing the fields anew with it. */}
      <div key={draft === undefined ? 'empty' : 'draft'} ref={formatHeld} className="grid gap-8">
        <FormBody
          model={model}
          texts={texts}
          labels={labels}
          valuesOf={(name) => (kept === undefined ? lookUp(props.initial, name) : (lookUp(kept, name) ?? []))}
          errorOf={errorOf}
          hint={hint}
          password={password}
        />
        {terms === undefined && props.consent.marketing === undefined ? null : (
          <Consent view={props.consent} optional={labels.optional} errorOf={errorOf} />
        )}
        {captcha === undefined ? null : (
          <Captcha
            key={captcha.provider}
            ref={widget}
            view={captcha}
            error={errorOf(CAPTCHA_ID)}
            onSolved={() => setMended((before) => new Set([...before, CAPTCHA_ID]))}
          />
        )}
      </div>
      <button type="submit" className="button mt-6 w-full text-lg" aria-disabled={phase !== 'idle' || undefined}>
        {phase === 'idle' ? null : <span aria-hidden="true" className="spinner" />}
        {phase === 'idle' ? labels.submit : labels.submitting}
      </button>
      <noscript>
        <p className="mt-6 text-muted">{labels.languageKeeps}</p>
        <p className="flex flex-wrap gap-3 pt-2">
          {props.languages.map((one) => (
            <button
              key={one.locale}
              type="submit"
              lang={one.locale}
              formAction={one.address}
              name={INTENT_FIELD}
              value={SWITCH_LANGUAGE}
              className="button button-quiet"
            >
              {one.name}
            </button>
          ))}
        </p>
      </noscript>
      <p role="status" className="sr-only">
        {announced}
      </p>
      <p role="status" className="min-h-6 pt-2 text-center text-sm text-muted">
        {phase === 'slow' ? labels.slow : ''}
      </p>
    </form>
  );
}
