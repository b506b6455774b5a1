import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { type ChangeLog, change, SetUpError } from './change-log';
import { decideTexts, type LocaleTexts } from './texts';

/** One request for a whole locale (`RealmLocalizationResource.createOrUpdateRealmLocalizationTexts`); the admin client only has one per key. */
async function putTexts(
  admin: KeycloakAdminClient,
  realm: string,
  locale: string,
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  const answer = await fetch(`${admin.baseUrl}/admin/realms/${encodeURIComponent(realm)}/localization/${locale}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await admin.getAccessToken()}`, 'content-type': 'application/json' },
    body: JSON.stringify(texts),
  });
  if (!answer.ok) throw new SetUpError(`Keycloak answered ${answer.status}: ${await answer.text()}`);
}

/**
 * Sets realm localization texts, locale by locale, and keeps an operator's own words.
 * @param what what the texts are for, in the line that a person reads
 * @param all our texts by locale
 */
export async function setUpTexts(
  admin: KeycloakAdminClient,
  realm: string,
  what: string,
  all: Readonly<Record<string, LocaleTexts>>,
  log: ChangeLog,
): Promise<void> {
  for (const [locale, ours] of Object.entries(all)) {
    const current = await admin.realms.getRealmLocalizationTexts({ realm, selectedLocale: locale });
    const { set, kept } = decideTexts(current, ours);
    const count = Object.keys(set).length;
    if (count > 0) {
      await change(log, `word ${what} in ${locale} (${count} texts)`, () => putTexts(admin, realm, locale, set));
    }
    if (kept.length > 0) log.notes.push(`kept the realm's own words in ${locale} for ${kept.join(', ')}`);
  }
}
