import { textsOf } from './config';
import type { AnnotationData, Control, ControlHints, FieldOption, UPAttribute } from './types';

/** Annotations and how they become controls (Keycloak `keycloak.v2/login/user-profile-commons.ftl`). */

type Annotations = NonNullable<UPAttribute['annotations']>;

/** An annotation as text; the admin console writes numbers as texts or as numbers. */
export function annotationText(annotations: Annotations, name: string): string | undefined {
  const value = Object.hasOwn(annotations, name) ? annotations[name] : undefined;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function annotationCount(annotations: Annotations, name: string): number | undefined {
  const text = annotationText(annotations, name);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** `name` with its value, or nothing: optional properties are absent, not undefined. */
export function given<Name extends string, Value>(name: Name, value: Value | undefined): { [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]?: Value });
}

function optionsOf(attribute: UPAttribute, id: string | undefined): readonly string[] | undefined {
  const validations = attribute.validations ?? {};
  return id !== undefined && Object.hasOwn(validations, id) ? textsOf(validations[id]?.options) : undefined;
}

/** `selectOptionLabelText`: a label from the map, a message `prefix.option`, or the option itself. */
function labelOf(annotations: Annotations, option: string): string {
  const labels = annotations.inputOptionLabels;
  if (typeof labels === 'object' && labels !== null) {
    const label: unknown = Object.hasOwn(labels, option) ? (labels as Record<string, unknown>)[option] : undefined;
    return typeof label === 'string' ? label : option;
  }
  const prefix = annotationText(annotations, 'inputOptionLabelsI18nPrefix');
  return prefix === undefined ? option : `\${${prefix}.${option}}`;
}

function fieldOptions(attribute: UPAttribute): FieldOption[] {
  const annotations = attribute.annotations ?? {};
  // A named validator without a list falls through to the options validator.
  const named = optionsOf(attribute, annotationText(annotations, 'inputOptionsFromValidation'));
  const values = named ?? optionsOf(attribute, 'options') ?? [];
  return values.map((value) => ({ value, label: labelOf(annotations, value) }));
}

/** The control of an attribute: `inputType` decides, a plain text input is the default. */
export function controlOf(attribute: UPAttribute): Control {
  const annotations = attribute.annotations ?? {};
  const size = given('size', annotationCount(annotations, 'inputTypeSize'));
  const type = annotationText(annotations, 'inputType') ?? 'text';
  switch (type) {
    case 'textarea':
      return {
        kind: 'textarea',
        ...given('cols', annotationCount(annotations, 'inputTypeCols')),
        ...given('rows', annotationCount(annotations, 'inputTypeRows')),
      };
    case 'select':
    case 'multiselect':
      return { kind: type, options: fieldOptions(attribute), ...size };
    case 'select-radiobuttons':
      return { kind: 'radiobuttons', options: fieldOptions(attribute) };
    case 'multiselect-checkboxes':
      return { kind: 'checkboxes', options: fieldOptions(attribute) };
    default:
      return { kind: 'input', type: type.startsWith('html5-') ? type.slice('html5-'.length) : type };
  }
}

/** The hints that Keycloak's theme prints: all of them on an input, only the greatest length on a textarea. */
export function hintsOf(attribute: UPAttribute, control: Control): ControlHints {
  const annotations = attribute.annotations ?? {};
  const maxLength = given('maxLength', annotationCount(annotations, 'inputTypeMaxlength'));
  if (control.kind === 'textarea') return maxLength;
  if (control.kind !== 'input') return {};
  return {
    ...maxLength,
    ...given('minLength', annotationCount(annotations, 'inputTypeMinlength')),
    ...given('size', annotationCount(annotations, 'inputTypeSize')),
    ...given('pattern', annotationText(annotations, 'inputTypePattern')),
    ...given('min', annotationText(annotations, 'inputTypeMin')),
    ...given('max', annotationText(annotations, 'inputTypeMax')),
    ...given('step', annotationText(annotations, 'inputTypeStep')),
  };
}

/** Starts with `kc` and is safe in the name of an HTML attribute. */
const DATA_NAME = /^kc[\w.:-]*$/;

/**
 * The annotations that the page hands on to scripts (Keycloak `AbstractUserProfileBean.getHtml5DataAnnotations`).
 *
 * @param annotations an attribute's or a group's
 * @returns every annotation whose name starts with `kc` and whose value is a text, a number or a boolean; undefined when
 *   there is none. A name that can't be part of an attribute's name is left out
 */
export function dataOf(annotations: Annotations | undefined): AnnotationData | undefined {
  const data = Object.entries(annotations ?? {}).filter(
    ([name, value]) => DATA_NAME.test(name) && ['string', 'number', 'boolean'].includes(typeof value),
  );
  return data.length === 0 ? undefined : Object.fromEntries(data.map(([name, value]) => [name, String(value)]));
}

/**
 * Tokens of WCAG 2.2, 1.3.5 (HTML autofill) by attribute name, letters only and lower-case. Only names that leave no
 * doubt: a wrong token fills in a wrong value.
 */
const AUTOFILL: Readonly<Record<string, string>> = {
  username: 'username',
  email: 'email',
  firstname: 'given-name',
  givenname: 'given-name',
  middlename: 'additional-name',
  lastname: 'family-name',
  familyname: 'family-name',
  fullname: 'name',
  nickname: 'nickname',
  phone: 'tel',
  phonenumber: 'tel',
  mobile: 'tel',
  mobilephone: 'tel',
  mobilenumber: 'tel',
  telephone: 'tel',
  birthdate: 'bday',
  birthday: 'bday',
  dateofbirth: 'bday',
  company: 'organization',
  companyname: 'organization',
  organization: 'organization',
  organisation: 'organization',
  jobtitle: 'organization-title',
  website: 'url',
  street: 'address-line1',
  streetaddress: 'address-line1',
  city: 'address-level2',
  locality: 'address-level2',
  postalcode: 'postal-code',
  postcode: 'postal-code',
  zipcode: 'postal-code',
  zip: 'postal-code',
  country: 'country-name',
};

/** The autofill token of a field, as Keycloak for username and e-mail, and by name for what is well known. */
export function autocompleteOf(attribute: UPAttribute, control: Control): string | undefined {
  const name = attribute.name.replace(/[^A-Za-z]/g, '').toLowerCase();
  if (attribute.multivalued || !Object.hasOwn(AUTOFILL, name)) return undefined;
  if (control.kind !== 'input' && control.kind !== 'textarea' && control.kind !== 'select') return undefined;
  const token = AUTOFILL[name];
  // Autofill knows countries by ISO 3166 code and by name, and streets of one line and of several.
  if (token === 'country-name' && control.kind === 'select') {
    return control.options.every((option) => /^[A-Z]{2}$/.test(option.value)) ? 'country' : token;
  }
  return token === 'address-line1' && control.kind === 'textarea' ? 'street-address' : token;
}
