import 'server-only';
import { z } from 'zod';
import { env } from '@/lib/env';
import type { Violation } from '@/lib/profile/types';
import { SIGN_UP_GROUP_PATH } from '@/lib/sign-up-group';
import { callAdmin, type Unavailable } from './admin';

/** A person's account as it is created. Only these keys ever reach Keycloak; none is copied from a request. */
export interface NewUser {
  readonly username?: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Only in `form` mode, and never empty: Keycloak would store an empty password as a credential. */
  readonly password?: string;
  /** What Keycloak has to ask of this person before a sign-in is complete. */
  readonly requiredActions?: readonly string[];
  /** Whether the realm has the group of those that the portal may manage. */
  readonly inSignUpGroup?: boolean;
}

export type CreateResult =
  | { readonly status: 'created'; readonly id: string }
  /** Somebody has this e-mail address, or a username or address that Keycloak treats as the same. */
  | { readonly status: 'taken'; readonly field: 'username' | 'email' }
  | { readonly status: 'invalid'; readonly violations: readonly Violation[] }
  | Unavailable;

const profileError = z.object({
  field: z.string(),
  errorMessage: z.string(),
  params: z.array(z.union([z.string(), z.number(), z.null()]).catch(null)).default([]),
});
const profileErrors = z.object({ errors: z.array(profileError).min(1) });
const policyError = z.object({ error: z.string().regex(/^invalidPassword/) });
const plainError = z.object({ errorMessage: z.string() });

/** Keycloak's first parameter is always the attribute's name (`ValidationError`), which the field says already. */
const toViolation = ({ field, errorMessage, params }: z.output<typeof profileError>): Violation => ({
  field,
  code: errorMessage,
  params: params.slice(1),
});

/**
 * Reads Keycloak's refusal of a new user (the shapes of `UsersResource`, `ErrorResponse` and `ModelException`).
 * @param http status of the answer
 * @param body parsed JSON, or text where it was none
 * @returns the refusal in our terms; `unavailable` for an answer that is no verdict on the input
 */
export function readRefusal(http: number, body: unknown): Exclude<CreateResult, { status: 'created' }> {
  const plain = plainError.safeParse(body);
  if (http === 409) {
    // "User exists with same username or email" comes from a race at the database; the address is the likelier one.
    const byUsername = plain.success && plain.data.errorMessage === 'User exists with same username';
    return { status: 'taken', field: byUsername ? 'username' : 'email' };
  }
  if (http === 400) {
    const many = profileErrors.safeParse(body);
    if (many.success) return { status: 'invalid', violations: many.data.errors.map(toViolation) };
    const one = profileError.safeParse(body);
    if (one.success) return { status: 'invalid', violations: [toViolation(one.data)] };
    const password = policyError.safeParse(body);
    if (password.success)
      return { status: 'invalid', violations: [{ field: 'password', code: password.data.error, params: [] }] };
    if (plain.success && plain.data.errorMessage === 'User name is missing')
      return { status: 'invalid', violations: [{ field: 'username', code: 'missingUsernameMessage', params: [] }] };
  }
  return { status: 'unavailable', reason: `HTTP ${http}`, ...(http >= 500 && { isUncertain: true }) };
}

/**
 * Creates a person's account, enabled and not yet verified. Never tried twice: an answer that is lost leaves it open whether
 * the account was made.
 * @param user what to store
 * @param locale the visitor's language: Keycloak judges `local-date` by it
 */
export async function createUser(user: NewUser, locale: string): Promise<CreateResult> {
  const { password, attributes, requiredActions = [], inSignUpGroup = false, ...names } = user;
  const answer = await callAdmin(
    (client) =>
      client.users.create({
        ...names,
        attributes: Object.fromEntries(Object.entries(attributes).map(([name, values]) => [name, [...values]])),
        // Left out, Keycloak would create the account disabled.
        enabled: true,
        emailVerified: false,
        requiredActions: [...requiredActions],
        ...(inSignUpGroup ? { groups: [SIGN_UP_GROUP_PATH] } : {}),
        ...(password ? { credentials: [{ type: 'password', value: password, temporary: false }] } : {}),
      }),
    { locale },
  );
  if (answer.status === 'ok') return { status: 'created', id: answer.value.id };
  return answer.status === 'refused' ? readRefusal(answer.http, answer.body) : answer;
}

export type MailResult =
  | { readonly status: 'sent' }
  /** Keycloak has the account but its mail server did not take the mail. */
  | { readonly status: 'mail-failed' }
  /** The account is no more, or disabled. */
  | { readonly status: 'gone' }
  /** Somebody else made the account, and the portal may not act on it. */
  | { readonly status: 'not-ours' }
  | Unavailable;

/**
 * Has Keycloak mail the link that verifies the address (`execute-actions-email`).
 * @param id the user's id
 * @param actions required actions behind the link. VERIFY_EMAIL is sent with them whether it is named or not: on Keycloak
 *   26.7 any action's link verifies the address (`ExecuteActionsActionTokenHandler`), so each of ours has to ask for that
 * @param redirectUri where Keycloak's last page leads; registered for the portal's own client
 */
export async function sendActionsMail(
  id: string,
  actions: readonly string[],
  redirectUri: string,
): Promise<MailResult> {
  const all = [...new Set(['VERIFY_EMAIL', ...actions])];
  const answer = await callAdmin((client) =>
    client.users.executeActionsEmail({ id, actions: all, clientId: env().KEYCLOAK_CLIENT_ID, redirectUri }),
  );
  if (answer.status === 'ok') return { status: 'sent' };
  if (answer.status === 'unavailable') return answer;
  if (answer.http === 403) return { status: 'not-ours' };
  const plain = plainError.safeParse(answer.body);
  const message = plain.success ? plain.data.errorMessage : '';
  if (answer.http === 404 || message === 'User is disabled') return { status: 'gone' };
  if (answer.http === 500 && message.startsWith('Failed to send')) return { status: 'mail-failed' };
  return { status: 'unavailable', reason: `HTTP ${answer.http}` };
}
