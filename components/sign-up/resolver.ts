import type { FieldErrors, Resolver } from 'react-hook-form';
import type { ViolationText } from '@/lib/i18n/form-view';
import { withTypedValues } from '@/lib/profile/messages';
import { matchPattern } from '@/lib/profile/pattern';
import type { FormModel, Violation } from '@/lib/profile/types';
import { validate } from '@/lib/profile/validate';
import { readValues } from '@/lib/profile/values';

/** react-hook-form's own view of the form: one entry for each field. The values themselves stay in the page. */
export type FormErrors = Record<string, unknown>;

/** Attribute names may hold dots, which react-hook-form reads as paths; a tilde can't occur in one (`UPConfigUtils`). */
export const errorKey = (name: string): string => name.replaceAll('.', '~');

/**
 * The words for a violation, out of those that came with the page.
 * @param prepared of the violation's field
 * @returns the sentence with what was typed in it; the bare code is never shown, since the server prepares every one
 */
export function sentenceFor(prepared: readonly ViolationText[], violation: Violation): string {
  const same = prepared.filter(({ code }) => code === violation.code);
  const exact = same.find(({ params }) => String(params) === String(violation.params)) ?? same[0];
  return withTypedValues(exact?.text ?? violation.code, violation.params);
}

/**
 * A resolver that asks the same functions as the server does, with the form model as data. It reads the page itself and
 * not what react-hook-form was told: what a password manager filled in, or someone typed before the script came, counts.
 * @param model the form
 * @param locale the page's language
 * @param form finds the form element
 * @param sentence the words for a violation
 */
export function profileResolver(
  model: FormModel,
  locale: string,
  form: () => HTMLFormElement | null,
  sentence: (violation: Violation) => string,
): Resolver<FormErrors> {
  return () => {
    const element = form();
    const values = readValues(model, element === null ? [] : new FormData(element));
    const errors: FieldErrors<FormErrors> = {};
    for (const violation of validate(model, values, { locale, matches: matchPattern })) {
      const key = errorKey(violation.field);
      errors[key] ??= { type: violation.code, message: sentence(violation) };
    }
    return Object.keys(errors).length === 0 ? { values: {}, errors: {} } : { values: {}, errors };
  };
}
