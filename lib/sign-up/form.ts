import 'server-only';
import { clientConfig, settingsFor } from '@/lib/brand/config';
import type { ClientSettings } from '@/lib/brand/settings';
import { env } from '@/lib/env';
import { type CaptchaPlan, captchaPlan } from '@/lib/guards/captcha/captcha';
import type { IdentityProvider } from '@/lib/keycloak/identity-providers';
import type { RealmSnapshot } from '@/lib/keycloak/snapshot';
import { deriveForm } from '@/lib/profile/form-model';
import type { FormModel } from '@/lib/profile/types';
import type { PasswordMode } from '@/lib/required-actions';
import { accountActions } from './actions';

/** Who sent the visitor here, as the query says; every part is anyone's word. */
export interface SignUpRequest {
  readonly clientId?: string | undefined;
  readonly redirectUri?: string | undefined;
  /** OIDC `scope`: space-separated; only the client's own optional scopes count. */
  readonly scope?: string | undefined;
  /** Goes back to the application with the redirect URI. */
  readonly state?: string | undefined;
  /**
   * A whole authorization request (OIDC Core 3.1.2.1) as a query, for Keycloak to answer once the visitor is signed in; it
   * takes the place of `redirectUri` and `state`.
   */
  readonly authorization?: string | undefined;
}

/** What a realm asks of a visitor, and the realm as it was when it asked. */
export interface SignUpForm {
  readonly snapshot: RealmSnapshot;
  readonly model: FormModel;
  readonly passwordMode: PasswordMode;
  /** What Keycloak asks of the new account besides a verified address, by the ids of its required actions. */
  readonly actions: readonly string[];
  /** What holds for the client's visitors. */
  readonly settings: ClientSettings;
  readonly captcha: CaptchaPlan;
  /** The identity providers that the page offers, in its order. */
  readonly providers: readonly IdentityProvider[];
}

/** Of the realm's providers those that the client's settings name, in their order; all where they name none. */
export function offeredProviders(
  { identityProviders }: Pick<RealmSnapshot, 'identityProviders'>,
  { identityProviders: named }: Pick<ClientSettings, 'identityProviders'>,
): readonly IdentityProvider[] {
  if (named === undefined) return identityProviders;
  return named.flatMap((alias) => identityProviders.filter((one) => one.alias === alias));
}

/**
 * The form that a realm asks of a visitor who comes from a client.
 * @param snapshot the realm as last read
 * @param request who sent the visitor here
 */
export function signUpForm(snapshot: RealmSnapshot, request: SignUpRequest): SignUpForm {
  const client = clientConfig(request.clientId);
  const settings = settingsFor(request.clientId);
  const passwordMode = settings.passwordMode ?? env().PASSWORD_MODE;
  const actions = accountActions(
    passwordMode,
    settings.extraActions ?? env().EXTRA_ACTIONS ?? [],
    snapshot.requiredActions,
  );
  const requested = (request.scope ?? '').split(' ');
  const scopes = [
    ...(client?.defaultScopes ?? []),
    ...(client?.optionalScopes ?? []).filter((scope) => requested.includes(scope)),
  ];
  const model = deriveForm(snapshot.profile, snapshot.settings, { scopes, withPassword: passwordMode === 'form' });
  return {
    snapshot,
    model,
    passwordMode,
    actions,
    settings,
    captcha: captchaPlan(settings),
    providers: offeredProviders(snapshot, settings),
  };
}
