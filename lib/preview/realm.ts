import type { FormValues, RealmSettings, UPAttribute, UPConfig } from '@/lib/profile/types';

/** The texts of the made-up realm: keys of `preview.made`. */
export const REALM_TEXTS = [
  'group',
  'groupText',
  'club',
  'clubText',
  'country',
  'countryDE',
  'countryIE',
  'countryOM',
  'phone',
  'phoneHelp',
  'phoneWrong',
  'birthday',
  'boat',
  'boatSail',
  'boatMotor',
  'boatNone',
  'length',
  'lengthHelp',
  'website',
  'ports',
  'portsHelp',
  'interests',
  'interestsRope',
  'interestsPaint',
  'interestsSafety',
  'notes',
  'notesHelp',
] as const;

/** How the realm names a text of its own. */
const key = (name: (typeof REALM_TEXTS)[number] | 'username' | 'email' | 'firstName' | 'lastName') => `\${${name}}`;

const EVERYONE = { view: ['admin', 'user'], edit: ['admin', 'user'] };
const REQUIRED = { roles: ['user'] };

const own = (attribute: Omit<UPAttribute, 'permissions'>): UPAttribute => ({ permissions: EVERYONE, ...attribute });

/** A user profile with every kind of field, that no realm has. */
export const PREVIEW_PROFILE: UPConfig = {
  groups: [
    { name: 'about', displayHeader: key('group'), displayDescription: key('groupText') },
    { name: 'club', displayHeader: key('club'), displayDescription: key('clubText') },
  ],
  attributes: [
    own({
      name: 'username',
      displayName: key('username'),
      validations: { length: { min: 3, max: 40 }, 'username-prohibited-characters': {} },
    }),
    own({
      name: 'email',
      displayName: key('email'),
      validations: { email: {}, length: { max: 255 } },
      required: REQUIRED,
    }),
    own({
      name: 'firstName',
      displayName: key('firstName'),
      validations: { length: { max: 255 } },
      required: REQUIRED,
    }),
    own({ name: 'lastName', displayName: key('lastName'), validations: { length: { max: 255 } }, required: REQUIRED }),
    own({
      name: 'country',
      displayName: key('country'),
      group: 'about',
      required: REQUIRED,
      validations: { options: { options: ['DE', 'IE', 'OM'] } },
      annotations: {
        inputType: 'select',
        inputOptionLabels: { DE: key('countryDE'), IE: key('countryIE'), OM: key('countryOM') },
      },
    }),
    own({
      name: 'phone',
      displayName: key('phone'),
      group: 'about',
      validations: { pattern: { pattern: '^\\+?[0-9 ]{6,20}$', 'error-message': key('phoneWrong') } },
      annotations: {
        inputType: 'html5-tel',
        inputTypePlaceholder: '+353 1 555 0142',
        inputHelperTextAfter: key('phoneHelp'),
      },
    }),
    own({
      name: 'birthday',
      displayName: key('birthday'),
      group: 'about',
      validations: { 'iso-date': {} },
      annotations: { inputType: 'html5-date' },
    }),
    own({
      name: 'website',
      displayName: key('website'),
      group: 'about',
      validations: { uri: {} },
      annotations: { inputType: 'html5-url', inputTypePlaceholder: 'https://www.example.com' },
    }),
    own({
      name: 'boat',
      displayName: key('boat'),
      group: 'club',
      required: REQUIRED,
      validations: { options: { options: ['sail', 'motor', 'none'] } },
      annotations: {
        inputType: 'select-radiobuttons',
        inputOptionLabels: { sail: key('boatSail'), motor: key('boatMotor'), none: key('boatNone') },
      },
    }),
    own({
      name: 'length',
      displayName: key('length'),
      group: 'club',
      validations: { integer: { min: 2, max: 60 } },
      annotations: { inputType: 'html5-number', inputHelperTextBefore: key('lengthHelp') },
    }),
    own({
      name: 'ports',
      displayName: key('ports'),
      group: 'club',
      multivalued: true,
      validations: { multivalued: { max: '3' }, length: { min: 2, max: 60 } },
      annotations: { inputHelperTextAfter: key('portsHelp') },
    }),
    own({
      name: 'interests',
      displayName: key('interests'),
      group: 'club',
      multivalued: true,
      required: REQUIRED,
      validations: { options: { options: ['rope', 'paint', 'safety'] } },
      annotations: {
        inputType: 'multiselect-checkboxes',
        inputOptionLabels: {
          rope: key('interestsRope'),
          paint: key('interestsPaint'),
          safety: key('interestsSafety'),
        },
      },
    }),
    own({
      name: 'notes',
      displayName: key('notes'),
      group: 'club',
      validations: { length: { min: 10, max: 300 } },
      annotations: { inputType: 'textarea', inputTypeRows: 3, inputHelperTextAfter: key('notesHelp') },
    }),
  ],
};

export const PREVIEW_SETTINGS: RealmSettings = {
  registrationEmailAsUsername: false,
  loginWithEmailAllowed: true,
  duplicateEmailsAllowed: false,
  internationalizationEnabled: true,
  passwordPolicy: 'length(10) and digits(1) and upperCase(1) and lowerCase(1) and notUsername(undefined)',
  smtpConfigured: true,
  smtpAllowsUtf8: true,
};

/** Somebody who has filled the form in. */
export const GOOD_VALUES: FormValues = {
  username: ['ada'],
  email: ['ada@example.com'],
  firstName: ['Ada'],
  lastName: ['Harbour'],
  country: ['IE'],
  phone: ['+353 1 555 0142'],
  birthday: ['1990-12-10'],
  website: ['https://www.example.com'],
  boat: ['sail'],
  length: ['11'],
  ports: ['Howth', 'Kinsale'],
  interests: ['rope', 'safety'],
};

/** Somebody who has got every field wrong. */
export const BAD_VALUES: FormValues = {
  username: ['a'],
  email: ['ada.example.com'],
  firstName: [''],
  lastName: [''],
  country: [''],
  phone: ['none'],
  birthday: ['1990-02-31'],
  website: ['example'],
  boat: [],
  length: ['900'],
  ports: ['H'],
  interests: [],
  notes: ['?'],
};
