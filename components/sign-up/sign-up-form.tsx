'use client';

import { unstable_rethrow } from 'next/navigation';
import {
  type ChangeEvent,
  type FocusEvent,
  type FormEvent,
  startTransition,
  useActionState,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useForm } from 'react-hook-form';
import { INTENT_FIELD } from '@/components/brand/language-menu';
import type { FormTexts } from '@/lib/i18n/form-view';
import { holdsPolicy } from '@/lib/profile/password';
import { matchPattern } from '@/lib/profile/pattern';
import { type FormModel, type FormValues, PASSWORD_CONFIRM_FIELD, PASSWORD_FIELD } from '@/lib/profile/types';
import { readValues } from '@/lib/profile/values';
import { Captcha, type CaptchaHandle } from './captcha';
import { keepDraft, takeDraft } from './draft';
import { ErrorSummary, type SummaryEntry } from './error-summary';
import { FormBody } from './form-body';
import { PasswordFields } from './password-fields';
import { errorKey, type FormErrors, profileResolver, sentenceFor } from './resolver';
import {
  CAPTCHA_ID,
  type CaptchaView,
  type FormLabels,
  INITIAL_STATE,
  type SignUpAction,
  type SignUpState,
} from './state';

/** After this long a submit is slow, and the page says so (milliseconds). */
const SLOW_AFTER = 5_000;

const PASSWORDS: readonly string[] = [PASSWORD_FIELD, PASSWORD_CONFIRM_FIELD];

interface SignUpFormProps {
  readonly id: string;
  readonly model: FormModel;
  readonly texts: FormTexts;
  readonly labels: FormLabels;
  readonly locale: string;
  readonly action: SignUpAction;
  /** What the action must know about the page, as hidden fields. */
  readonly hidden: Readonly<Record<string, string>>;
  readonly honeypot: string;
  readonly captchaField: string;
  readonly captcha: CaptchaView | undefined;
}

/** The names of all controls in the order of the page. */
function namesOf(model: FormModel): readonly string[] {
  const names = model.groups.flatMap((group) =>
    group.fields.flatMap(({ name }) => (name === model.password?.after ? [name, ...PASSWORDS] : [name])),
  );
  return model.password === undefined || names.includes(PASSWORD_FIELD) ? names : [...names, ...PASSWORDS];
}

/** The sign-up form. It works without JavaScript; with it, it checks early, and nothing typed is lost on any failure. */
export function SignUpForm(props: SignUpFormProps) {
  const { id, model, texts, labels, locale, action, captcha } = props;
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const widget = useRef<CaptchaHandle>(null);
  // Without JavaScript the answer comes as a new page, through this; with it, through `answer`.
  const [pageState, formAction] = useActionState(action, INITIAL_STATE);
  const [answer, setAnswer] = useState<SignUpState>();
  const state = answer ?? pageState;
  const [phase, setPhase] = useState<'idle' | 'sending' | 'slow'>('idle');
  /** Fields that were changed since the server found them wrong. */
  const [mended, setMended] = useState<ReadonlySet<string>>(new Set());
  /** What the page itself found wrong at the last submit; undefined when it was sent. */
  const [found, setFound] = useState<readonly SummaryEntry[]>();
  const [draft, setDraft] = useState<FormValues>();
  const [met, setMet] = useState<ReadonlySet<string>>();
  const names = namesOf(model);

  const { formState, trigger, getFieldState } = useForm<FormErrors>({
    resolver: profileResolver(
      model,
      locale,
      () => form.current,
      (violation) => sentenceFor(texts.fields[violation.field]?.errors ?? [], violation),
    ),
  });
  const { errors } = formState;

  const errorOf = (name: string): string | undefined => {
    const own = errors[errorKey(name)]?.message;
    if (typeof own === 'string') return own;
    if (mended.has(name)) return undefined;
    return name === CAPTCHA_ID
      ? (found?.find((entry) => entry.name === name)?.text ?? state.captcha)
      : state.errors[name];
  };

  const read = (): FormData | undefined => (form.current === null ? undefined : new FormData(form.current));

  const judgePassword = () => {
    const data = read();
    if (model.password === undefined || data === undefined) return;
    const text = (name: string) => String(data.get(name) ?? '');
    const owner = { username: text(model.emailAsUsername ? 'email' : 'username'), email: text('email') };
    const password = text(PASSWORD_FIELD);
    const held = model.password.policies.filter((one) => holdsPolicy(one, password, owner, matchPattern) === true);
    setMet(new Set(password === '' ? [] : held.map((policy) => policy.id)));
  };

  // What was typed before the language was switched comes back.
  useEffect(() => {
    const kept = takeDraft();
    if (kept !== undefined) setDraft(kept);
  }, []);

  // Every answer of the server: the CAPTCHA's token is spent, and the focus goes to what is wrong.
  useEffect(() => {
    if (state.attempt === 0) return;
    widget.current?.reset();
    summary.current?.focus();
  }, [state.attempt]);

  const onChange = ({ target }: ChangeEvent<HTMLFormElement>) => {
    const name: string = target.name;
    widget.current?.start();
    if (!mended.has(name)) setMended(new Set([...mended, name]));
    const affected = name === PASSWORD_FIELD ? PASSWORDS : [name];
    for (const one of affected) if (errors[errorKey(one)] !== undefined) void trigger(errorKey(one));
    if ([PASSWORD_FIELD, 'username', 'email'].includes(name)) judgePassword();
  };

  const onBlur = ({ target }: FocusEvent<HTMLFormElement>) => {
    const isText = !['checkbox', 'radio'].includes(target.type);
    // An empty field is only wrong once the form is sent: whoever tabs through it is not told off.
    if (isText && target.value && names.includes(target.name)) void trigger(errorKey(target.name));
  };

  /** An invisible widget may open a challenge: only for a form that is otherwise right. */
  const captchaToken = async (isValid: boolean): Promise<string | undefined> => {
    if (captcha === undefined || (captcha.size === 'invisible' && !isValid)) return undefined;
    return (await widget.current?.token()) ?? '';
  };

  const send = async () => {
    const data = read();
    if (data === undefined || phase !== 'idle') return;
    const isValid = await trigger();
    const token = await captchaToken(isValid);
    if (!isValid || token === '') {
      const wrong = names.flatMap((name) => {
        const text = getFieldState(errorKey(name)).error?.message;
        return text === undefined ? [] : [{ name, text }];
      });
      const untouched = token === '' && captcha !== undefined;
      setMended(new Set(names));
      setFound(untouched ? [...wrong, { name: CAPTCHA_ID, text: captcha.labels.missing, target: CAPTCHA_ID }] : wrong);
      requestAnimationFrame(() => summary.current?.focus());
      return;
    }
    if (token !== undefined) data.set(props.captchaField, token);
    setPhase('sending');
    const slow = setTimeout(() => setPhase('slow'), SLOW_AFTER);
    const attempt = state.attempt + 1;
    const settle = (next: SignUpState) => {
      setFound(undefined);
      setMended(new Set());
      setAnswer({ ...next, attempt });
      setPhase('idle');
    };
    startTransition(async () => {
      try {
        settle(await action(INITIAL_STATE, data));
      } catch (error) {
        // The way on to the next page is an exception, too, and not ours.
        unstable_rethrow(error);
        settle({ ...INITIAL_STATE, problem: labels.unexpected });
      } finally {
        clearTimeout(slow);
      }
    });
  };

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    if (submitter instanceof HTMLButtonElement && submitter.name === INTENT_FIELD) {
      const typed = Object.entries(readValues(model, read() ?? []));
      keepDraft(Object.fromEntries(typed.filter(([name]) => !PASSWORDS.includes(name))));
      location.assign(submitter.formAction);
      return;
    }
    void send();
  };

  const answered = [...names, ...Object.keys(state.errors).filter((name) => !names.includes(name))].flatMap((name) => {
    const text = state.errors[name];
    // Keycloak may refuse what the form does not show, such as a username that is made of the address.
    return text === undefined ? [] : [names.includes(name) ? { name, text } : { name, text, target: id }];
  });
  const entries =
    found ??
    (state.captcha === undefined
      ? answered
      : [...answered, { name: CAPTCHA_ID, text: state.captcha, target: CAPTCHA_ID }]);

  const password =
    model.password === undefined ? null : (
      <PasswordFields texts={texts.fields} labels={labels} policies={texts.policies} met={met} errorOf={errorOf} />
    );
  return (
    <form
      id={id}
      ref={form}
      action={formAction}
      noValidate
      onSubmit={onSubmit}
      onChange={onChange}
      onBlur={onBlur}
      onFocus={() => widget.current?.start()}
    >
      <ErrorSummary
        ref={summary}
        labels={labels}
        entries={entries}
        problem={found === undefined ? state.problem : undefined}
      />
      {Object.entries(props.hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="offscreen" aria-hidden="true">
        <label>
          {labels.leaveEmpty}
          <input type="text" name={props.honeypot} tabIndex={-1} autoComplete="off" defaultValue="" />
        </label>
      </div>
      {/* A draft is put in by drawing the fields anew with it. */}
      <div key={draft === undefined ? 'empty' : 'draft'} className="grid gap-8">
        <FormBody
          model={model}
          texts={texts}
          labels={labels}
          valuesOf={(name) => draft?.[name] ?? state.values[name] ?? []}
          errorOf={errorOf}
          password={password}
        />
        {captcha === undefined ? null : (
          <Captcha
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
      <p role="status" className="min-h-6 pt-2 text-center text-sm text-muted">
        {phase === 'slow' ? labels.slow : ''}
      </p>
    </form>
  );
}
