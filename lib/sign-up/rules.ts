import 'server-only';
import { env } from '@/lib/env';
import { isDisposableDomain } from '@/lib/guards/disposable-domains';
import { judgeEmail } from '@/lib/guards/email-rules';
import { judgePassword } from '@/lib/guards/password-rules';
import { PASSWORD_FIELD, type Violation } from '@/lib/profile/types';
import type { UserFields } from '@/lib/profile/values';
import type { SignUpForm } from './form';

/** What is wrong with an address by the rules of the client's settings. */
export function emailViolations(email: string | undefined, { settings }: Pick<SignUpForm, 'settings'>): Violation[] {
  const refusal = judgeEmail(email, settings, isDisposableDomain);
  return refusal === undefined ? [] : [{ field: 'email', code: refusal, params: [] }];
}

/**
 * What is wrong with address and password by the rules that come on top of the realm's.
 * @param user what will be stored
 * @param password what was chosen on the form; undefined where it is chosen elsewhere
 * @returns at most one violation for each
 */
export async function ruleViolations(
  user: UserFields,
  password: string | undefined,
  form: Pick<SignUpForm, 'settings' | 'snapshot'>,
): Promise<Violation[]> {
  const { brand, clientName, passwordRules } = form.settings;
  const { firstName, lastName, email, username } = user;
  const ours = [brand.name, clientName, form.snapshot.displayName, env().KEYCLOAK_REALM];
  const names = [[firstName, lastName], ...ours.map((name) => [name])];
  const refusal = await judgePassword(password, passwordRules, { names, email, username });
  const ofPassword = refusal === undefined ? [] : [{ field: PASSWORD_FIELD, code: refusal, params: [] }];
  return [...emailViolations(email, form), ...ofPassword];
}
