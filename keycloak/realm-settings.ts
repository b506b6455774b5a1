import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type RealmRepresentation from '@keycloak/keycloak-admin-client/lib/defs/realmRepresentation.js';
import { parsePasswordPolicy } from '../lib/profile/password';
import { type ChangeLog, change } from './change-log';
import { union } from './compare';

/** Longest that Keycloak may wait for the mail server at each step, in milliseconds; its own default is ten seconds. */
const SMTP_LIMIT_MS = 2000;

interface SettingChange {
  readonly line: string;
  readonly update: RealmRepresentation;
}

function smtpChange(smtp: Readonly<Record<string, unknown>>): SettingChange | undefined {
  const loose = ['connectionTimeout', 'timeout', 'writeTimeout'].filter((key) => {
    const limit = Number(smtp[key]);
    return !(limit > 0 && limit <= SMTP_LIMIT_MS);
  });
  if (loose.length === 0) return undefined;
  const limits = Object.fromEntries(loose.map((key) => [key, String(SMTP_LIMIT_MS)]));
  return {
    line: `limit the waits for the mail server to ${SMTP_LIMIT_MS} ms (${loose.join(', ')})`,
    // Keycloak replaces the whole map; a masked password in it means "as it was" (RealmAdminResource.updateRealm).
    update: { smtpServer: { ...smtp, ...limits } },
  };
}

/**
 * Decides which realm settings have to change.
 * @param realm Keycloak's `RealmRepresentation`
 * @param locales languages of the portal; the realm keeps its further ones and its default
 * @returns a line and an update for each change; none when the realm is ready
 */
export function settingChanges(realm: RealmRepresentation, locales: readonly string[]): SettingChange[] {
  const found: SettingChange[] = [];
  if (realm.registrationAllowed !== false) {
    found.push({ line: 'switch the hosted registration page off', update: { registrationAllowed: false } });
  }
  if (realm.verifyEmail !== true) {
    found.push({ line: 'require a verified e-mail address (verifyEmail)', update: { verifyEmail: true } });
  }
  if (realm.internationalizationEnabled !== true) {
    found.push({ line: 'switch internationalization on', update: { internationalizationEnabled: true } });
  }
  const supported = realm.supportedLocales ?? [];
  const missing = locales.filter((locale) => !supported.includes(locale));
  if (missing.length > 0) {
    found.push({
      line: `support the languages ${missing.join(', ')}`,
      update: { supportedLocales: union(supported, locales) },
    });
  }
  const smtp = realm.smtpServer ?? {};
  const limits = smtp.host ? smtpChange(smtp) : undefined;
  if (limits) found.push(limits);
  return found;
}

/**
 * What an operator should know about the realm's settings although they are left alone.
 * @returns one line each
 */
export function settingNotes(realm: RealmRepresentation): string[] {
  const notes: string[] = [];
  if (!realm.smtpServer?.host) {
    notes.push('no mail server is configured (Realm settings, Email): nobody can finish a sign-up until there is one');
  } else if (!realm.smtpServer.from) {
    notes.push('the mail server has no sender address (Realm settings, Email, From): Keycloak cannot send mail');
  }
  if (realm.actionTokenGeneratedByAdminLifespan !== undefined) {
    const minutes = Math.round(realm.actionTokenGeneratedByAdminLifespan / 60);
    notes.push(`links in verification mails work for ${minutes} minutes (Realm settings, Tokens; left as it is)`);
  }
  return notes;
}

/** The policies that refuse what the portal's own rules refuse where the password is chosen on its form. */
const GUESSED_FIRST = ['passwordBlacklist', 'notUsername', 'notEmail'];

/**
 * What the realm's password policy lets pass that attackers try first. The policy is left alone.
 * @returns at most one line
 */
export function passwordNotes({ passwordPolicy = '' }: RealmRepresentation): string[] {
  const held = parsePasswordPolicy(passwordPolicy).map(({ id }) => id);
  const missing = GUESSED_FIRST.filter((id) => !held.includes(id));
  if (missing.length === 0) return [];
  return [
    `the password policy has no ${missing.join(', ')} (Authentication, Policies; left as it is): keycloak/README.md, Passwords`,
  ];
}

/**
 * Brings the realm's settings to what the portal needs.
 * @param realm the realm as Keycloak holds it
 */
export async function setUpSettings(
  admin: KeycloakAdminClient,
  realm: RealmRepresentation & { realm: string },
  locales: readonly string[],
  log: ChangeLog,
): Promise<void> {
  for (const { line, update } of settingChanges(realm, locales)) {
    await change(log, line, () => admin.realms.update({ realm: realm.realm }, update));
  }
  log.notes.push(...settingNotes(realm), ...passwordNotes(realm));
}
