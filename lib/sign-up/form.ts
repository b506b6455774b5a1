import 'server-only';
import { clientConfig } from '@/lib/brand/config';
import { env } from '@/lib/env';
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
}

/** What a realm asks of a visitor, and the realm as it was when it asked. */
export interface SignUpForm {
  readonly snapshot: RealmSnapshot;
  readonly model: FormModel;
  readonly passwordMode: PasswordMode;
  /** What Keycloak asks of the new account besides a verified address, by the ids of its required actions. */
  readonly actions: readonly string[];
}

/**
 * The form that a realm asks of a visitor who comes from a client.
 * @param snapshot the realm as last read
 * @param request who sent the visitor here
 */
export function signUpForm(snapshot: RealmSnapshot, request: SignUpRequest): SignUpForm {
  const client = clientConfig(request.clientId);
  const passwordMode = client?.passwordMode ?? env().PASSWORD_MODE;
  const actions = accountActions(
    passwordMode,
    client?.extraActions ?? env().EXTRA_ACTIONS ?? [],
    snapshot.requiredActions,
  );
  const requested = (request.scope ?? '').split(' ');
  const scopes = [
    ...(client?.defaultScopes ?? []),
    ...(client?.optionalScopes ?? []).filter((scope) => requested.includes(scope)),
  ];
  const model = deriveForm(snapshot.profile, snapshot.settings, { scopes, withPassword: passwordMode === 'form' });
  return { snapshot, model, passwordMode, actions };
}
