import { parseArgs } from 'node:util';
import { reasonOf } from './change-log';
import { PORTAL_PERMISSIONS } from './permissions';
import { portalOrigin, wrongPortalUrl } from './portal-clients';
import { neededRoles } from './roles';
import type { SetUpOptions } from './set-up-realm';

const listed = (entries: readonly { readonly name: string; readonly why: string }[]) =>
  entries.map(({ name, why }) => `  ${name}\n      ${why}`).join('\n');

export const help = `Makes an existing Keycloak realm ready for the portal. Running it again changes nothing.

  npm run keycloak:setup -- [options]

Who and where (a variable or an option):
  KEYCLOAK_URL              --keycloak-url     address of Keycloak, with its path prefix if it has one
  KEYCLOAK_REALM            --realm            the realm that people sign up to
  KEYCLOAK_ADMIN_USERNAME   --admin-username   an administrator
  KEYCLOAK_ADMIN_PASSWORD                      the password (a variable alone: options show up in process lists)
  KEYCLOAK_ADMIN_REALM      --admin-realm      the administrator's own realm (master)
  PORTAL_URL                --portal-url       address of the portal; several with commas, or the option repeated

Options:
  --dry-run               say what would change, change nothing
  --clients               write facts about the realm's clients (name, addresses, origins, scopes) into the portal
                          configuration: the file that PORTAL_CONFIG or --config names
  --config FILE           another file for --clients, made where there is none
  --terms                 the portal asks for terms or consent, so the user profile keeps the evidence
  --identity-providers    the portal offers identity providers, so its account may list them
  --passkeys              people may sign up with a passkey (PASSWORD_MODE=passkey), so the realm takes them
  --no-theme              leave the look of Keycloak's pages and mails alone, even where the theme vestibule is installed
  --permissions HOW       how the portal may manage accounts. fine-grained (the default): those that it made, by fine-grained
                          admin permissions, where Keycloak has them. roles: every account, by the role manage-users
  --remove-surplus-roles  take roles away that the portal's account doesn't need
  --show-secrets          print the secrets of the two clients although they exist already
  --help                  this text

Permissions of the account portal-admin (Permissions, in Keycloak's console), and what each is for:
${listed(PORTAL_PERMISSIONS)}

Its roles (client roles of realm-management):
${listed(neededRoles(true, false))}

Ends with 0 when the realm is ready, 1 when Keycloak refused, 2 when an input is wrong, 3 when a dry run found changes.
`;

const options = {
  'keycloak-url': { type: 'string' },
  realm: { type: 'string' },
  'admin-username': { type: 'string' },
  'admin-realm': { type: 'string' },
  'portal-url': { type: 'string', multiple: true },
  clients: { type: 'boolean', default: false },
  config: { type: 'string' },
  terms: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  'identity-providers': { type: 'boolean', default: false },
  passkeys: { type: 'boolean', default: false },
  'no-theme': { type: 'boolean', default: false },
  permissions: { type: 'string', default: 'fine-grained' },
  'remove-surplus-roles': { type: 'boolean', default: false },
  'show-secrets': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** What the command was asked for. */
export type Inputs =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] }
  | {
      readonly kind: 'run';
      readonly setUp: SetUpOptions & { readonly dryRun: boolean };
      readonly clientsFile?: string;
      readonly showSecrets: boolean;
    };

type Environment = Readonly<Record<string, string | undefined>>;

function readOptions(args: readonly string[]) {
  try {
    return { values: parseArgs({ args: [...args], options, strict: true }).values };
  } catch (error) {
    return { problem: `${reasonOf(error)} (--help lists the options)` };
  }
}

/**
 * Reads the command's options and variables; an option wins over its variable.
 * @param args the arguments after the script's name
 * @param environment the process's variables
 * @returns what to do, or one line for each input that is missing, with the mend
 */
export function readInputs(args: readonly string[], environment: Environment): Inputs {
  const { values, problem } = readOptions(args);
  if (values === undefined) return { kind: 'wrong', problems: [problem] };
  if (values.help) return { kind: 'help' };

  const problems: string[] = [];
  const need = (variable: string, given: string | undefined, mend: string): string => {
    const value = given ?? environment[variable];
    if (!value) problems.push(`${variable} is missing: ${mend}`);
    return value ?? '';
  };
  const setUp = {
    keycloakUrl: need('KEYCLOAK_URL', values['keycloak-url'], 'give the address of Keycloak, or --keycloak-url'),
    realm: need('KEYCLOAK_REALM', values.realm, 'give the realm that people sign up to, or --realm'),
    adminUsername: need(
      'KEYCLOAK_ADMIN_USERNAME',
      values['admin-username'],
      'give an administrator, or --admin-username',
    ),
    adminPassword: need('KEYCLOAK_ADMIN_PASSWORD', undefined, "give the administrator's password in this variable"),
    adminRealm: values['admin-realm'] ?? (environment.KEYCLOAK_ADMIN_REALM || 'master'),
    portalUrls: need('PORTAL_URL', values['portal-url']?.join(','), 'give the address of the portal, or --portal-url')
      .split(/[\s,]+/)
      .filter(Boolean),
    dryRun: values['dry-run'],
    identityProviders: values['identity-providers'],
    passkeys: values.passkeys,
    terms: values.terms,
    theme: !values['no-theme'],
    permissions: values.permissions === 'roles' ? 'roles' : 'fine-grained',
    removeSurplusRoles: values['remove-surplus-roles'],
  } as const;
  if (!['fine-grained', 'roles'].includes(values.permissions))
    problems.push(`--permissions ${values.permissions} must be fine-grained or roles`);
  problems.push(...setUp.portalUrls.filter((url) => portalOrigin(url) === undefined).map(wrongPortalUrl));
  const clientsFile = values.clients ? (values.config ?? environment.PORTAL_CONFIG ?? '') : undefined;
  if (clientsFile === '' || clientsFile?.trimStart().startsWith('{'))
    problems.push('PORTAL_CONFIG names no file: give the path of the portal configuration, or --config');
  if (problems.length > 0) return { kind: 'wrong', problems };
  return { kind: 'run', setUp, showSecrets: values['show-secrets'], ...(clientsFile !== undefined && { clientsFile }) };
}
