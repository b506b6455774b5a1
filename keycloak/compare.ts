function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Tells whether what Keycloak holds already says all that is wanted. Keycloak answers with more than it was given
 * (defaults, ids), so further keys are no difference.
 * @param current what Keycloak answered
 * @param wanted the part that matters; lists must be equal in length and order
 */
export function covers(current: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(current) &&
      current.length === wanted.length &&
      wanted.every((item, index) => covers(current[index], item))
    );
  }
  if (isRecord(wanted)) {
    return isRecord(current) && Object.entries(wanted).every(([key, value]) => covers(current[key], value));
  }
  return current === wanted;
}

/**
 * The top-level keys of `wanted` that `current` does not say yet.
 * @returns the part of `wanted` to send; empty when nothing differs
 */
export function differences<T extends object>(current: object, wanted: T): Partial<T> {
  const held = new Map<string, unknown>(Object.entries(current));
  const changed = Object.entries(wanted).filter(([key, value]) => !covers(held.get(key), value));
  return Object.fromEntries(changed) as Partial<T>;
}

/**
 * Adds what is missing and keeps what is there, in its order.
 * @returns `current` first, then the members of `wanted` that it lacks
 */
export function union(current: readonly string[], wanted: readonly string[]): string[] {
  return [...new Set([...current, ...wanted])];
}
