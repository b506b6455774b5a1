import { existsSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { reasonOf, SetUpError } from './change-log';
import { mergeClientFacts, type PortalConfigFile, readClientFacts } from './client-facts';
import { type AdminAccess, signInAsAdmin } from './set-up-realm';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a portal configuration from its text.
 * @param file name of the file, for the message
 * @throws SetUpError when it isn't a JSON object whose `clients`, if any, are objects by client id
 */
export function parseConfigFile(text: string, file: string): PortalConfigFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new SetUpError(`${file} is not valid JSON, so it was left alone: ${reasonOf(error)}`);
  }
  if (!isObject(json)) throw new SetUpError(`${file} must hold a JSON object`);
  const { clients, ...rest } = json;
  if (clients === undefined) return rest;
  if (!isObject(clients)) throw new SetUpError(`"clients" in ${file} must be an object with a key for each client id`);
  const known = Object.entries(clients).map(([id, value]): [string, object] => {
    if (!isObject(value)) throw new SetUpError(`clients.${id} in ${file} must be an object`);
    return [id, value];
  });
  return { ...json, clients: Object.fromEntries(known) };
}

/** Puts a file in the place of another at once: a portal that watches it never finds half of it. */
function replaceFile(file: string, text: string): void {
  // The file behind a symbolic link is replaced, and not the link.
  const place = existsSync(file) ? realpathSync(file) : file;
  writeFileSync(`${place}.new`, text);
  renameSync(`${place}.new`, place);
}

/**
 * Brings the facts about clients in a portal configuration up to date.
 * @param file path of a JSON file; made where it doesn't exist
 * @param dryRun true to write nothing
 * @returns changes: a line for each client that differs; none when the file is up to date (it is not written then).
 *   notes: a line for each thing that somebody should know
 */
export async function updateClientFile(
  access: AdminAccess & { readonly realm: string },
  file: string,
  dryRun: boolean,
): Promise<{ readonly changes: string[]; readonly notes: readonly string[] }> {
  const config = existsSync(file) ? parseConfigFile(readFileSync(file, 'utf8'), file) : {};
  const facts = await readClientFacts(await signInAsAdmin(access), access.realm);
  const merged = mergeClientFacts(config, facts);
  if (merged.changes.length > 0 && !dryRun) replaceFile(file, `${JSON.stringify(merged.config, null, 2)}\n`);
  return { changes: merged.changes.map((line) => `${line} in ${file}`), notes: merged.notes };
}
