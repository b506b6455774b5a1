import 'server-only';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { surroundings } from '@/lib/brand/config';
import { parsePortalConfig } from '@/lib/brand/parse';
import { watchPortalConfig } from '@/lib/brand/reload';
import { serveCompressedFiles } from '@/lib/compressed-files';
import { parseEnv } from '@/lib/env';
import { serveFormCalls } from '@/lib/form-calls/serve';
import { recordPeerAddresses } from '@/lib/guards/client-address';
import { keepFilesReadOnly } from '@/lib/guards/file-methods';
import { mendRequestTargets } from '@/lib/guards/request-target';
import { watchServiceAccount } from '@/lib/keycloak/service-account';
import { realmSnapshot } from '@/lib/keycloak/snapshot';
import { serveFromTemplates } from '@/lib/page-templates/serve';
import { nameRequests } from '@/lib/requests';
import { sharedStore } from '@/lib/shared-store';
import { leadStaleFormsBack } from '@/lib/stale-forms';
import { tameConsole } from '@/lib/telemetry/console';
import { measureRequests } from '@/lib/telemetry/http-metrics';
import { startTracing } from '@/lib/telemetry/tracing';

/** A folder that can't be written to would be found out when it is needed: while Keycloak is down. */
function cacheProblems(folder: string | undefined): string[] {
  if (folder === undefined) return [];
  try {
    mkdirSync(/* turbopackIgnore: true */ folder, { recursive: true });
    accessSync(/* turbopackIgnore: true */ folder, constants.W_OK);
    return [];
  } catch {
    return ['REALM_CACHE must be a folder that the portal may write to (make it, or unset it to keep nothing)'];
  }
}

/**
 * Makes the process ready to serve. Every fault of its configuration is written as one line that names the variable and
 * the mend, and ends it with status 1.
 */
export async function start(): Promise<void> {
  const parsed = parseEnv(process.env);
  const problems = parsed.ok ? [] : parsed.problems;
  const source = (parsed.ok ? parsed.env.PORTAL_CONFIG : process.env.PORTAL_CONFIG) || '{}';
  const config = parsePortalConfig(source, surroundings(process.env));
  if (!config.ok) problems.push(...config.problems);
  if (parsed.ok) problems.push(...cacheProblems(parsed.env.REALM_CACHE));
  if (problems.length > 0) {
    process.stderr.write(`Vestibule can't start:\n${problems.map((line) => `  ${line}\n`).join('')}`);
    process.exit(1);
  }
  if (parsed.ok) process.env.NEXTAUTH_URL = parsed.env.PORTAL_URL;
  watchPortalConfig(config.text);
  if (process.env.NODE_ENV === 'production') tameConsole();
  mendRequestTargets();
  recordPeerAddresses();
  nameRequests();
  measureRequests();
  leadStaleFormsBack();
  keepFilesReadOnly();
  // A developer's pages and scripts change with every keystroke.
  if (process.env.NODE_ENV === 'production') {
    serveCompressedFiles();
    serveFromTemplates();
    serveFormCalls();
  }
  // Before anything is asked for, so that all of it is traced.
  if (parsed.ok) await startTracing();
  // Connected now, so that a wrong address is in the log from the start.
  if (parsed.ok) sharedStore();
  void watchServiceAccount();
  // Read now, so that the first visitor need not wait and what the realm can't give is in the log from the start.
  void realmSnapshot();
}
