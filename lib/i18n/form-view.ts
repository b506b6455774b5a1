import 'server-only';
import { getTranslations } from 'next-intl/server';
import type { RealmTexts } from '@/lib/keycloak/texts';
import { formatMessage, realmTextKey, resolveRealmText } from '@/lib/profile/message-format';
import { possibleViolations, withSentence } from '@/lib/profile/messages';
import { describePolicies } from '@/lib/profile/password';
import { matchPattern } from '@/lib/profile/pattern';
import {
  type Field,
  type FieldOption,
  type FormModel,
  PASSWORD_CONFIRM_FIELD,
  PASSWORD_FIELD,
  PASSWORD_FIELDS,
  type Violation,
} from '@/lib/profile/types';
import { type MarkupNode, safeMarkup } from './safe-markup';

/** What to say for one violation. Where a parameter is what was typed, the text holds a placeholder: `withTypedValues`. */
export interface ViolationText extends Violation {
  readonly text: string;
}

/** The words of one field, in the visitor's language. */
export interface FieldTexts {
  readonly label: string;
  readonly placeholder?: string;
  readonly before?: readonly MarkupNode[];
  readonly after?: readonly MarkupNode[];
  readonly options: readonly FieldOption[];
  /** What to say for each violation that the field's rules can give; see `ViolationText`. */
  readonly errors: readonly ViolationText[];
}

export interface PolicyText {
  readonly id: string;
  readonly text: string;
  /** False for what only Keycloak can tell: such a line is shown, but never ticked off. */
  readonly judged: boolean;
}

/** Everything of the form that is words; together with the model it is all that the page needs. */
export interface FormTexts {
  readonly groups: Readonly<Record<string, { readonly header: string; readonly description?: string }>>;
  readonly fields: Readonly<Record<string, FieldTexts>>;
  readonly policies: readonly PolicyText[];
}

/** Finds words: the operator's own first, then the portal's, then those of the realm's theme. */
interface Words {
  /** A label, header, option or helper text. */
  label(text: string, fallback: string): string;
  /** A text that the theme's page has under this key, where the operator reworded it. */
  reworded(key: string): string | undefined;
  /** The sentence for a broken rule. */
  error(violation: Violation, label: string): string;
}

/** `customer_tier` -> `Customer tier`: better than a raw key, where the realm has no text for one. */
function readable(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[._-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Keycloak numbers its parameters; the catalogues' arguments bear the same numbers. */
function numbered(params: Violation['params']): Record<string, string | number> {
  return Object.fromEntries(params.map((param, index) => [String(index), param ?? '']));
}

async function wordsFor(locale: string, texts: RealmTexts): Promise<Words> {
  const errors = await getTranslations({ locale, namespace: 'errors' });
  const fields = await getTranslations({ locale, namespace: 'fields' });
  const has = (t: { has(key: never): boolean }, key: string) => /^[\w-]+$/.test(key) && t.has(key as never);

  const label = (text: string, fallback: string): string => {
    const lookup = (key: string) =>
      texts.realm.get(key) ?? (has(fields, key) ? fields.raw(key as never) : undefined) ?? texts.theme.get(key);
    const key = realmTextKey(text);
    return key !== undefined && lookup(key) === undefined ? fallback : resolveRealmText(text, lookup);
  };

  const error = (violation: Violation, fieldLabel: string): string => {
    const code = realmTextKey(violation.code) ?? violation.code;
    const params = PASSWORD_FIELDS.includes(violation.field) ? violation.params : [fieldLabel, ...violation.params];
    const own = texts.realm.get(code);
    if (own !== undefined) return formatMessage(own, params, locale);
    if (has(errors, code)) return errors(code as never, numbered(params) as never);
    const themed = texts.theme.get(code);
    if (themed !== undefined) return formatMessage(themed, params, locale);
    // An operator may write a sentence where a key is expected, and not every language has spaces; a bare key never
    // reaches the page.
    return /^[\w.-]*$/.test(code) ? errors('fallback', { 0: fieldLabel }) : code;
  };
  const reworded = (key: string) => {
    const own = texts.realm.get(key);
    return own === undefined ? undefined : formatMessage(own, [], locale);
  };
  return { label, error, reworded };
}

function optionLabel(words: Words, option: FieldOption): FieldOption {
  // An option that is empty has to be called something, or a radio button would stand alone.
  return { value: option.value, label: words.label(option.label, readable(option.value)) || '–' };
}

function fieldTexts(words: Words, field: Field): FieldTexts {
  const label = words.label(field.label, readable(field.name));
  const options = 'options' in field.control ? field.control.options : [];
  const markup = (text: string | undefined) => (text === undefined ? undefined : safeMarkup(words.label(text, '')));
  const placeholder = field.placeholder === undefined ? undefined : words.label(field.placeholder, '');
  const [before, after] = [markup(field.helperTextBefore), markup(field.helperTextAfter)];
  return {
    label,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    options: options.map((option) => optionLabel(words, option)),
    errors: possibleViolations(field).map((one) => ({ ...one, text: words.error(one, label) })),
  };
}

/**
 * All words of a form in one language.
 * @param model the form
 * @param locale one of the portal's languages
 * @param texts the realm's in that language
 */
export async function formTexts(model: FormModel, locale: string, texts: RealmTexts): Promise<FormTexts> {
  const words = await wordsFor(locale, texts);
  const policy = await getTranslations({ locale, namespace: 'password.policy' });
  const described = describePolicies(model.password?.policies ?? [], matchPattern);
  const inWords = (violation: Violation): ViolationText => ({ ...violation, text: words.error(violation, '') });
  const missing = { field: PASSWORD_FIELD, code: 'missingPasswordMessage', params: [] };
  const broken = described.map(({ code, params }) => ({ field: PASSWORD_FIELD, code, params }));
  const differs = { field: PASSWORD_CONFIRM_FIELD, code: 'invalidPasswordConfirmMessage', params: [] };
  const t = await getTranslations({ locale, namespace: 'password' });
  return {
    groups: Object.fromEntries(
      model.groups
        .filter((group) => group.name !== '')
        .map((group) => [
          group.name,
          {
            header: words.label(group.header ?? group.name, readable(group.name)),
            ...(group.description === undefined ? {} : { description: words.label(group.description, '') }),
          },
        ]),
    ),
    fields: {
      ...Object.fromEntries(
        model.groups.flatMap((group) => group.fields).map((field) => [field.name, fieldTexts(words, field)]),
      ),
      ...(model.password === undefined
        ? {}
        : {
            [PASSWORD_FIELD]: {
              options: [],
              label: words.reworded('password') ?? t('label'),
              errors: [missing, ...broken].map(inWords),
            },
            [PASSWORD_CONFIRM_FIELD]: {
              options: [],
              label: words.reworded('passwordConfirm') ?? t('confirm'),
              errors: [inWords(differs)],
            },
          }),
    },
    policies: described.map(({ id, code, params, judged }) => ({
      id,
      judged,
      text: policy.has(id as never)
        ? policy(id as never, numbered(params) as never)
        : words.error({ field: PASSWORD_FIELD, code, params }, ''),
    })),
  };
}

/**
 * What the server found wrong, in words: every fault of a field at once, a line for each, where Keycloak's page shows one
 * and keeps the others for the next try.
 * @param violations as the engine or Keycloak gave them
 * @param model of the form, for the fields' labels
 * @param locale one of the portal's languages
 * @param texts the realm's in that language
 */
export async function violationTexts(
  violations: readonly Violation[],
  model: FormModel,
  locale: string,
  texts: RealmTexts,
): Promise<Record<string, string>> {
  const words = await wordsFor(locale, texts);
  const labels = new Map(model.groups.flatMap((group) => group.fields).map(({ name, label }) => [name, label]));
  const sentences = new Map<string, string>();
  for (const violation of violations) {
    const name = readable(violation.field);
    const sentence = words.error(violation, words.label(labels.get(violation.field) ?? name, name));
    sentences.set(violation.field, withSentence(sentences.get(violation.field), sentence));
  }
  return Object.fromEntries(sentences);
}
