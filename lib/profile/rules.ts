import { booleanOf, doubleOf, longOf, numberOf, type RuleConfig, textOf, textsOf } from './config';
import { isIsoDate, isShortDate } from './dates';
import { hasNonAsciiLocalPart, isEmail, MAX_LOCAL_PART_LENGTH } from './email';
import { isBlank, isWhitespace, javaTrim, parseDouble, parseLong } from './java-text';
import type { PatternMatcher, Violation } from './types';
import { isUrl, parseUri } from './uri';

/**
 * What `deriveForm` adds to a rule's settings from the realm and the field, so that a model says everything about itself
 * and the browser needs no realm: whether `email` asks for an ASCII local part, the fixed locale of `local-date`, and
 * whether `multivalued` belongs to a required field.
 */
export const ASCII_LOCAL_PART = 'ascii-local-part';
export const LOCALE = 'locale';
export const REQUIRED = 'required';

/** The one rule that is not Keycloak's: what does not fit into the database's column ends there as an error 500. */
export const COLUMN_LENGTH = 'column-length';

/** What the rules cannot know from the model. */
export interface RuleContext {
  /** The visitor's language as Keycloak will resolve it, for example `de` or `pt-BR`; only `local-date` looks at it. */
  readonly locale: string;
  readonly matches: PatternMatcher;
}

/** One broken rule of a field: a {@link Violation} without the field's name. */
export type Finding = Omit<Violation, 'field'>;

type RuleFunction = (values: readonly string[], config: RuleConfig, context: RuleContext) => readonly Finding[];

const NOTHING: readonly Finding[] = [];

function found(code: string, ...params: Finding['params']): readonly Finding[] {
  return [{ code, params }];
}

/** Validators of the profile run once per value and skip an empty one (Keycloak `AbstractStringValidator`). */
function eachValue(
  check: (value: string, config: RuleConfig, context: RuleContext) => readonly Finding[],
): RuleFunction {
  return (values, config, context) =>
    values.flatMap((value) => (value === '' ? NOTHING : check(value, config, context)));
}

/** The message of a rule that refuses characters; `error-message` may be a key or a literal. */
function refusal(pattern: RegExp, code: string): RuleFunction {
  return eachValue((value, config) => (pattern.test(value) ? NOTHING : found(textOf(config['error-message'], code))));
}

/** `LengthValidator.selectErrorMessage`. */
export function lengthCode(config: RuleConfig): string {
  if (config.max === undefined) return 'error-invalid-length-too-short';
  return config.min === undefined ? 'error-invalid-length-too-long' : 'error-invalid-length';
}

/** `AbstractNumberValidator.selectRangeErrorMessage`. */
export function rangeCode(config: RuleConfig): string {
  if (config.max === undefined) return 'error-number-out-of-range-too-small';
  return config.min === undefined ? 'error-number-out-of-range-too-big' : 'error-number-out-of-range';
}

const length: RuleFunction = eachValue((value, config) => {
  const counted = booleanOf(config['trim-disabled'], false) ? value : javaTrim(value);
  const min = numberOf(config.min);
  const max = numberOf(config.max);
  const fits = (min === null || counted.length >= min) && (max === null || counted.length <= max);
  return fits ? NOTHING : found(lengthCode(config), min, max);
});

/**
 * The whole value has to fit, spaces around it included, which `length` does not count; in characters, as PostgreSQL has it,
 * and not in UTF-16 units. Where that rule complains of the same value already, there is nothing to add.
 */
const columnLength: RuleFunction = eachValue((value, config) => {
  const max = numberOf(config.max) ?? 0;
  const isTold = config.trimmed !== undefined && javaTrim(value).length > Number(config.trimmed);
  return value.length > max && [...value].length > max && !isTold
    ? found('error-invalid-length-too-long', null, max)
    : NOTHING;
});

const integer: RuleFunction = eachValue((value, config) => {
  if (isWhitespace(value)) return NOTHING;
  const number = parseLong(value);
  if (number === null) return found('error-invalid-number');
  const min = longOf(config.min);
  const max = longOf(config.max);
  const fits = (min === null || number >= min) && (max === null || number <= max);
  return fits ? NOTHING : found(rangeCode(config), numberOf(config.min), numberOf(config.max));
});

const double: RuleFunction = eachValue((value, config) => {
  if (isWhitespace(value)) return NOTHING;
  const number = parseDouble(value);
  if (number === null) return found('error-invalid-number');
  const min = doubleOf(config.min);
  const max = doubleOf(config.max);
  // NaN is neither less nor greater, so Java lets it pass.
  const misfits = (min !== null && number < min) || (max !== null && number > max);
  return misfits ? found(rangeCode(config), min, max) : NOTHING;
});

const email: RuleFunction = eachValue((value, config) => {
  if (!isEmail(value, numberOf(config['max-local-length']) ?? MAX_LOCAL_PART_LENGTH)) {
    return found('error-invalid-email', value);
  }
  return config[ASCII_LOCAL_PART] === true && hasNonAsciiLocalPart(value)
    ? found('error-non-ascii-local-part-email')
    : NOTHING;
});

const pattern: RuleFunction = eachValue((value, config, context) => {
  const expression = textOf(config.pattern, '');
  return context.matches(expression, value) === false
    ? found(textOf(config['error-message'], 'error-pattern-no-match'), expression)
    : NOTHING;
});

const uri: RuleFunction = eachValue((value, config) => {
  const parsed = parseUri(value);
  if (parsed === undefined) return found('error-invalid-uri', value);
  const { scheme, fragment } = parsed;
  const findings: Finding[] = [];
  const schemes = textsOf(config.allowedSchemes) ?? ['http', 'https'];
  if (scheme !== undefined && !schemes.includes(scheme)) {
    findings.push(...found('error-invalid-uri-scheme', value, scheme));
  }
  if (fragment !== undefined && !booleanOf(config.allowFragment, true)) {
    findings.push(...found('error-invalid-uri-fragment', value, fragment));
  }
  if (findings.length === 0 && booleanOf(config.requireValidUrl, true) && !isUrl(parsed)) {
    return found('error-invalid-uri', value);
  }
  return findings;
});

const localDate: RuleFunction = eachValue((value, config, context) =>
  isShortDate(value, textOf(config[LOCALE], context.locale)) === false ? found('error-invalid-date') : NOTHING,
);

const isoDate: RuleFunction = eachValue((value) => (isIsoDate(value) ? NOTHING : found('error-invalid-date', value)));

const options: RuleFunction = (values, config, context) => {
  // A set, since a list would be gone through once for each of the values.
  const allowed = new Set(textsOf(config.options));
  return eachValue((value) => (allowed.has(value) ? NOTHING : found('error-invalid-value')))(values, config, context);
};

// Java's \p{Cntrl}, \v, \s and \h; `UsernameProhibitedCharactersValidator`, `PersonNameProhibitedCharactersValidator`.
const CONTROL = '\\0-\\x1F\\x7F';
const VERTICAL = '\\n\\v\\f\\r\\x85\\u2028\\u2029';
const HORIZONTAL = ' \\t\\xA0\\u1680\\u180E\\u2000-\\u200A\\u202F\\u205F\\u3000';
const PERSON_NAME_REFUSES = `<>&"$%!#?§;*~/\\\\|^=[\\]{}()${VERTICAL}${CONTROL}`;
const PERSON_NAME = new RegExp(`^[^${PERSON_NAME_REFUSES}]+$`);
const USERNAME = new RegExp(`^[^${PERSON_NAME_REFUSES}'\`,:${HORIZONTAL}]+$`);
// `Validation.USERNAME_PATTERN`; a combining mark is of neither script, so only composed accents pass.
const ONE_SCRIPT = /^[\p{Script=Latin}\p{Script=Common}]+$/u;

/** `UsernameIDNHomographValidator` looks at the first value only. */
const homograph: RuleFunction = ([first], config) =>
  first === undefined || isBlank(first) || ONE_SCRIPT.test(first)
    ? NOTHING
    : found(textOf(config['error-message'], 'error-username-invalid-character'));

const multivalued: RuleFunction = (values, config) => {
  const isRequired = config[REQUIRED] === true;
  const min = numberOf(config.min) ?? (isRequired ? 1 : 0);
  const max = numberOf(config.max);
  const count = values.filter((value) => !isWhitespace(value)).length;
  // No value at all is the business of the required rule.
  if (count === 0 && isRequired) return NOTHING;
  return count >= min && (max === null || count <= max) ? NOTHING : found('error-invalid-multivalued-size', min, max);
};

const notBlank: RuleFunction = (values) => {
  const blank = values.find((value) => isBlank(value));
  return values.length > 0 && blank === undefined ? NOTHING : found('error-invalid-blank', blank ?? null);
};

const notEmpty: RuleFunction = (values) => (values.length > 0 ? NOTHING : found('error-empty', null));

const usernameHasValue: RuleFunction = ([first]) => (isBlank(first) ? found('missingUsernameMessage') : NOTHING);

/** `BlankAttributeValidator`: what was not posted at all is the business of the required rule. */
const blankAttribute: RuleFunction = ([first], config) =>
  first !== undefined && isBlank(first)
    ? found(textOf(config['error-message'], 'error-user-attribute-required'))
    : NOTHING;

const required: RuleFunction = (values) =>
  values.length === 0 || values.some((value) => isBlank(value)) ? found('error-user-attribute-required') : NOTHING;

/** `RegistrationEmailAsUsernameEmailValueValidator`: holds even where the realm took `email` off the attribute. */
const emailAsUsername: RuleFunction = ([first = '']) =>
  isBlank(first) || isEmail(first) ? NOTHING : found('invalidEmailMessage');

/** `ReadOnlyAttributeUnchangedValidator` for a new user: any value is a change. */
const readOnly: RuleFunction = ([first = '']) =>
  isWhitespace(first) ? NOTHING : found('updateReadOnlyAttributesRejectedMessage');

/** Every rule by Keycloak's validator id (facts: `validate/validators/*`, `userprofile/validator/*` of 26.7). */
const RULES = {
  'up-username-has-value': usernameHasValue,
  'up-blank-attribute-value': blankAttribute,
  'up-attribute-required-by-metadata-value': required,
  'up-registration-email-as-username-email-value': emailAsUsername,
  'up-readonly-attribute-unchanged': readOnly,
  'up-username-not-idn-homograph': homograph,
  'username-prohibited-characters': refusal(USERNAME, 'error-username-invalid-character'),
  'person-name-prohibited-characters': refusal(PERSON_NAME, 'error-person-name-invalid-character'),
  length,
  [COLUMN_LENGTH]: columnLength,
  integer,
  double,
  email,
  pattern,
  uri,
  'local-date': localDate,
  'iso-date': isoDate,
  options,
  multivalued,
  'not-blank': notBlank,
  'not-empty': notEmpty,
} satisfies Record<string, RuleFunction>;

/** The validator ids that are judged here. Any other is a custom one and left to Keycloak. */
export type RuleId = keyof typeof RULES;

/** Whether a validator id is one of {@link RuleId}; a name such as `constructor` is not. */
export function isRuleId(id: string): id is RuleId {
  return Object.hasOwn(RULES, id);
}

/**
 * Runs one rule over all values of a field.
 *
 * @param id Keycloak's validator id
 * @returns what is broken, possibly one finding per value; nothing for an id that is not known here
 */
export function runRule(
  id: string,
  values: readonly string[],
  config: RuleConfig,
  context: RuleContext,
): readonly Finding[] {
  return isRuleId(id) ? RULES[id](values, config, context) : NOTHING;
}
