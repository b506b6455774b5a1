'use client';

import { useState } from 'react';
import type { FieldTexts, PolicyText } from '@/lib/i18n/form-view';
import { PASSWORD_CONFIRM_FIELD, PASSWORD_FIELD, PASSWORD_FIELDS } from '@/lib/profile/types';
import { FieldError } from './field';
import { errorId, type FormLabels, fieldId } from './state';

interface PasswordFieldsProps {
  readonly texts: Readonly<Record<string, FieldTexts>>;
  readonly labels: FormLabels;
  readonly policies: readonly PolicyText[];
  /** True where the form came back and the passwords could not. */
  readonly retype: boolean;
  /** Ids of the policies that what is typed fulfils; undefined before JavaScript runs. */
  readonly met: ReadonlySet<string> | undefined;
  readonly errorOf: (name: string) => string | undefined;
}

/** Password and its repetition, with the realm's rules listed before anything is typed and ticked off while typing. */
export function PasswordFields({ texts, labels, policies, retype, met, errorOf }: PasswordFieldsProps) {
  const [shown, setShown] = useState(false);
  return (
    <>
      {PASSWORD_FIELDS.map((name) => {
        const error = errorOf(name);
        const isFirst = name === PASSWORD_FIELD;
        return (
          <div key={name} className="sm:col-span-2">
            <label htmlFor={fieldId(name)} className="mb-1.5 block font-medium">
              {texts[name]?.label}
            </label>
            {isFirst && retype ? <p className="mb-1.5 text-sm text-muted">{labels.passwordRetype}</p> : null}
            {isFirst && policies.length > 0 ? (
              <div id="password-rules" className="mb-2 text-sm text-muted">
                <p>{labels.passwordRules}</p>
                <ul className="mt-1 grid gap-x-6 gap-y-0.5 sm:grid-cols-2">
                  {policies.map(({ id, text, judged }) => {
                    const fulfilled = judged && met?.has(id) === true;
                    return (
                      <li key={id} className={`flex items-start gap-2 ${fulfilled ? 'text-good' : ''}`}>
                        <svg
                          aria-hidden="true"
                          viewBox="0 0 16 16"
                          className="mt-0.5 size-4 flex-none"
                          fill="none"
                          stroke="currentColor"
                          strokeWidth="2"
                        >
                          {fulfilled ? <path d="m3 8.5 3.2 3.2L13 5" /> : <circle cx="8" cy="8" r="2" />}
                        </svg>
                        <span>
                          {text}
                          {judged && met !== undefined ? (
                            <span className="sr-only">, {fulfilled ? labels.policyMet : labels.policyUnmet}</span>
                          ) : null}
                        </span>
                      </li>
                    );
                  })}
                </ul>
              </div>
            ) : null}
            <div className="relative" dir="ltr">
              <input
                id={fieldId(name)}
                name={name}
                type={shown ? 'text' : 'password'}
                className="control pe-13"
                autoComplete="new-password"
                autoCapitalize="none"
                spellCheck={false}
                aria-required
                aria-invalid={error === undefined ? undefined : true}
                aria-describedby={`${isFirst && policies.length > 0 ? 'password-rules ' : ''}${errorId(name)}`}
              />
              {isFirst ? (
                <button
                  type="button"
                  className="scripted absolute inset-y-0 end-0 flex w-12 cursor-pointer items-center justify-center text-muted hover:text-ink"
                  aria-label={labels.showPassword}
                  aria-pressed={shown}
                  aria-controls={`${fieldId(PASSWORD_FIELD)} ${fieldId(PASSWORD_CONFIRM_FIELD)}`}
                  onClick={() => setShown(!shown)}
                >
                  <svg
                    aria-hidden="true"
                    viewBox="0 0 20 20"
                    className="size-5"
                    fill="none"
                    stroke="currentColor"
                    strokeWidth="1.5"
                  >
                    <path d="M1.8 10S4.8 4.5 10 4.5 18.2 10 18.2 10 15.2 15.5 10 15.5 1.8 10 1.8 10Z" />
                    <circle cx="10" cy="10" r="2.5" />
                    {shown ? <path d="m3.5 16.5 13-13" /> : null}
                  </svg>
                </button>
              ) : null}
            </div>
            <FieldError name={name} error={error} />
          </div>
        );
      })}
    </>
  );
}
