import { doubleOf, numberOf, type RuleConfig, textOf } from './config';
import { type Finding, isRuleId, lengthCode, REQUIRED, type RuleId, rangeCode } from './rules';
import type { Field, Violation } from './types';

// U+FFFC is Unicode's "object replacement character": it stands for something else and occurs in no text.
const MARK = '\uFFFC';

/** Stands for the parameter at this position, where that is what will be typed. */
function typed(position: number): string {
  return `${MARK}${position}${MARK}`;
}

function possible(code: string, ...params: Finding['params']): readonly Finding[] {
  return [{ code, params }];
}

function refusal(config: RuleConfig, code: string, ...params: Finding['params']): readonly Finding[] {
  return possible(textOf(config['error-message'], code), ...params);
}

/** What each rule can report; the counterpart of `rules.ts`, a missing one is a type error. */
const POSSIBLE = {
  'up-username-has-value': () => possible('missingUsernameMessage'),
  'up-blank-attribute-value': (config) => refusal(config, 'error-user-attribute-required'),
  'up-attribute-required-by-metadata-value': () => possible('error-user-attribute-required'),
  'up-registration-email-as-username-email-value': () => possible('invalidEmailMessage'),
  'up-readonly-attribute-unchanged': () => possible('updateReadOnlyAttributesRejectedMessage'),
  'up-username-not-idn-homograph': (config) => refusal(config, 'error-username-invalid-character'),
  'username-prohibited-characters': (config) => refusal(config, 'error-username-invalid-character'),
  'person-name-prohibited-characters': (config) => refusal(config, 'error-person-name-invalid-character'),
  length: (config) => possible(lengthCode(config), numberOf(config.min), numberOf(config.max)),
  'column-length': (config) => possible('error-invalid-length-too-long', null, numberOf(config.max)),
  integer: (config) => [
    ...possible('error-invalid-number'),
    ...possible(rangeCode(config), numberOf(config.min), numberOf(config.max)),
  ],
  double: (config) => [
    ...possible('error-invalid-number'),
    ...possible(rangeCode(config), doubleOf(config.min), doubleOf(config.max)),
  ],
  email: () => [...possible('error-invalid-email', typed(0)), ...possible('error-non-ascii-local-part-email')],
  pattern: (config) => refusal(config, 'error-pattern-no-match', textOf(config.pattern, '')),
  uri: () => [
    ...possible('error-invalid-uri', typed(0)),
    ...possible('error-invalid-uri-scheme', typed(0), typed(1)),
    ...possible('error-invalid-uri-fragment', typed(0), typed(1)),
  ],
  'local-date': () => possible('error-invalid-date'),
  'iso-date': () => possible('error-invalid-date', typed(0)),
  options: () => possible('error-invalid-value'),
  multivalued: (config) => {
    const min = numberOf(config.min) ?? (config[REQUIRED] === true ? 1 : 0);
    return possible('error-invalid-multivalued-size', min, numberOf(config.max));
  },
  'not-blank': () => possible('error-invalid-blank', typed(0)),
  'not-empty': () => possible('error-empty', null),
} satisfies Record<RuleId, (config: RuleConfig) => readonly Finding[]>;

/**
 * Every violation that a field's rules can produce here. Parameters come from the realm's settings; one that is typed is
 * a placeholder (U+FFFC, its position, U+FFFC). Rules that only Keycloak knows are not in it.
 */
export function possibleViolations(field: Field): Violation[] {
  const all = field.rules.flatMap((rule) => (isRuleId(rule.id) ? POSSIBLE[rule.id](rule.config) : []));
  const distinct = new Map(all.map((finding) => [JSON.stringify(finding), finding]));
  return [...distinct.values()].map((finding) => ({ field: field.name, ...finding }));
}

/**
 * Puts what was typed into a text that was prepared for a {@link possibleViolations} entry.
 *
 * @param text the translated text with placeholders
 * @param params the parameters of the violation that happened
 * @returns plain text, to be shown as such: it repeats what was typed
 */
export function withTypedValues(text: string, params: Violation['params']): string {
  return text.replace(/\uFFFC(\d+)\uFFFC/g, (_, position) => String(params[Number(position)] ?? ''));
}

/**
 * The faults of one field as one text: a line for each, none of them twice.
 *
 * @param text what has been gathered so far
 * @param sentence one more
 */
export function withSentence(text: string | undefined, sentence: string): string {
  if (text === undefined) return sentence;
  return text.split('\n').includes(sentence) ? text : `${text}\n${sentence}`;
}
