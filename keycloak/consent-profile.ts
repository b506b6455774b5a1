import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type { UserProfileConfig } from '@keycloak/keycloak-admin-client/lib/defs/userProfileMetadata.js';
import { MARKETING_ATTRIBUTE, TERMS_ATTRIBUTE } from '../lib/consent-attributes';
import { type ChangeLog, change } from './change-log';
import { covers } from './compare';

/** The group that holds the evidence in Keycloak's administration console. It shows on no form, having no field there. */
const CONSENT_GROUP = {
  name: 'vestibule-consent',
  displayHeader: 'Consent',
  displayDescription: 'Written by the portal',
};

const ADMINISTRATORS_ALONE = { view: ['admin'], edit: ['admin'] };

const CONSENT_ATTRIBUTES = [
  { name: TERMS_ATTRIBUTE, displayName: 'Accepted terms' },
  { name: MARKETING_ATTRIBUTE, displayName: 'Agreed to' },
].map((attribute) => ({
  ...attribute,
  group: CONSENT_GROUP.name,
  multivalued: true,
  permissions: ADMINISTRATORS_ALONE,
}));

/**
 * A user profile that keeps the evidence of consent: in attributes that nobody but administrators, and the portal, can see
 * or change. Attributes that are not declared Keycloak drops.
 * @param profile as Keycloak has it
 * @returns the whole profile to send; undefined where it keeps the evidence already
 */
export function withConsent(profile: UserProfileConfig): UserProfileConfig | undefined {
  const { attributes = [], groups = [] } = profile;
  const missing = CONSENT_ATTRIBUTES.filter(
    (wanted) => !attributes.some((held) => held.name === wanted.name && covers(held.permissions, wanted.permissions)),
  );
  if (missing.length === 0) return undefined;
  const isOurs = (name: string | undefined) => missing.some((one) => one.name === name);
  const hasGroup = groups.some(({ name }) => name === CONSENT_GROUP.name);
  return {
    ...profile,
    groups: hasGroup ? groups : [...groups, CONSENT_GROUP],
    attributes: [...attributes.filter(({ name }) => !isOurs(name)), ...missing],
  };
}

/** Has the realm keep the evidence of consent. */
export async function setUpConsent(admin: KeycloakAdminClient, realm: string, log: ChangeLog): Promise<void> {
  const wanted = withConsent(await admin.users.getProfile({ realm }));
  if (wanted === undefined) return;
  const names = CONSENT_ATTRIBUTES.map(({ name }) => name).join(', ');
  await change(log, `keep evidence of consent in the user profile (${names}, for administrators alone)`, () =>
    admin.users.updateProfile({ ...wanted, realm }),
  );
}
