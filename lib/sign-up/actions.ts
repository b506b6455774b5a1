import { PASSKEY_ACTION, type PasswordMode } from '@/lib/required-actions';

/**
 * What Keycloak asks of a new account besides a verified address. The account bears the same actions, so that they are
 * asked for whichever way its owner comes back: Keycloak's own page leaves an account without a password in the same way
 * (`RegistrationPassword.success`).
 * @param mode where the credential is chosen
 * @param extra ids that the configuration asks for
 * @param enabled ids that the realm has enabled. Keycloak refuses to send a mail that names an unknown one, so the others
 *   are left out (`ways-watch.ts` tells the operator); where no passkey can be made, a password is asked for
 * @returns ids of required actions, each once
 */
export function accountActions(
  mode: PasswordMode,
  extra: readonly string[],
  enabled: readonly string[],
): readonly string[] {
  const chosenLater = mode === 'passkey' && enabled.includes(PASSKEY_ACTION) ? PASSKEY_ACTION : 'UPDATE_PASSWORD';
  const credential = mode === 'form' ? [] : [chosenLater];
  return [...new Set([...credential, ...extra.filter((action) => enabled.includes(action))])];
}

/**
 * The actions of the mailed link. VERIFY_EMAIL is always among them: from Keycloak 26.8 on, only that verifies.
 * @param actions see `accountActions`
 */
export function linkActions(actions: readonly string[]): readonly string[] {
  return ['VERIFY_EMAIL', ...actions];
}
