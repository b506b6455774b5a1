import { isWhitespace } from './java-text';
import { type Field, type FormModel, type FormValues, PASSWORD_FIELDS } from './types';
import { dropsBlanks, valuesOf } from './validate';

/** More values than this of one field are not read; no honest form posts them. */
const MAX_VALUES = 256;

/** The part of `POST /admin/realms/{realm}/users` that comes from the form (Keycloak `UserRepresentation`). */
export interface UserFields {
  readonly username?: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

function fieldsOf(model: FormModel): Field[] {
  return model.groups.flatMap((group) => [...group.fields]);
}

/**
 * Reads what a form posted and keeps only what the form asks for: a CAPTCHA's token, a hidden trap or an attribute made
 * up by the sender never gets further. Values are kept as they are, blanks too: an empty text is not an absent one.
 *
 * @param entries for example a `FormData`; files and other non-texts are ignored
 * @returns the values by field; fields without an entry are absent. With a password on the form also `password` and
 *   `password-confirm`
 */
export function readValues(model: FormModel, entries: Iterable<readonly [string, unknown]>): FormValues {
  const names = new Set(fieldsOf(model).map((field) => field.name));
  if (model.password !== undefined) for (const name of PASSWORD_FIELDS) names.add(name);
  const values = new Map<string, string[]>();
  for (const [name, value] of entries) {
    const read = values.get(name) ?? [];
    if (!names.has(name) || typeof value !== 'string' || read.length >= MAX_VALUES) continue;
    values.set(name, [...read, value]);
  }
  return Object.fromEntries(values);
}

/**
 * The values as they will be when they are posted: HTML makes every line break of a textarea CR LF, while a script that
 * reads the page gets LF. Both must count alike.
 *
 * @param values what `readValues` read in the browser
 */
export function asPosted(model: FormModel, values: FormValues): FormValues {
  const textareas = new Set(
    fieldsOf(model)
      .filter((field) => field.control.kind === 'textarea')
      .map((field) => field.name),
  );
  return Object.fromEntries(
    Object.entries(values).map(([name, texts]) => [
      name,
      textareas.has(name) ? texts.map((text) => text.replace(/\r\n|\r|\n/g, '\r\n')) : texts,
    ]),
  );
}

/**
 * What is sent of a field: what was posted, blanks too, since Keycloak has rules about those before it drops them, and fills
 * in the default of whatever is missing. Only blanks that nobody meant are left out; where nothing else is left of a field
 * with a default, one blank says that it was emptied.
 */
function sentValues(field: Field, posted: readonly string[]): readonly string[] {
  if (!dropsBlanks(field)) return posted;
  const kept = posted.filter((value) => !isWhitespace(value));
  return kept.length === 0 && posted.length > 0 && field.defaultValue !== undefined ? [''] : kept;
}

/**
 * The user as it goes into `POST /admin/realms/{realm}/users`. Lower-casing of username and e-mail is left to Keycloak;
 * with e-mail as username there is no `username` in it. Credentials, `enabled` and groups are the caller's.
 *
 * @param values values that passed `validate`
 * @param locale the language of the page; undefined where the realm has no internationalization (Keycloak would drop it)
 */
export function toRepresentation(model: FormModel, values: FormValues, locale: string | undefined): UserFields {
  const root: { username?: string; email?: string; firstName?: string; lastName?: string } = {};
  const attributes = new Map<string, readonly string[]>();
  for (const field of fieldsOf(model)) {
    const sent = sentValues(field, valuesOf(values, field.name));
    const [first] = sent;
    if (first === undefined) continue;
    switch (field.name) {
      case 'username':
      case 'email':
      case 'firstName':
      case 'lastName':
        // A name that was left empty is none.
        if (first !== '') root[field.name] = first;
        break;
      default:
        attributes.set(field.name, sent);
    }
  }
  if (locale !== undefined) attributes.set('locale', [locale]);
  return { ...root, attributes: Object.fromEntries(attributes) };
}
