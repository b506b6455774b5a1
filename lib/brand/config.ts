import 'server-only';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { env } from '@/lib/env';
import { extraAction, passwordMode } from '@/lib/required-actions';

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, { error: 'must be a colour such as #0b5d66' });
const link = z.union([z.url({ protocol: /^https?$/ }), z.string().regex(/^\/(?!\/)/)], {
  error: 'must be an http(s) address or a path on the portal that starts with one slash',
});

const colours = z
  .strictObject({
    accent: colour.describe('Buttons, links, focus and the current step.'),
    onAccent: colour.describe('Text on the accent colour.'),
    panel: colour.describe('The brand panel beside the form.'),
    onPanel: colour.describe('Text on the brand panel.'),
  })
  .partial();

const client = z.strictObject({
  name: z.string().min(1).optional(),
  /** Where a visitor goes on to who came without a redirect URI of the client. */
  baseUrl: link.optional(),
  logoUri: link.optional(),
  policyUri: link.optional(),
  tosUri: link.optional(),
  defaultScopes: z.array(z.string()).default([]),
  optionalScopes: z.array(z.string()).default([]),
  passwordMode: passwordMode.optional(),
  /** Instead of `EXTRA_ACTIONS`, for those who come from this client. */
  extraActions: z.array(extraAction).optional(),
});

const domainList = z
  .array(z.string().regex(/^[a-z0-9.-]+$/, { error: 'must be a lower-case domain such as example.com' }))
  .default([]);

const configSchema = z.strictObject({
  brand: z
    .strictObject({
      name: z.string().min(1).optional(),
      logo: z.strictObject({ light: link, dark: link.optional() }).optional(),
      colors: z
        .strictObject({ light: colours.default({}), dark: colours.default({}) })
        .partial()
        .default({}),
      corner: z
        .string()
        .regex(/^\d+(\.\d+)?(px|rem)$/, { error: 'must be a length such as 12px or 0.75rem' })
        .optional(),
    })
    .default({ colors: {} }),
  clients: z.record(z.string(), client).default({}),
  emailDomains: z.strictObject({ allow: domainList, deny: domainList }).default({ allow: [], deny: [] }),
});

/** What the operator says about the portal and its clients; everything else comes from the realm. */
export type PortalConfig = z.output<typeof configSchema>;
export type ClientConfig = z.output<typeof client>;

/**
 * Parses a portal configuration.
 * @param text JSON itself (starts with a brace), or the path of a JSON file
 * @returns the configuration, or each problem as a line that names the place in the file and the mend
 */
export function parsePortalConfig(
  text: string,
): { ok: true; config: PortalConfig } | { ok: false; problems: string[] } {
  const inline = text.trimStart().startsWith('{');
  let json: unknown;
  try {
    json = JSON.parse(inline ? text : readFileSync(text, 'utf8'));
  } catch (error) {
    const unreadable = error instanceof SyntaxError ? 'is not valid JSON' : `names a file that can't be read: ${text}`;
    return { ok: false, problems: [`PORTAL_CONFIG ${unreadable}`] };
  }
  const parsed = configSchema.safeParse(json);
  if (parsed.success) return { ok: true, config: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => `PORTAL_CONFIG ${issue.path.join('.') || '(top)'}: ${issue.message}`),
  };
}

let current: PortalConfig | undefined;

/**
 * The configuration of this process.
 * @throws Error with every problem, a line each; `instrumentation.ts` makes that stop the start
 */
export function portalConfig(): PortalConfig {
  if (current === undefined) {
    const result = parsePortalConfig(env().PORTAL_CONFIG);
    if (!result.ok) throw new Error(result.problems.join('\n'));
    current = result.config;
  }
  return current;
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
