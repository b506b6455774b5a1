import { numberOf } from './config';
import { annotationText, autocompleteOf, controlOf, dataOf, given, hintsOf } from './controls';
import { parsePasswordPolicy } from './password';
import { ASCII_LOCAL_PART, COLUMN_LENGTH, LOCALE, REQUIRED } from './rules';
import type {
  Field,
  FieldGroup,
  FormModel,
  FormRequest,
  RealmSettings,
  Rule,
  UPAttribute,
  UPConfig,
  UPGroup,
} from './types';

/** The two attributes that Keycloak treats apart (`DeclarativeUserProfileProvider.isBuiltInAttribute`). */
const USERNAME = 'username';
const EMAIL = 'email';
/** Sent by the portal itself, never asked for: the language of the page. */
const LOCALE_ATTRIBUTE = 'locale';

/** `DefaultAttributes.DEFAULT_MAX_LENGTH_ATTRIBUTES`: every attribute without a length of its own. */
const DEFAULT_LENGTH: Rule = { id: 'length', config: { min: '0', max: '2048' } };

/** The attributes that have columns of their own (`UserEntity`), and the width of those, in characters. */
const COLUMNS = [USERNAME, EMAIL, 'firstName', 'lastName'];
const COLUMN_WIDTH = 255;

/** `DeclarativeUserProfileProviderFactory.DEFAULT_READ_ONLY_ATTRIBUTES`. */
const READ_ONLY =
  /^(?:KERBEROS_PRINCIPAL|LDAP_ID|LDAP_ENTRY_DN|CREATED_TIMESTAMP|createTimestamp|modifyTimestamp|userCertificate|saml\.persistent\.name\.id\.for\..*|ENABLED|EMAIL_VERIFIED|disabledReason|kc\.email\.pending)$/i;

function isBuiltIn(attribute: UPAttribute): boolean {
  return attribute.name === USERNAME || attribute.name === EMAIL;
}

function includesAny(scopes: readonly string[] | undefined, requested: readonly string[]): boolean {
  return scopes?.some((scope) => requested.includes(scope)) ?? false;
}

/** `selector.scopes`; never applied to username and e-mail. */
function isSelected(attribute: UPAttribute, request: FormRequest): boolean {
  const scopes = attribute.selector?.scopes ?? [];
  return isBuiltIn(attribute) || scopes.length === 0 || includesAny(scopes, request.scopes);
}

/**
 * Whether a visitor may fill an attribute in; what may be edited may also be seen, so this decides about being shown.
 *
 * @param emailAsUsername the realm's `registrationEmailAsUsername`
 */
export function isEditable(attribute: UPAttribute, emailAsUsername: boolean): boolean {
  // Without these two nobody could register (`DefaultAttributes.isReadableOrWritableDuringRegistration`).
  if (attribute.name === USERNAME) return !emailAsUsername;
  if (attribute.name === EMAIL && emailAsUsername) return true;
  const { view = [], edit = [] } = attribute.permissions ?? {};
  if (isBuiltIn(attribute) && view.length === 0 && edit.length === 0) return true;
  return edit.includes('user');
}

/**
 * Whether an attribute that visitors may edit can't be stored: Keycloak's admin API writes by what administrators may edit
 * (`DeclarativeUserProfileProvider`, context `USER_API`) and drops the rest without a word. The username is written all
 * the same.
 */
export function adminMayNotEdit(attribute: Pick<UPAttribute, 'name' | 'permissions'>): boolean {
  const { edit = [] } = attribute.permissions ?? {};
  return attribute.name !== USERNAME && edit.includes('user') && !edit.includes('admin');
}

/** The `required` object of an attribute, read for a visitor who signs up. */
function isRequiredByProfile(attribute: UPAttribute, request: FormRequest): boolean {
  if (attribute.required === undefined) return false;
  const { roles = [], scopes = [] } = attribute.required;
  if (scopes.length > 0) return includesAny(scopes, request.scopes);
  return roles.length === 0 || roles.includes('user');
}

/** Whether every visitor has to fill an attribute in, whatever the scopes, on Keycloak's own page, too. */
export function isAskedOfAll({ required, selector, validations }: UPAttribute): boolean {
  const { roles = [], scopes = [] } = required ?? {};
  const isSelectedByAll = (selector?.scopes ?? []).length === 0;
  const isRequiredOfAll = scopes.length === 0 && (roles.length === 0 || roles.includes('user'));
  const hasMinimum = (numberOf(validations?.multivalued?.min) ?? 0) > 0;
  return isSelectedByAll && ((required !== undefined && isRequiredOfAll) || hasMinimum);
}

/**
 * Whether the admin API insists on a value, whoever is asked: in its context, `USER_API`, everyone is an administrator,
 * a requirement by scope does not count and neither does a selector (`DeclarativeUserProfileProvider`).
 */
function isRequiredByAdminApi(attribute: UPAttribute): boolean {
  if (attribute.required === undefined || attribute.name === USERNAME) return false;
  const { roles = [], scopes = [] } = attribute.required;
  return adminMayEdit(attribute) && scopes.length === 0 && (roles.length === 0 || roles.includes('admin'));
}

/**
 * Whether the admin API makes no account without a value: one that it requires, or a least number of values, which
 * `MultiValueValidator` holds even of an optional attribute that nobody may edit.
 */
export function isInsistedOnByAdminApi(attribute: UPAttribute): boolean {
  const min = numberOf(attribute.validations?.multivalued?.min) ?? 0;
  return min > 0 || isRequiredByAdminApi(attribute);
}

function adminMayEdit({ name, permissions }: UPAttribute): boolean {
  const { view = [], edit = [] } = permissions ?? {};
  return edit.includes('admin') || (name === EMAIL && view.length === 0 && edit.length === 0);
}

function isRequired(attribute: UPAttribute, realm: RealmSettings, request: FormRequest): boolean {
  if (attribute.name === USERNAME) return true;
  if (attribute.name === EMAIL && realm.registrationEmailAsUsername) return true;
  // Without a value that the admin API insists on no account could be made: better to say so beforehand.
  return isRequiredByProfile(attribute, request) || isRequiredByAdminApi(attribute);
}

/** The rules about being there at all, the most telling message first. */
function presenceRules(attribute: UPAttribute, required: boolean): Rule[] {
  const rules: Rule[] = [];
  if (attribute.name === USERNAME) rules.push({ id: 'up-username-has-value', config: {} });
  if (attribute.name === EMAIL && required) {
    rules.push({ id: 'up-blank-attribute-value', config: { 'error-message': 'missingEmailMessage' } });
  }
  if (required) rules.push({ id: 'up-attribute-required-by-metadata-value', config: {} });
  return rules;
}

/** What a rule has to know about the realm and the field, added to its settings. */
function configFor({ id, config }: Rule, realm: RealmSettings, required: boolean): Rule['config'] {
  switch (id) {
    case 'email':
      // `EmailValidator`: only a realm that can send mail minds what its server can address.
      return realm.smtpConfigured && !realm.smtpAllowsUtf8 ? { ...config, [ASCII_LOCAL_PART]: true } : config;
    case 'local-date':
      // Without internationalization Keycloak speaks English to everyone.
      return realm.internationalizationEnabled ? config : { ...config, [LOCALE]: 'en' };
    case 'multivalued':
      return required ? { ...config, [REQUIRED]: true } : config;
    default:
      return config;
  }
}

function profileRules(attribute: UPAttribute, realm: RealmSettings, required: boolean): Rule[] {
  const rules: Rule[] = Object.entries(attribute.validations ?? {})
    // It looks at the realm, not at the attribute: `UsernameProhibitedCharactersValidator.skipValidation`.
    .filter(([id]) => !(id === 'username-prohibited-characters' && realm.registrationEmailAsUsername))
    .map(([id, config]) => ({ id, config: config ?? {} }));
  if (!rules.some((rule) => rule.id === 'length')) rules.push(DEFAULT_LENGTH);
  if (!attribute.multivalued && !rules.some((rule) => rule.id === 'multivalued')) {
    rules.push({ id: 'multivalued', config: { max: '1' } });
  }
  return rules.map((rule) => ({ id: rule.id, config: configFor(rule, realm, required) }));
}

/**
 * With e-mail as username Keycloak copies the e-mail into the username and runs the username's rules on it; their errors
 * would land on a field that nobody sees, so they are shown with the e-mail.
 */
function copiedUsernameRules(username: UPAttribute | undefined, realm: RealmSettings): Rule[] {
  if (username === undefined) return [];
  return profileRules(username, realm, false).filter((rule) => rule.id !== 'multivalued');
}

function usernameOf(profile: UPConfig): UPAttribute | undefined {
  return profile.attributes?.find((attribute) => attribute.name === USERNAME);
}

function isSameRule(first: Rule, second: Rule): boolean {
  // Most comparisons are of a rule with itself, and a list of options is long to write out.
  if (first === second) return true;
  return first.id === second.id && JSON.stringify(first.config) === JSON.stringify(second.config);
}

function rulesOf(attribute: UPAttribute, profile: UPConfig, realm: RealmSettings, required: boolean): Rule[] {
  const rules = [...presenceRules(attribute, required), ...profileRules(attribute, realm, required)];
  if (COLUMNS.includes(attribute.name)) {
    const trimmed = numberOf(attribute.validations?.length?.max);
    rules.push({ id: COLUMN_LENGTH, config: { max: COLUMN_WIDTH, ...given('trimmed', trimmed ?? undefined) } });
  }
  if (READ_ONLY.test(attribute.name)) rules.push({ id: 'up-readonly-attribute-unchanged', config: {} });
  if (attribute.name === EMAIL && realm.registrationEmailAsUsername) {
    rules.push({ id: 'up-registration-email-as-username-email-value', config: {} });
    rules.push(...copiedUsernameRules(usernameOf(profile), realm));
  }
  return rules.filter((rule, index) => rules.findIndex((other) => isSameRule(rule, other)) === index);
}

/** A display name that is missing; username and e-mail are born with theirs, any other is called by its attribute. */
function labelOf(attribute: UPAttribute): string {
  if (attribute.displayName === undefined && isBuiltIn(attribute)) return `\${${attribute.name}}`;
  return attribute.displayName?.trim() ? attribute.displayName : attribute.name;
}

function valuesRange(rules: readonly Rule[], required: boolean): Field['values'] {
  const config = rules.find((rule) => rule.id === 'multivalued')?.config ?? {};
  return { min: numberOf(config.min) ?? (required ? 1 : 0), max: numberOf(config.max) };
}

function fieldOf(
  attribute: UPAttribute,
  group: UPGroup | undefined,
  profile: UPConfig,
  realm: RealmSettings,
  request: FormRequest,
): Field {
  const annotations = attribute.annotations ?? {};
  const control = controlOf(attribute);
  const required = isRequired(attribute, realm, request);
  const rules = rulesOf(attribute, profile, realm, required);
  return {
    name: attribute.name,
    label: labelOf(attribute),
    control,
    required,
    multivalued: attribute.multivalued ?? false,
    values: valuesRange(rules, required),
    ...given('defaultValue', attribute.defaultValue),
    ...given('autocomplete', autocompleteOf(attribute, control)),
    ...given('placeholder', control.kind === 'input' ? annotationText(annotations, 'inputTypePlaceholder') : undefined),
    ...given('helperTextBefore', annotationText(annotations, 'inputHelperTextBefore')),
    ...given('helperTextAfter', annotationText(annotations, 'inputHelperTextAfter')),
    hints: hintsOf(attribute, control),
    // A group's data stand on each of its fields, too; Keycloak's page fails on a name that both have.
    ...given('data', dataOf({ ...group?.annotations, ...annotations })),
    rules,
  };
}

/** Java's `String.compareTo` on the raw header, before translation: by UTF-16 unit, as `<` does. */
function byHeader(first: UPGroup, second: UPGroup): number {
  const a = first.displayHeader ?? first.name;
  const b = second.displayHeader ?? second.name;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function groupOf(group: UPGroup, fields: readonly Field[]): FieldGroup {
  return {
    name: group.name,
    header: group.displayHeader || group.name,
    ...given('description', group.displayDescription || undefined),
    ...given('data', dataOf(group.annotations)),
    fields,
  };
}

/**
 * Derives the sign-up form from the realm: which attributes are asked for, in which order, how, and under which rules.
 * Decides as Keycloak does in its context `REGISTRATION` (`DeclarativeUserProfileProvider`, `DefaultAttributes`,
 * `AbstractUserProfileBean` of 26.7), not as the admin API does, which skips whatever only binds end users.
 *
 * @param profile the raw configuration from `GET /admin/realms/{realm}/users/profile`
 * @param realm the realm's switches
 * @param request the scopes in effect, and whether the form asks for a password
 * @returns the form as plain data; attributes without the right to edit and unmanaged ones are not in it
 */
export function deriveForm(profile: UPConfig, realm: RealmSettings, request: FormRequest): FormModel {
  const shown = (profile.attributes ?? []).filter(
    (attribute) =>
      // A legal attribute name by Keycloak's letters, but no name for a property.
      attribute.name !== '__proto__' &&
      attribute.name !== LOCALE_ATTRIBUTE &&
      // What the admin API insists on is asked for even where no scope selects it: no account could be made without.
      (isSelected(attribute, request) || isInsistedOnByAdminApi(attribute)) &&
      isEditable(attribute, realm.registrationEmailAsUsername) &&
      !adminMayNotEdit(attribute),
  );
  const groupless: Field[] = [];
  const members = new Map<string | undefined, { readonly group: UPGroup; readonly fields: Field[] }>(
    profile.groups?.toSorted(byHeader).map((group) => [group.name, { group, fields: [] }]),
  );
  for (const attribute of shown) {
    const own = members.get(attribute.group);
    (own?.fields ?? groupless).push(fieldOf(attribute, own?.group, profile, realm, request));
  }
  const grouped = [...members.values()].map(({ group, fields }) => groupOf(group, fields));
  return {
    groups: [{ name: '', fields: groupless }, ...grouped].filter((group) => group.fields.length > 0),
    emailAsUsername: realm.registrationEmailAsUsername,
    ...(request.withPassword && {
      password: {
        after: realm.registrationEmailAsUsername ? EMAIL : USERNAME,
        policies: parsePasswordPolicy(realm.passwordPolicy),
      },
    }),
  };
}
