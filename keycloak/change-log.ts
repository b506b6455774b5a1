import { NetworkError } from '@keycloak/keycloak-admin-client';

/** What a run changed (or would change) and what it found worth saying. */
export interface ChangeLog {
  /** True where nothing may be written. */
  readonly dryRun: boolean;
  /** One line for each change, in the order they were made. */
  readonly changes: string[];
  /** One line for each thing that was left as it is although somebody should know. */
  readonly notes: string[];
}

/** A failure that whoever runs the set-up can mend; its message is one line that says how. */
export class SetUpError extends Error {}

export function newChangeLog(dryRun: boolean): ChangeLog {
  return { dryRun, changes: [], notes: [] };
}

/**
 * Makes one change and writes it down, or only writes it down in a dry run.
 * @param line what changes, in the present tense, for the person who runs the set-up
 * @param apply the call that changes it
 * @throws SetUpError naming the line when Keycloak refuses
 */
export async function change(log: ChangeLog, line: string, apply: () => Promise<unknown>): Promise<void> {
  if (!log.dryRun) {
    try {
      await apply();
    } catch (error) {
      throw new SetUpError(`could not ${line}: ${reasonOf(error)}`);
    }
  }
  log.changes.push(line);
}

/**
 * Says in one line why a call failed.
 * @param error what `@keycloak/keycloak-admin-client` or `fetch` threw
 * @returns Keycloak's own words with the HTTP status where it answered, else the network's reason
 */
export function reasonOf(error: unknown): string {
  if (error instanceof NetworkError) {
    const { status } = error.response;
    if (status === 403)
      return 'Keycloak answered 403: these credentials lack the right (the realm role "admin" has it)';
    return `Keycloak answered ${status}: ${error.message}`;
  }
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
