/**
 * The shapes of the profile engine. Everything here is plain JSON: a form model can be cached on the server and sent to
 * the browser as it is.
 */

/** `permissions.view` / `permissions.edit` and `required.roles` know only these two (Keycloak `UPConfigUtils`). */
export type ProfileRole = 'user' | 'admin';

/** One attribute of the user profile (Keycloak `UPAttribute`). */
export interface UPAttribute {
  readonly name: string;
  readonly displayName?: string;
  readonly validations?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly required?: { readonly roles?: readonly string[]; readonly scopes?: readonly string[] };
  readonly permissions?: { readonly view?: readonly string[]; readonly edit?: readonly string[] };
  readonly selector?: { readonly scopes?: readonly string[] };
  readonly group?: string;
  readonly multivalued?: boolean;
  readonly defaultValue?: string;
}

/** One group of attributes (Keycloak `UPGroup`). */
export interface UPGroup {
  readonly name: string;
  readonly displayHeader?: string;
  readonly displayDescription?: string;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

/** The answer of `GET /admin/realms/{realm}/users/profile` (Keycloak `UPConfig`). */
export interface UPConfig {
  readonly attributes?: readonly UPAttribute[];
  readonly groups?: readonly UPGroup[];
  readonly unmanagedAttributePolicy?: 'ENABLED' | 'ADMIN_VIEW' | 'ADMIN_EDIT';
}

/** The realm switches that decide about fields and rules (names as in Keycloak's `RealmRepresentation`). */
export interface RealmSettings {
  readonly registrationEmailAsUsername: boolean;
  readonly loginWithEmailAllowed: boolean;
  readonly duplicateEmailsAllowed: boolean;
  readonly internationalizationEnabled: boolean;
  /** For example `length(8) and notUsername(undefined)`; empty when the realm has no policy. */
  readonly passwordPolicy: string;
  /** `smtpServer` is not empty. */
  readonly smtpConfigured: boolean;
  /** `smtpServer.allowutf8` is `true`: non-ASCII local parts can be mailed to. */
  readonly smtpAllowsUtf8: boolean;
}

/** Who asks: the scopes that decide about selectors and scope-based requirements, and where the password is set. */
export interface FormRequest {
  /** The client's default scopes and those of its optional scopes that were requested. */
  readonly scopes: readonly string[];
  /** True where the visitor chooses a password on the form (`form` mode). */
  readonly withPassword: boolean;
}

/**
 * A text as the realm gives it: a literal, or exactly `${key}` for a message key (Keycloak
 * `AdvancedMessageFormatterMethod`). Resolved for a locale before it is shown.
 */
export type RealmText = string;

export interface FieldOption {
  readonly value: string;
  readonly label: RealmText;
}

/** How a field is shown; the annotation `inputType` decides (Keycloak `user-profile-commons.ftl`). */
export type Control =
  /** `type` is an HTML input type: text, email, tel, url, number, range, date, month, time, datetime-local, password... */
  | { readonly kind: 'input'; readonly type: string }
  | { readonly kind: 'textarea'; readonly cols?: number; readonly rows?: number }
  | { readonly kind: 'select'; readonly options: readonly FieldOption[]; readonly size?: number }
  | { readonly kind: 'multiselect'; readonly options: readonly FieldOption[]; readonly size?: number }
  | { readonly kind: 'radiobuttons'; readonly options: readonly FieldOption[] }
  | { readonly kind: 'checkboxes'; readonly options: readonly FieldOption[] };

/** Hints that become HTML attributes of the control; they never decide, the rules do. */
export interface ControlHints {
  readonly pattern?: string;
  readonly size?: number;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly min?: string;
  readonly max?: string;
  readonly step?: string;
}

/** Annotations for scripts, as texts; the page prints each as an attribute `data-<name>` (Keycloak `html5DataAnnotations`). */
export type AnnotationData = Readonly<Record<string, string>>;

/** A rule with its settings as data. `id` is Keycloak's validator id; see `rules.ts` for what each one accepts. */
export interface Rule {
  readonly id: string;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface Field {
  /** The attribute's name; also the name of the form control. */
  readonly name: string;
  readonly label: RealmText;
  readonly control: Control;
  readonly required: boolean;
  readonly multivalued: boolean;
  /** Least and greatest number of values of a multivalued field. */
  readonly values: { readonly min: number; readonly max: number | null };
  readonly defaultValue?: string;
  readonly autocomplete?: string;
  readonly placeholder?: RealmText;
  /** Texts above and below the control; sanitized markup is allowed in them. */
  readonly helperTextBefore?: RealmText;
  readonly helperTextAfter?: RealmText;
  readonly hints: ControlHints;
  /** The annotations that start with `kc`, its group's too, by name; absent when there is none. */
  readonly data?: AnnotationData;
  readonly rules: readonly Rule[];
}

export interface FieldGroup {
  /** Empty for the attributes without a group. */
  readonly name: string;
  readonly header?: RealmText;
  readonly description?: RealmText;
  /** The annotations that start with `kc`, by name; absent when there is none. */
  readonly data?: AnnotationData;
  readonly fields: readonly Field[];
}

/** The whole form in the order in which it is shown. */
export interface FormModel {
  readonly groups: readonly FieldGroup[];
  readonly emailAsUsername: boolean;
  /** Present in `form` mode: the policies to hold, and the name of the field after which the password is asked for. */
  readonly password?: { readonly after: string; readonly policies: readonly PasswordPolicy[] };
}

/** One item of the realm's password policy with its value (Keycloak `PasswordPolicy`). */
export interface PasswordPolicy {
  readonly id: string;
  /** Number or text by kind; null for policies without a value. */
  readonly value: number | string | null;
}

/** What was typed: every field as a list of strings, as a browser posts it. Unknown names are ignored. */
export type FormValues = Readonly<Record<string, readonly string[]>>;

/**
 * One broken rule. `code` is Keycloak's message key (`error-invalid-length`, `invalidPasswordMinLengthMessage`...),
 * `params` are Keycloak's message parameters without the leading attribute name.
 */
export interface Violation {
  readonly field: string;
  readonly code: string;
  readonly params: readonly (string | number | null)[];
}

/**
 * Judges a Java regular expression over the whole value. `undefined` means that this engine cannot judge the pattern:
 * the value is then left to Keycloak, whose answer is mapped back to the field.
 */
export type PatternMatcher = (javaPattern: string, value: string) => boolean | undefined;

/** The names of the two password controls on the form; Keycloak's hosted page uses the same. */
export const PASSWORD_FIELD = 'password';
export const PASSWORD_CONFIRM_FIELD = 'password-confirm';
export const PASSWORD_FIELDS: readonly string[] = [PASSWORD_FIELD, PASSWORD_CONFIRM_FIELD];
