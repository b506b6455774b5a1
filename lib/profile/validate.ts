import { isWhitespace } from './java-text';
import { checkPassword, checkPasswordConfirmation } from './password';
import { type Finding, type RuleContext, runRule } from './rules';
import {
  type Field,
  type FormModel,
  type FormValues,
  PASSWORD_CONFIRM_FIELD,
  PASSWORD_FIELD,
  type Violation,
} from './types';

/** Rules about one and the same fault, an empty field: the first of them speaks for all. */
const PRESENCE = [
  'up-username-has-value',
  'up-blank-attribute-value',
  'up-attribute-required-by-metadata-value',
  'not-blank',
  'not-empty',
];

/** Whether a field's list may hold blanks that nobody meant: the hidden input before checkboxes, an unused extra line. */
export function dropsBlanks(field: Field): boolean {
  return field.multivalued || field.control.kind === 'multiselect' || field.control.kind === 'checkboxes';
}

/** The values posted for a name; own properties only, so `constructor` is nobody's value. */
export function valuesOf(values: FormValues, name: string): readonly string[] {
  return Object.hasOwn(values, name) ? (values[name] ?? []) : [];
}

/** What Keycloak's validators get to see (`DefaultAttributes.normalizeAttributeValues`). */
function normalized(field: Field, posted: readonly string[]): readonly string[] {
  // A default stands in for an attribute that was not posted at all, never for a blank.
  const values = posted.length === 0 && field.defaultValue !== undefined ? [field.defaultValue] : posted;
  // Keycloak's own pages trip over blanks of checkboxes (keycloak#52776); here they are dropped, before the rules and
  // before sending.
  const kept = dropsBlanks(field) ? values.filter((value) => !isWhitespace(value)) : values;
  const folds = field.name === 'username' || field.name === 'email';
  return folds ? kept.map((value) => value.toLowerCase()) : kept;
}

/**
 * Every violation of one field, in the order of its rules. The same fault of two values is reported once.
 *
 * @param posted the field's values as they were typed
 */
function validateField(field: Field, posted: readonly string[], context: RuleContext): Violation[] {
  const values = normalized(field, posted);
  const violations = new Map<string, Violation>();
  let isMissing = false;
  for (const rule of field.rules) {
    const isPresence = PRESENCE.includes(rule.id);
    if (isPresence && isMissing) continue;
    const findings: readonly Finding[] = runRule(rule.id, values, rule.config, context);
    isMissing ||= isPresence && findings.length > 0;
    for (const finding of findings) {
      violations.set(JSON.stringify(finding), { field: field.name, ...finding });
    }
  }
  return [...violations.values()];
}

/** Every violation of the two password controls; nothing where the form has none. */
function validatePassword(model: FormModel, values: FormValues, context: RuleContext): Violation[] {
  if (model.password === undefined) return [];
  const [password = ''] = valuesOf(values, PASSWORD_FIELD);
  const [confirmation = ''] = valuesOf(values, PASSWORD_CONFIRM_FIELD);
  const [email] = valuesOf(values, 'email');
  const [username] = model.emailAsUsername ? [email] : valuesOf(values, 'username');
  return [
    ...checkPassword(model.password.policies, password, { username, email }, context.matches),
    ...checkPasswordConfirmation(password, confirmation),
  ];
}

/**
 * Every violation of every field, in the order of the form. Nothing is trimmed or mended: what Keycloak would refuse is
 * refused (context `REGISTRATION`, Keycloak `DefaultAttributes.validate`).
 *
 * @param values as `readValues` returns them
 */
export function validate(model: FormModel, values: FormValues, context: RuleContext): Violation[] {
  const fields = model.groups.flatMap((group) => group.fields);
  const violations = fields.flatMap((field) => {
    const own = validateField(field, valuesOf(values, field.name), context);
    return field.name === model.password?.after ? [...own, ...validatePassword(model, values, context)] : own;
  });
  // A form without the field that the password follows asks for the password at its end.
  const isPlaced = fields.some((field) => field.name === model.password?.after);
  return isPlaced ? violations : [...violations, ...validatePassword(model, values, context)];
}
