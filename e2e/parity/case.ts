import type { UPConfig } from '../../lib/profile/types';
import type { PasswordMode as AnyMode } from '../../lib/required-actions';
import type { Wishes } from './browser';

/** The languages of the realm's texts. */
export const LOCALES: readonly string[] = ['en', 'de', 'ar'];

/** The realm as one case wants it. */
export interface World {
  readonly emailAsUsername: boolean;
  readonly loginWithEmail: boolean;
  readonly duplicateEmails: boolean;
  readonly internationalization: boolean;
  readonly supportedLocales: readonly string[];
  readonly defaultLocale: string;
  readonly passwordPolicy: string;
  readonly editUsername: boolean;
  /** The realm's mail server: none, one that takes ASCII addresses alone, or one that takes them all. */
  readonly smtp: 'none' | 'ascii' | 'utf8';
  /** Whether new accounts have to read terms at their first sign-in: a required action that is a default. */
  readonly defaultAction: boolean;
  readonly profile: UPConfig;
}

/** A realm that asks for nothing special. */
export const PLAIN_REALM: Omit<World, 'profile'> = {
  emailAsUsername: false,
  loginWithEmail: true,
  duplicateEmails: false,
  internationalization: true,
  supportedLocales: LOCALES,
  defaultLocale: 'en',
  editUsername: false,
  // Argon2 would cost most of the bench's time, and is not what it is about.
  passwordPolicy: 'hashAlgorithm(pbkdf2-sha512) and hashIterations(1)',
  smtp: 'ascii',
  defaultAction: false,
};

/** The hosted page knows no passkeys. */
type PasswordMode = Exclude<AnyMode, 'passkey'>;

/** One visit: from where, in which language, and what is posted. */
export interface Visit {
  readonly client: ClientName;
  readonly passwordMode: PasswordMode;
  /** Optional client scopes that the visit asks for. */
  readonly scopes: readonly string[];
  readonly locale: string;
  readonly wishes: Wishes;
  /** False where the values are typed into the page; true where they are posted past it. */
  readonly forged: boolean;
}

/** One comparison of the hosted page and the portal. */
export interface ParityCase {
  readonly world: World;
  readonly visit: Visit;
}

/** Client scopes that profiles are about; three of the bench's own, and two that Keycloak brings. */
export const SCOPES = ['alpha', 'beta', 'gamma', 'profile', 'phone'] as const;

/** The scopes that Keycloak gives to a new client. */
const BUILT_IN = {
  default: ['basic', 'acr', 'profile', 'email', 'roles', 'web-origins'],
  optional: ['address', 'phone', 'offline_access', 'microprofile-jwt'],
};

/** The clients that visitors come from, and the bench's own scopes that each has. */
const OWN_SCOPES = {
  plain: { default: [], optional: [] },
  some: { default: ['alpha'], optional: ['beta', 'gamma'] },
  offers: { default: [], optional: ['alpha', 'beta'] },
} as const;

export type ClientName = keyof typeof OWN_SCOPES;

export const CLIENT_NAMES = Object.keys(OWN_SCOPES) as ClientName[];

/** @returns the optional scopes that a visit from a client may ask for */
export function optionalScopesOf(client: ClientName): readonly string[] {
  return [...OWN_SCOPES[client].optional, 'phone'];
}

/** @returns the bench's own scopes of a client */
export function ownScopesOf(client: ClientName): { default: readonly string[]; optional: readonly string[] } {
  return OWN_SCOPES[client];
}

/** @returns the id of a client at Keycloak; the portal's configuration says by it where the password is chosen */
export function clientId(client: ClientName, passwordMode: PasswordMode): string {
  return passwordMode === 'form' ? `${client}-form` : client;
}

/** @returns the scopes in effect for a visit, as Keycloak resolves them */
export function effectiveScopes(visit: Visit): readonly string[] {
  return [...BUILT_IN.default, ...OWN_SCOPES[visit.client].default, ...visit.scopes];
}

/** What `PORTAL_CONFIG` says of the bench's clients. */
export function clientFacts(): object {
  const modes = ['form', 'after-verification'] as const;
  return Object.fromEntries(
    CLIENT_NAMES.flatMap((name) =>
      modes.map((passwordMode) => [
        clientId(name, passwordMode),
        {
          defaultScopes: [...BUILT_IN.default, ...OWN_SCOPES[name].default],
          optionalScopes: [...BUILT_IN.optional, ...OWN_SCOPES[name].optional],
          passwordMode,
        },
      ]),
    ),
  );
}
