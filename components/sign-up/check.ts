import type { FieldErrors } from 'react-hook-form';
import type { FormTexts, ViolationText } from '@/lib/i18n/form-view';
import { withSentence, withTypedValues } from '@/lib/profile/messages';
import { holdsPolicy } from '@/lib/profile/password';
import { matchPattern } from '@/lib/profile/pattern';
import { type FormModel, PASSWORD_FIELD, type Violation } from '@/lib/profile/types';
import { validate } from '@/lib/profile/validate';
import { asPosted, readValues } from '@/lib/profile/values';
import { errorKey, type FormErrors } from './errors';
import { postedData } from './numbers';

export { addressHint } from './address-hint';
export { formatControl, postedData } from './numbers';

/** The words for a violation, out of those that came with the page; the server prepares every one. */
function sentenceFor(prepared: readonly ViolationText[], violation: Violation): string {
  const same = prepared.filter(({ code }) => code === violation.code);
  const exact = same.find(({ params }) => String(params) === String(violation.params)) ?? same[0];
  return withTypedValues(exact?.text ?? violation.code, violation.params);
}

/**
 * Checks the form with the functions that the server uses, with the form model as data. It reads the page itself: what a
 * password manager filled in, or someone typed before the script came, counts.
 * @returns all that is wrong with each field, a line for each fault, as react-hook-form has it
 */
export function checkForm(
  model: FormModel,
  texts: FormTexts,
  locale: string,
  form: HTMLFormElement,
): FieldErrors<FormErrors> {
  const errors: FieldErrors<FormErrors> = {};
  const values = asPosted(model, readValues(model, postedData(model, form)));
  for (const violation of validate(model, values, { locale, matches: matchPattern })) {
    const prepared = texts.fields[violation.field]?.errors ?? [];
    const sentence = sentenceFor(prepared, violation);
    const earlier = errors[errorKey(violation.field)];
    errors[errorKey(violation.field)] = {
      type: earlier?.type ?? violation.code,
      message: withSentence(earlier?.message, sentence),
    };
  }
  return errors;
}

/** The ids of the password policies that what is typed fulfils; none while nothing is typed. */
export function heldPolicies(model: FormModel, form: HTMLFormElement): ReadonlySet<string> {
  const data = postedData(model, form);
  const text = (name: string) => String(data.get(name) ?? '');
  const password = text(PASSWORD_FIELD);
  if (model.password === undefined || password === '') return new Set();
  const owner = { username: text(model.emailAsUsername ? 'email' : 'username'), email: text('email') };
  const held = model.password.policies.filter((one) => holdsPolicy(one, password, owner, matchPattern) === true);
  return new Set(held.map(({ id }) => id));
}
