import ar from './texts/ar.json' with { type: 'json' };
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };

/** Our wording for one locale. `earlier` holds what former releases set, so that they can be replaced. */
export interface LocaleTexts {
  readonly texts: Readonly<Record<string, string>>;
  readonly earlier: Readonly<Record<string, readonly string[]>>;
}

/** Texts of the verification mail and of Keycloak's own pages behind its link, per locale of the portal. */
export const portalTexts: Readonly<Record<string, LocaleTexts>> = { en, de, ar };

/** Languages of the portal. */
export const portalLocales: readonly string[] = Object.keys(portalTexts);

/** What to do with one locale's texts. */
export interface TextDecision {
  /** Keys to set, with our wording. */
  readonly set: Readonly<Record<string, string>>;
  /** Keys that the operator worded differently; they stay. */
  readonly kept: readonly string[];
}

/**
 * Decides which texts to set. A text that is neither ours nor a former wording of ours is the operator's and stays.
 * @param current the realm's localization texts of that locale
 */
export function decideTexts(current: Readonly<Record<string, string>>, ours: LocaleTexts): TextDecision {
  const set: Record<string, string> = {};
  const kept: string[] = [];
  for (const [key, text] of Object.entries(ours.texts)) {
    const held = current[key];
    if (held === text) continue;
    if (held === undefined || ours.earlier[key]?.includes(held)) set[key] = text;
    else kept.push(key);
  }
  return { set, kept };
}
