import 'server-only';
import { commonPasswords, isCommonPassword } from './common-passwords';
import { isLeakedPassword } from './leaked-passwords';
import { contextWords, isContextPassword, type PasswordContext } from './password-context';

/** The rules that hold, besides the realm's policy. */
export type PasswordRules = Readonly<Record<'common' | 'context' | 'leaked', boolean>>;

/** The key of the words for a refused password, in the catalogues' `errors`. */
export type PasswordRefusal = 'passwordCommon' | 'passwordContext' | 'passwordLeaked';

/**
 * Judges a password by what attackers try first.
 * @param password one that passed the realm's policy; undefined where none is chosen on the form
 * @param rules those that hold
 * @param context what is known of the visitor and the product
 * @returns the first reason to refuse it; a service is only asked about a password that is otherwise fine
 */
export async function judgePassword(
  password: string | undefined,
  rules: PasswordRules,
  context: PasswordContext,
): Promise<PasswordRefusal | undefined> {
  if (password === undefined) return undefined;
  if (rules.common && isCommonPassword(password, await commonPasswords())) return 'passwordCommon';
  if (rules.context && isContextPassword(password, contextWords(context))) return 'passwordContext';
  return rules.leaked && (await isLeakedPassword(password)) ? 'passwordLeaked' : undefined;
}
