import type { UPConfig } from '@/lib/profile/types';

/** The attribute that holds which terms somebody accepted, a line of JSON for each acceptance. */
export const TERMS_ATTRIBUTE = 'vestibule_terms';

/** The same for what somebody agreed to of their own accord. */
export const MARKETING_ATTRIBUTE = 'vestibule_marketing';

/**
 * Whether Keycloak keeps an attribute that the portal writes through the admin API (`DeclarativeUserProfileProvider`,
 * context `USER_API`): what the user profile does not know, or administrators may not edit, is dropped without a word.
 * @param profile the raw configuration
 * @param name of the attribute
 */
export function keepsAttribute(profile: UPConfig, name: string): boolean {
  const attribute = profile.attributes?.find((one) => one.name === name);
  if (attribute !== undefined) return attribute.permissions?.edit?.includes('admin') ?? false;
  return ['ENABLED', 'ADMIN_EDIT'].includes(profile.unmanagedAttributePolicy ?? '');
}
