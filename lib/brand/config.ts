import 'server-only';
import { canCompute } from '@/lib/captcha-kinds';
import { env } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { parsePortalConfig, type Surroundings } from './parse';
import type { ClientConfig, PortalConfig } from './schema';
import { type ClientSettings, settingsOf } from './settings';

/**
 * What this process's variables give to the configuration.
 * @param variables of the process, whether they have been checked or not
 */
export function surroundings(variables: Readonly<Record<string, unknown>>): Surroundings {
  return {
    hasCaptchaKeys: Boolean(variables.HCAPTCHA_SITE_KEY && variables.HCAPTCHA_SECRET),
    canCompute: canCompute(variables.PORTAL_URL),
  };
}

/** The configuration that holds now; `reload.ts` puts a newer one in its place. */
function held(): { config: PortalConfig } {
  return processWide('portal-config', () => {
    const result = parsePortalConfig(env().PORTAL_CONFIG, surroundings(env()));
    if (!result.ok) throw new Error(result.problems.join('\n'));
    return { config: result.config };
  });
}

/**
 * The configuration of this process.
 * @throws Error with every problem, a line each; `instrumentation.ts` makes that stop the start
 */
export function portalConfig(): PortalConfig {
  return held().config;
}

/** Lets another configuration hold from now on, for every page, action and header alike. */
export function replacePortalConfig(config: PortalConfig): void {
  held().config = config;
}

/**
 * Facts about a client that sends people here.
 * @param clientId OIDC `client_id`, from the query and therefore anyone's word
 * @returns its configuration, or undefined for a client that isn't configured
 */
export function clientConfig(clientId: string | undefined): ClientConfig | undefined {
  const { clients } = portalConfig();
  return clientId !== undefined && Object.hasOwn(clients, clientId) ? clients[clientId] : undefined;
}

/**
 * What holds for the visitors of a client, with what holds for everyone filled in.
 * @param clientId OIDC `client_id`, anyone's word
 */
export function settingsFor(clientId: string | undefined): ClientSettings {
  return settingsOf(portalConfig(), clientId);
}
