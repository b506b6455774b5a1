/** A catalogue of `messages/`, or a part of one. */
export interface Catalogue {
  readonly [key: string]: string | Catalogue;
}

/**
 * A catalogue as pairs of a key with dots, such as `signUp.title`, and its message.
 * @param catalogue the whole, or a part
 * @param prefix what the keys begin with
 */
export function flatten(catalogue: Catalogue, prefix = ''): [key: string, message: string][] {
  return Object.entries(catalogue).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

/**
 * A catalogue with other words for some of its messages.
 * @param catalogue stays as it is
 * @param texts by key with dots; keys that the catalogue doesn't have are left out
 */
export function reworded(catalogue: Catalogue, texts: Readonly<Record<string, string>>, prefix = ''): Catalogue {
  const entries = Object.entries(catalogue).map(([key, value]) => {
    const path = prefix + key;
    if (typeof value !== 'string') return [key, reworded(value, texts, `${path}.`)];
    return [key, Object.hasOwn(texts, path) ? texts[path] : value];
  });
  return Object.fromEntries(entries);
}
