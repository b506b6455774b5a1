import { isWhitespace, parseDouble, parseLong } from './java-text';

/** The settings of a rule: a validator's configuration as the realm holds it. */
export type RuleConfig = Readonly<Record<string, unknown>>;

/** `ValidatorConfig.getLong`: a number is cut to a whole one, a text is parsed; null when unset or not a number. */
export function longOf(value: unknown): bigint | null {
  if (typeof value === 'number') return BigInt(Math.trunc(value));
  return typeof value === 'string' ? parseLong(value) : null;
}

/** `ValidatorConfig.getDouble`; null when unset or not a number. */
export function doubleOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? parseDouble(value) : null;
}

/** {@link longOf} as a plain number, for lengths, counts and message parameters. */
export function numberOf(value: unknown): number | null {
  const long = longOf(value);
  return long === null ? null : Number(long);
}

/** `ValidatorConfig.getBooleanOrDefault`: the text `true` in any case counts, other texts are false. */
export function booleanOf(value: unknown, fallback: boolean): boolean {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' ? value.toLowerCase() === 'true' : fallback;
}

/** `ValidatorConfig.getStringOrDefault`: a blank text counts as unset (keycloak#26750). */
export function textOf(value: unknown, fallback: string): string {
  return typeof value === 'string' && !isWhitespace(value) ? value : fallback;
}

/** The texts of a list; undefined when the value is not a list. */
export function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}
