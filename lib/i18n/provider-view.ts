import 'server-only';
import type { IdentityProvider } from '@/lib/keycloak/identity-providers';
import { realmTexts } from '@/lib/keycloak/texts';
import { realmTextKey, resolveRealmText } from '@/lib/profile/message-format';

/** An identity provider as the page shows it. */
export interface ProviderView {
  readonly alias: string;
  readonly name: string;
  /** Keycloak's id of the kind, for the icon. */
  readonly kind: string;
}

/** What Keycloak calls its social providers where the operator has no name for them (`SocialIdentityProviderFactory`). */
const SOCIAL: Readonly<Record<string, string>> = {
  bitbucket: 'BitBucket',
  facebook: 'Facebook',
  github: 'GitHub',
  gitlab: 'GitLab',
  google: 'Google',
  instagram: 'Instagram',
  'linkedin-openid-connect': 'LinkedIn',
  microsoft: 'Microsoft',
  'openshift-v4': 'OpenShift',
  paypal: 'PayPal',
  stackoverflow: 'Stack Overflow',
  twitter: 'X',
};

/**
 * The names of providers in one language, chosen as Keycloak chooses them (`getIdentityProviderDisplayName`): the
 * operator's, else the social network's, else the alias.
 * @param providers in the order of the page
 * @param locale one of the portal's languages
 */
export async function providerViews(
  providers: readonly IdentityProvider[],
  locale: string,
): Promise<readonly ProviderView[]> {
  if (providers.length === 0) return [];
  const texts = await realmTexts(locale);
  const lookup = (key: string) => texts.realm.get(key) ?? texts.theme.get(key);
  return providers.map(({ alias, providerId, displayName }) => {
    const fallback = SOCIAL[providerId] ?? alias;
    const key = displayName === undefined ? undefined : realmTextKey(displayName);
    const isUnknown = displayName === undefined || (key !== undefined && lookup(key) === undefined);
    return { alias, kind: providerId, name: isUnknown ? fallback : resolveRealmText(displayName, lookup) || fallback };
  });
}
