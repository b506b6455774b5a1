import 'server-only';
import { z } from 'zod';
import { log } from '@/lib/telemetry/log';
import { type Answer, callAdmin, LOOK } from './admin';

/** A way to sign in with an account that somebody has elsewhere, as the realm's own sign-in page offers it. */
export interface IdentityProvider {
  /** What `kc_idp_hint` names it by. */
  readonly alias: string;
  /** Keycloak's id of the kind: `google`, `saml`, `oidc`, … */
  readonly providerId: string;
  /** What the operator calls it; may be a message key such as `${key}`. */
  readonly displayName?: string;
}

const representations = z.array(
  z.object({
    alias: z.string(),
    providerId: z.string().default(''),
    displayName: z.string().nullish(),
    enabled: z.boolean().default(true),
    hideOnLogin: z.boolean().nullish(),
    linkOnly: z.boolean().nullish(),
    organizationId: z.string().nullish(),
    config: z.object({ guiOrder: z.string().nullish() }).default({}),
  }),
);

/** `OrderedModelComparator`: whoever has no order, or none that Java reads as an int, comes last. */
const LAST = 10_000;

function place(guiOrder: string | null | undefined): number {
  return /^[+-]?\d{1,9}$/.test(guiOrder ?? '') ? Number(guiOrder) : LAST;
}

/**
 * Which providers Keycloak's sign-in page would show, in its order (`IdentityProviderStorageProvider.LoginFilter`,
 * `IdentityProviderBean`): enabled, not for linking alone, not hidden, of the realm and not of an organization.
 * @param body answer of `GET identity-provider/instances`
 * @throws ZodError for anything else than that
 */
export function offeredProviders(body: unknown): readonly IdentityProvider[] {
  return representations
    .parse(body)
    .filter((one) => one.enabled && !one.hideOnLogin && !one.linkOnly && !one.organizationId)
    .sort((one, other) => place(one.config.guiOrder) - place(other.config.guiOrder))
    .map(({ alias, providerId, displayName }) => ({ alias, providerId, ...(displayName ? { displayName } : {}) }));
}

const LACKS_ROLE = {
  why: 'the service account lacks the role view-identity-providers',
  mend: 'if the sign-up page is to offer them: npm run keycloak:setup -- --identity-providers',
};

/**
 * Reads the providers that the sign-up page offers. Where the service account may not list them, which only those portals
 * need that offer some, and where Keycloak refuses, there are none: a page without them is better than no page. The log
 * says so when that is first met.
 * @returns to be called at each renewal
 */
export function providerReader(): () => Promise<Answer<readonly IdentityProvider[]>> {
  let said: string | undefined;
  return async () => {
    const answer = await callAdmin(
      (client) =>
        // Other types sign clients in, not people (`IdentityProviderQuery.userAuthentication`).
        client.identityProviders.find({ realmOnly: true, type: 'USER_AUTHENTICATION' }),
      LOOK,
    );
    if (answer.status === 'unavailable') return answer;
    if (answer.status === 'ok') {
      said = undefined;
      return { status: 'ok', value: offeredProviders(answer.value) };
    }
    const isForbidden = answer.http === 403;
    const facts = isForbidden ? LACKS_ROLE : { why: `HTTP ${answer.http}` };
    if (facts.why !== said) log(isForbidden ? 'info' : 'warn', 'identity-providers.not-offered', facts);
    said = facts.why;
    return { status: 'ok', value: [] };
  };
}
