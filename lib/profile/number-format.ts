import type { FormModel } from './types';

/** A place in a template: `{n}` stands for n digits. */
const PLACE = /\{(\d+)\}/g;

/**
 * Puts the digits of a text into a template, as the script of Keycloak's login theme does (`formatNumber` in `common.js`
 * of the theme `base`, 26.7), in its oddities too: the value that is posted must be the one that Keycloak's page posts.
 *
 * @param text what was typed; everything but the digits 0 to 9 is left out. Digits that the template itself shows count
 *   as typed when the result is read again
 * @param template for example `({2}) {5}-{4}`
 * @returns the filled template; digits too many are dropped. The text as it is while digits are missing, so that it can be
 *   typed and deleted at will. Nothing when the text has no digit or the template no place for one
 */
export function formatNumber(text: string, template: string): string {
  const digits = text.replace(/\D/g, '');
  if (digits === '' || template.search(PLACE) < 0) return '';
  let used = 0;
  const filled = template.replace(PLACE, (_, count: string) => {
    const start = used;
    used += Number(count);
    return digits.slice(start, used);
  });
  return used > digits.length ? text : filled;
}

/**
 * Where the caret belongs in a text that was just formatted. Keycloak's script lets it jump to the end; here it stays
 * behind the digits that it stood behind.
 *
 * @param before what stood before the caret when the text was typed
 * @param formatted what {@link formatNumber} made of the whole
 * @param forward whether what stands behind the caret was deleted: it then passes over what the template puts back, or
 *   the next digit would never be reached
 * @returns the offset of the caret in `formatted`
 */
export function caretIn(formatted: string, before: string, forward: boolean): number {
  const count = before.replace(/\D/g, '').length;
  const passed = new RegExp(`^(?:\\D*\\d){0,${count}}${forward ? '\\D*' : ''}`);
  return formatted.length - formatted.replace(passed, '').length;
}

/**
 * Turns typed values back into what the realm wants to store (annotation `kcNumberUnFormat`, Keycloak's
 * `kcNumberUnFormat.js`): the browser runs it before it judges and before it posts. Keycloak's pages carry the annotation
 * on inputs only, so other controls keep their values.
 *
 * @param entries for example a `FormData`
 * @returns every entry in its order, with the values of such fields put into their template
 */
export function unformatted<Value>(
  model: FormModel,
  entries: Iterable<readonly [string, Value]>,
): (readonly [string, Value | string])[] {
  const templates = new Map(
    model.groups.flatMap(({ fields }) =>
      fields.map(({ name, control, data }) => [name, control.kind === 'input' ? data?.kcNumberUnFormat : undefined]),
    ),
  );
  return Array.from(entries, ([name, value]) => {
    const template = templates.get(name);
    return [name, template && typeof value === 'string' ? formatNumber(value, template) : value];
  });
}
