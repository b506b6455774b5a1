import { deriveForm } from './form-model';
import { matchPattern } from './pattern';
import type { RuleContext } from './rules';
import type { Field, FormModel, FormRequest, RealmSettings, UPAttribute, UPConfig, UPGroup } from './types';

/** A text of the realm that is a message key. */
export function messageKey(key: string): string {
  return `\${${key}}`;
}

/** A realm as Keycloak makes it, with mail and two languages. */
export const REALM: RealmSettings = {
  registrationEmailAsUsername: false,
  loginWithEmailAllowed: true,
  duplicateEmailsAllowed: false,
  internationalizationEnabled: true,
  passwordPolicy: '',
  smtpConfigured: true,
  smtpAllowsUtf8: true,
};

export const REQUEST: FormRequest = { scopes: ['openid', 'profile', 'email'], withPassword: false };

export const CONTEXT: RuleContext = { locale: 'en', matches: matchPattern };

export const EVERYONE = { view: ['admin', 'user'], edit: ['admin', 'user'] };

/** `keycloak-default-user-profile.json` of 26.7.3. */
export const DEFAULT_ATTRIBUTES = {
  username: {
    name: 'username',
    displayName: messageKey('username'),
    permissions: EVERYONE,
    validations: {
      length: { min: 3, max: 255 },
      'username-prohibited-characters': {},
      'up-username-not-idn-homograph': {},
    },
  },
  email: {
    name: 'email',
    displayName: messageKey('email'),
    required: { roles: ['user'] },
    permissions: EVERYONE,
    validations: { email: {}, length: { max: 255 } },
  },
  firstName: {
    name: 'firstName',
    displayName: messageKey('firstName'),
    required: { roles: ['user'] },
    permissions: EVERYONE,
    validations: { length: { max: 255 }, 'person-name-prohibited-characters': {} },
  },
  lastName: {
    name: 'lastName',
    displayName: messageKey('lastName'),
    required: { roles: ['user'] },
    permissions: EVERYONE,
    validations: { length: { max: 255 }, 'person-name-prohibited-characters': {} },
  },
} satisfies Record<string, UPAttribute>;

export const DEFAULT_PROFILE: UPConfig = {
  attributes: Object.values(DEFAULT_ATTRIBUTES),
  groups: [
    {
      name: 'user-metadata',
      displayHeader: 'User metadata',
      displayDescription: 'Attributes, which refer to user metadata',
    },
  ],
};

/** The default profile with more attributes, or with others in place of its own. */
export function profileWith(attributes: readonly UPAttribute[], groups: readonly UPGroup[] = []): UPConfig {
  const replaced = new Set(attributes.map((attribute) => attribute.name));
  const kept = Object.values(DEFAULT_ATTRIBUTES).filter((attribute) => !replaced.has(attribute.name));
  return { attributes: [...kept, ...attributes], groups };
}

/** The form of {@link profileWith}. */
export function formWith(
  attributes: readonly UPAttribute[],
  realm: Partial<RealmSettings> = {},
  request: Partial<FormRequest> = {},
): FormModel {
  return deriveForm(profileWith(attributes), { ...REALM, ...realm }, { ...REQUEST, ...request });
}

/** A field by name; undefined when the form does not ask for it. */
export function fieldIn(model: FormModel, name: string): Field | undefined {
  return model.groups.flatMap((group) => group.fields).find((field) => field.name === name);
}

/** The field of one custom attribute that everyone may edit. */
export function fieldFor(attribute: Partial<UPAttribute>): Field {
  const model = formWith([{ name: 'custom', permissions: EVERYONE, ...attribute }]);
  const field = fieldIn(model, attribute.name ?? 'custom');
  if (field === undefined) throw new Error('The attribute is not on the form');
  return field;
}

/** Values that the default profile accepts. */
export const ANN = {
  username: ['ann'],
  email: ['ann@example.com'],
  firstName: ['Ann'],
  lastName: ['Lee'],
} as const;
