import type { UPAttribute, UPConfig, UPGroup } from '../../lib/profile/types';
import { SCOPES } from './case';
import type { Random } from './random';

/** A message of the realm's own, for `error-message`. */
export const OWN_MESSAGE = 'parityFormat';

/** Texts of the bench's realm that labels, options and messages can name, in each of its languages. */
export const REALM_TEXTS: Readonly<Record<string, string>> = {
  'parity.label': 'A label of the realm',
  'parity.quoted': "It''s the realm''s own, and no '{0}'",
  'parity.header.a': 'First header',
  'parity.header.b': 'Another header',
  'parity.option.red': 'Red one',
  'parity.option.42': 'Forty-two',
  'parity.option.green': 'Green one',
  'parity.option.Blue': 'Blue one',
  'parity.option.ü': 'Umlaut',
  'parity.option.日本': 'Japan',
  username: 'The username',
  email: 'The address',
  firstName: 'The first name',
  lastName: 'The last name',
  password: 'The password',
  passwordConfirm: 'The password again',
};

/** Texts that only German has: other languages fall back to the realm's default language, or have none. */
export const FALLBACK_TEXTS: Readonly<Record<string, string>> = { 'parity.german': 'Nur auf Deutsch' };

const OPTIONS = ['green', 'Blue', 'ü', '日本'];

/** Options that are hard to show or to compare; none of them has a text in the realm. */
const ODD_OPTIONS = ['  spaced', '', 'a,b', "it's", '"q"', '<i>'];

/** Patterns that no linear-time engine runs: lookaround, possessive, quotation, boundary, intersection. */
export const BEYOND: readonly string[] = [
  '(?=.*[0-9]).*',
  '(?=.*[0-9]).{4,}',
  'a++b',
  '\\Qa.b\\E',
  '\\bword\\b',
  '[a-z&&[^x]]+',
];

const PATTERNS = [
  '[a-z]+',
  '^[A-Z]{2}[0-9]{4}$',
  "[\\p{L} '-]+",
  '\\d{3,5}',
  '(?i)abc|def',
  '.*[0-9].*',
  '\\p{IsLatin}+',
  '\\p{Alpha}*',
  '[^<>&]*',
  '\\S+@\\S+',
];

const INPUT_TYPES = [
  'text',
  'html5-range',
  'html5-week',
  'html5-color',
  'html5-search',
  'password',
  'textarea',
  'html5-email',
  'html5-tel',
  'html5-url',
  'html5-number',
  'html5-date',
  'html5-month',
  'html5-time',
  'html5-datetime-local',
];

const CHOICE_TYPES = ['select', 'select-radiobuttons', 'multiselect', 'multiselect-checkboxes'];

const EVERYONE = { view: ['admin', 'user'], edit: ['admin', 'user'] };

type Validations = Record<string, Record<string, unknown>>;

/** The settings of a validator: as the console writes numbers (as text) and as an import may (as numbers). */
const VALIDATORS: Readonly<Record<string, (random: Random) => Record<string, unknown>>> = {
  length: (random) => {
    const min = random.pick([undefined, 0, 1, 2, 3, '3', 8]);
    const max = random.pick(min === undefined ? [0, 1, 5, '5', 40, 2048, 5000] : [undefined, 8, '12', 255, 2048]);
    return {
      ...set('min', min),
      ...set('max', max),
      ...set('trim-disabled', random.pick([undefined, true, false, 'true'])),
    };
  },
  integer: (random) => range(random),
  double: (random) => range(random),
  email: (random) => set('max-local-length', random.pick([undefined, undefined, 10, '12'])),
  pattern: (random) => ({
    pattern: random.pick(random.chance(0.3) ? BEYOND : PATTERNS),
    ...set('error-message', random.pick([undefined, '', OWN_MESSAGE, '[[Words instead of a key]]'])),
  }),
  uri: (random) => ({
    ...set('allowedSchemes', random.pick([undefined, ['https'], ['ftp', 'mailto', 'https']])),
    ...set('allowFragment', random.pick([undefined, false, 'false', true])),
    ...set('requireValidUrl', random.pick([undefined, false, true])),
  }),
  'local-date': () => ({}),
  'iso-date': () => ({}),
  options: (random) => ({
    options: ['red', '42', ...random.some(OPTIONS, 3), ...(random.chance(0.15) ? random.some(ODD_OPTIONS, 3) : [])],
  }),
  'person-name-prohibited-characters': (random) => set('error-message', random.pick([undefined, OWN_MESSAGE])),
  'username-prohibited-characters': (random) => set('error-message', random.pick([undefined, ''])),
  'up-username-not-idn-homograph': (random) => set('error-message', random.pick([undefined, OWN_MESSAGE])),
  multivalued: (random) => ({ ...set('min', random.pick([undefined, 0])), max: random.pick([1, '2', 3]) }),
};

function set(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}

function range(random: Random): Record<string, unknown> {
  const min = random.pick([undefined, 0, '1', -5, 1.5, 10]);
  const max = random.pick([undefined, 11, '100', 12.5, 2048, '9223372036854775807']);
  return { ...set('min', min), ...set('max', max) };
}

function validationsOf(random: Random, type: string | undefined): Validations {
  const ids = random.some(Object.keys(VALIDATORS), 2);
  const validations: Validations = {};
  for (const id of ids) validations[id] = VALIDATORS[id]?.(random) ?? {};
  if (type !== undefined && CHOICE_TYPES.includes(type)) {
    // A choice under other rules as well can hardly ever be made right.
    if (random.chance(0.8)) for (const id of ids) delete validations[id];
    validations.options = VALIDATORS.options?.(random) ?? {};
  }
  return validations;
}

/** Annotations, each with a value or two; what the console writes as text an import may write as a number. */
const ANNOTATIONS: readonly Readonly<Record<string, unknown>>[] = [
  { inputHelperTextBefore: 'Help <b>text</b>' },
  { inputHelperTextBefore: messageKey('parity.quoted') },
  { inputHelperTextAfter: 'Help <i>below</i> &amp; more' },
  { inputTypePlaceholder: 'e.g. 42' },
  { inputTypePlaceholder: messageKey('parity.label') },
  { inputTypeMaxlength: '3', inputTypeMinlength: 2 },
  { inputTypeMin: '5', inputTypeMax: 7, inputTypeStep: '0.5' },
  { inputTypePattern: '[a-z]+', inputTypeSize: '10' },
  { inputTypeCols: '20', inputTypeRows: 3 },
  { kcNumberFormat: '({2}) {5}-{4}', kcNumberUnFormat: '{11}' },
  { kcCustom: 'yes' },
  { inputOptionsFromValidation: 'length' },
  { inputOptionsFromValidation: 'options' },
];

function annotationsOf(random: Random, type: string | undefined): Record<string, unknown> {
  return {
    ...set('inputType', type),
    ...Object.assign({}, ...random.some(ANNOTATIONS, 3)),
    ...random.pick([
      {},
      {},
      { inputOptionLabels: { red: 'Rouge', 42: messageKey('parity.option.42') } },
      { inputOptionLabels: { red: messageKey('parity.unknown') } },
      { inputOptionLabelsI18nPrefix: 'parity.option' },
    ]),
  };
}

function messageKey(key: string): string {
  return `\${${key}}`;
}

function permissionsOf(random: Random): Pick<UPAttribute, 'permissions'> {
  if (random.chance(0.8)) return { permissions: EVERYONE };
  if (random.chance(0.05)) return { permissions: { view: ['admin', 'user'], edit: ['user'] } };
  return random.pick([
    {},
    { permissions: { view: [], edit: ['user', 'admin'] } },
    { permissions: { view: ['admin', 'user'], edit: ['admin'] } },
    { permissions: { view: ['admin'], edit: ['admin'] } },
    { permissions: { view: ['user'], edit: [] } },
    { permissions: { view: ['admin'], edit: ['admin', 'user'] } },
  ]);
}

function requiredOf(random: Random): Pick<UPAttribute, 'required'> {
  if (random.chance(0.55)) return {};
  // The admin API insists on these, whoever is asked: a few of them show what the portal makes of it.
  if (random.chance(0.05)) return random.pick([{ required: { roles: ['admin'] } }, { required: {} }]);
  return random.pick([
    { required: { roles: ['user'] } },
    { required: { roles: ['user'] } },
    { required: { roles: ['admin', 'user'] } },
    { required: { scopes: random.some(SCOPES, 2) } },
    { required: { roles: ['user'], scopes: random.some(SCOPES, 2) } },
  ]);
}

function displayNameOf(random: Random): Pick<UPAttribute, 'displayName'> {
  if (random.chance(0.03)) return { displayName: messageKey('parity.unknown') };
  return random.pick([
    {},
    { displayName: 'Plain label' },
    { displayName: messageKey('parity.label') },
    { displayName: messageKey('parity.quoted') },
    { displayName: messageKey('parity.german') },
  ]);
}

function selectorOf(random: Random, { required }: Pick<UPAttribute, 'required'>): Pick<UPAttribute, 'selector'> {
  // What administrators must fill in can't well be left to some scopes: the admin API insists on it all the same.
  const isInsistedOn = required !== undefined && required.scopes === undefined && !isUserOnly(required.roles);
  return random.chance(isInsistedOn ? 0.03 : 0.2) ? { selector: { scopes: random.some(SCOPES, 2) } } : {};
}

/** @returns whether only users are meant */
function isUserOnly(roles: readonly string[] | undefined): boolean {
  return roles?.length === 1 && roles[0] === 'user';
}

function attributeOf(random: Random, name: string, groups: readonly UPGroup[]): UPAttribute {
  const type = random.chance(0.5) ? undefined : random.pick([...INPUT_TYPES, ...CHOICE_TYPES, ...CHOICE_TYPES]);
  const multivalued = random.chance(type?.startsWith('multiselect') ? 0.9 : 0.2);
  const validations = validationsOf(random, type);
  if (multivalued && random.chance(0.5)) {
    validations.multivalued = {
      ...set('min', random.pick([undefined, undefined, 1, '2'])),
      max: random.pick([2, '3', 10]),
    };
  }
  const [group] = random.some(groups, 1);
  const required = requiredOf(random);
  return {
    name,
    ...displayNameOf(random),
    validations,
    annotations: annotationsOf(random, type),
    ...required,
    ...permissionsOf(random),
    ...selectorOf(random, required),
    ...(group === undefined ? {} : { group: group.name }),
    multivalued,
    ...(random.chance(0.1) ? { defaultValue: random.pick(['red', '42', 'abc', '2024-02-29']) } : {}),
  };
}

function usernameOf(random: Random): UPAttribute {
  const validations: Validations = {
    length: random.pick([{ min: 3, max: 255 }, { min: 1, max: 8 }, { max: 40 }]),
    'username-prohibited-characters': {},
    'up-username-not-idn-homograph': {},
  };
  if (random.chance(0.15)) for (const id of random.some(Object.keys(validations), 2)) delete validations[id];
  return {
    name: 'username',
    displayName: messageKey('username'),
    validations,
    ...(random.chance(0.8) ? { permissions: EVERYONE } : permissionsOf(random)),
  };
}

function emailOf(random: Random): UPAttribute {
  const validations: Validations = { email: VALIDATORS.email?.(random) ?? {}, length: { max: 255 } };
  if (random.chance(0.1)) for (const id of random.some(Object.keys(validations), 2)) delete validations[id];
  return {
    name: 'email',
    displayName: messageKey('email'),
    validations,
    ...random.pick([{ required: { roles: ['user'] } }, { required: { roles: ['user'] } }, requiredOf(random)]),
    permissions: random.chance(0.9) ? EVERYONE : { view: ['admin', 'user'], edit: ['admin'] },
  };
}

function nameOf(random: Random, name: string): UPAttribute {
  return {
    name,
    displayName: messageKey(name),
    validations: {
      length: random.pick([{ max: 255 }, { min: 2, max: 40 }]),
      ...(random.chance(0.8) ? { 'person-name-prohibited-characters': {} } : {}),
    },
    ...random.pick([{ required: { roles: ['user'] } }, requiredOf(random)]),
    ...(random.chance(0.85) ? { permissions: EVERYONE } : permissionsOf(random)),
    ...(random.chance(0.1) ? { annotations: annotationsOf(random, random.pick(['textarea', 'html5-tel'])) } : {}),
    ...(random.chance(0.1) ? { selector: { scopes: random.some(SCOPES, 2) } } : {}),
  };
}

const NAMES = [
  'company',
  'country',
  'phone',
  'tags',
  'site',
  'age',
  'note',
  'dotted.name',
  'dashed-name',
  'UPPER',
  'n1',
  // Names that the pages use themselves, or JavaScript does.
  'scope',
  'client_id',
  'constructor',
  'n2',
];

/** A user profile out of every rule that Keycloak's own has: validators, annotations, permissions, scopes, groups. */
export function generateProfile(random: Random): UPConfig {
  const groups: UPGroup[] = random.some(
    [
      { name: 'zebra', displayHeader: messageKey('parity.header.a') },
      { name: 'alpha' },
      { name: 'mid', displayHeader: 'Literal header', displayDescription: 'With a <b>description</b>' },
      { name: 'beta', displayHeader: messageKey('parity.header.b'), displayDescription: messageKey('parity.quoted') },
    ],
    3,
  );
  const named = random.some(['firstName', 'lastName'], 2).map((name) => nameOf(random, name));
  const others = random.some(NAMES, 4).map((name) => attributeOf(random, name, groups));
  const attributes = [usernameOf(random), emailOf(random), ...named, ...others];
  const policy = random.pick([undefined, undefined, undefined, 'ENABLED', 'ADMIN_EDIT', 'ADMIN_VIEW'] as const);
  return {
    attributes: random.chance(0.3) ? attributes.toReversed() : attributes,
    groups,
    ...(policy === undefined ? {} : { unmanagedAttributePolicy: policy }),
  };
}
