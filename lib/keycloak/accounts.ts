import 'server-only';
import { z } from 'zod';
import { MADE_BY_PORTAL, SIGN_UP_MARK } from '@/lib/sign-up-mark';
import { type Answer, callAdmin, REPEATABLE, type Unavailable } from './admin';

const representation = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string().default(''),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  enabled: z.boolean().default(false),
  emailVerified: z.boolean().default(false),
  /** Milliseconds since 1970. */
  createdTimestamp: z.number().default(0),
  attributes: z.record(z.string(), z.array(z.string())).default({}),
  /** Whether the portal may change the account; everyone's where its own account has the role manage-users. */
  access: z.object({ manage: z.boolean().default(true) }).default({ manage: true }),
  /** Id of the user storage that the account comes from. */
  federationLink: z.string().optional(),
});

/** Several of them, as Keycloak lists them. */
export const representations = z.array(representation);

/** An account as administrators see it (Keycloak `UserRepresentation`). */
export type Account = z.output<typeof representation>;

export type Found<T> = { readonly status: 'ok'; readonly value: T } | Unavailable;

/**
 * Reads what Keycloak answered.
 * @param schema what is expected of it
 * @returns `unavailable` for a refusal, too, and for anything else than was expected
 */
export function found<T>(answer: Answer<unknown>, schema: z.ZodType<T>): Found<T> {
  if (answer.status === 'unavailable') return answer;
  if (answer.status === 'refused') return { status: 'unavailable', reason: `HTTP ${answer.http}` };
  const parsed = schema.safeParse(answer.value);
  return parsed.success
    ? { status: 'ok', value: parsed.data }
    : { status: 'unavailable', reason: 'users: not what Keycloak 26 sends' };
}

/**
 * Looks for the account that has a name.
 * @param by `email` or `username`
 * @param name in any case
 * @returns undefined where nobody has it
 */
export async function findAccount(by: 'email' | 'username', name: string): Promise<Found<Account | undefined>> {
  const wanted = name.toLowerCase();
  // Keycloak 26.7 refuses to look for these ("Blocking invalid query parameter value"), and a refusal is no answer.
  if (/[^\P{Cc}\t\n\r\u007f-\u009f]/u.test(wanted)) return { status: 'ok', value: undefined };
  const answer = await callAdmin(
    (client) => client.users.find({ [by]: wanted, exact: true, max: 5, briefRepresentation: false }),
    REPEATABLE,
  );
  const list = found(answer, representations);
  if (list.status === 'unavailable') return list;
  // A name of blanks is no name to Keycloak's search, which lists anybody then.
  return { status: 'ok', value: list.value.find((account) => account[by].toLowerCase() === wanted) };
}

/**
 * Looks for the account that a sign-up has made.
 * @param attempt what the sign-up is called, in the mark of the account (`signUpMark`)
 * @param email of the account: a sign-up may have made others under other addresses
 * @returns undefined where there is none
 */
export async function findAttempt(attempt: string, email: string): Promise<Found<Account | undefined>> {
  const answer = await callAdmin(
    (client) => client.users.find({ q: `${SIGN_UP_MARK}:${attempt}`, max: 10, briefRepresentation: false }),
    REPEATABLE,
  );
  const list = found(answer, representations);
  if (list.status === 'unavailable') return list;
  return { status: 'ok', value: list.value.find((account) => account.email.toLowerCase() === email.toLowerCase()) };
}

/**
 * Reads an account.
 * @param id the user's id
 * @returns undefined where there is none
 */
export async function readAccount(id: string): Promise<Found<Account | undefined>> {
  const answer = await callAdmin((client) => client.users.findOne({ id }), REPEATABLE);
  if (answer.status === 'refused' && answer.http === 404) return { status: 'ok', value: undefined };
  // The client makes "not found" of Keycloak nothing at all.
  return found(
    answer,
    representation.nullish().transform((account) => account ?? undefined),
  );
}

/**
 * Writes an account's names and attributes. All of them are sent, for Keycloak takes attributes as a whole; whether the
 * address is verified is left as it is (`UserProfileContext.USER_API` does not reset it).
 * @param account with the values to be
 * @returns false when Keycloak did not take them, or could not be asked
 */
export async function writeAccount({
  id,
  username,
  email,
  firstName,
  lastName,
  attributes,
}: Account): Promise<boolean> {
  const answer = await callAdmin(
    (client) =>
      client.users.update(
        { id },
        {
          username,
          email,
          ...(firstName === undefined ? {} : { firstName }),
          ...(lastName === undefined ? {} : { lastName }),
          attributes,
        },
      ),
    REPEATABLE,
  );
  return answer.status === 'ok';
}

/**
 * Lists accounts that bear the mark of the portal.
 * @param emailVerified which of them
 * @param first how many to pass over
 * @param max how many to list
 */
export async function markedAccounts(
  emailVerified: boolean,
  first: number,
  max: number,
): Promise<Found<readonly Account[]>> {
  const answer = await callAdmin(
    (client) =>
      client.users.find({
        q: `${SIGN_UP_MARK}:${MADE_BY_PORTAL}`,
        emailVerified,
        first,
        max,
        briefRepresentation: false,
      }),
    REPEATABLE,
  );
  return found(answer, representations);
}

const credentials = z.array(z.object({ createdDate: z.number().nullish() }));

/** A form's password is stored with the account; the two times may still differ by this (milliseconds). */
const SAME_MOMENT_MS = 60_000;

/**
 * Whether nobody but the portal has had to do with an account: it comes from no other storage and no identity provider, and
 * has no credential that is younger than itself. A credential can only be added by an administrator or by someone who
 * opened the mailed link.
 * @param account enabled, and not verified
 */
export async function isUntouched({ id, createdTimestamp, federationLink }: Account): Promise<Found<boolean>> {
  if (federationLink !== undefined) return { status: 'ok', value: false };
  const [held, links] = await Promise.all([
    callAdmin((client) => client.users.getCredentials({ id }), REPEATABLE),
    callAdmin((client) => client.users.listFederatedIdentities({ id }), REPEATABLE),
  ]);
  const all = found(held, credentials);
  const linked = found(links, z.array(z.unknown()));
  if (all.status !== 'ok') return all;
  if (linked.status !== 'ok') return linked;
  const isOriginal = all.value.every(({ createdDate }) => (createdDate ?? 0) <= createdTimestamp + SAME_MOMENT_MS);
  return { status: 'ok', value: isOriginal && linked.value.length === 0 };
}
