import { deriveForm } from '../../lib/profile/form-model';
import { matchPattern } from '../../lib/profile/pattern-server';
import type { Field, FormModel } from '../../lib/profile/types';
import { validate } from '../../lib/profile/validate';
import {
  CLIENT_NAMES,
  effectiveScopes,
  LOCALES,
  optionalScopesOf,
  type ParityCase,
  PLAIN_REALM,
  type Visit,
  type World,
} from './case';
import { generateProfile } from './generate-profile';
import { candidatesFor, generatePassword } from './generate-values';
import { type Random, randomFrom } from './random';
import { settingsOf } from './settings';

/** Cases that share one world: a new one costs several calls of the admin API. */
export const CASES_PER_WORLD = 10;

const POLICIES = [
  'length(8)',
  'length',
  'length(12)',
  'maxLength(12)',
  'maxLength',
  'digits(2)',
  'digits',
  'lowerCase(1)',
  'upperCase(2)',
  'upperCase',
  'specialChars(1)',
  'notUsername(undefined)',
  'notUsername',
  'notContainsUsername(undefined)',
  'notEmail(undefined)',
  'regexPattern(^[A-Z].*)',
  'regexPattern((?=.*[0-9]).*)',
  'passwordBlacklist(common.txt)',
  'passwordHistory(3)',
  'forceExpiredPasswordChange(365)',
  'passwordAge(10)',
  'maxAuthAge(300)',
  'recoveryCodesWarningThreshold(4)',
  'regexPattern(a and b)',
  'length(abc)',
];

function generateWorld(random: Random): World {
  const duplicateEmails = random.chance(0.15);
  const emailAsUsername = !duplicateEmails && random.chance(0.25);
  const supportedLocales = random.pick([LOCALES, LOCALES, ['en', 'de'], ['de', 'ar']]);
  return {
    emailAsUsername,
    duplicateEmails,
    loginWithEmail: !duplicateEmails && random.chance(0.8),
    internationalization: random.chance(0.75),
    supportedLocales,
    defaultLocale: random.pick(supportedLocales),
    editUsername: random.chance(0.5),
    passwordPolicy: [...random.some(POLICIES, 5), PLAIN_REALM.passwordPolicy].join(' and '),
    smtp: random.pick(['none', 'ascii', 'ascii', 'utf8']),
    defaultAction: random.chance(0.2),
    profile: generateProfile(random),
  };
}

/** How a visit fills the form in. */
type Mood = 'right' | 'one wrong' | 'wild' | 'empty' | 'forged';

/** Names that only an attacker posts, beside those that the profile has and this visitor may not edit. */
const NOT_ASKED_FOR = [
  'enabled',
  'emailVerified',
  'requiredActions',
  'groups',
  'realmRoles',
  'federationLink',
  'id',
  'locale',
  '__proto__',
  'constructor',
  'kc.email.pending',
  'KERBEROS_PRINCIPAL',
  'LDAP_ID',
  'unmanaged',
  'attributes.admin',
  'user.attributes.ghost',
];

/** @returns a value of the field that the engine takes for right, if one turns up; the bench sees who else does */
function rightValue(random: Random, field: Field, locale: string): string {
  const candidates = candidatesFor(field);
  const alone: FormModel = { groups: [{ name: '', fields: [field] }], emailAsUsername: false };
  for (let attempt = 0; attempt < 40; attempt++) {
    const value = random.pick(candidates);
    if (validate(alone, { [field.name]: [value] }, { locale, matches: matchPattern }).length === 0) return value;
  }
  return '';
}

function valuesFor(random: Random, field: Field, locale: string, isRight: boolean): readonly string[] {
  const one = () => (isRight ? rightValue(random, field, locale) : random.pick(candidatesFor(field)));
  if (!isRight && random.chance(0.15)) return [];
  // An optional field is mostly left alone.
  if (isRight && !field.required && random.chance(0.3)) return [];
  if (!field.multivalued) return [one()];
  const { min, max } = field.values;
  const most = max ?? 4;
  const count = isRight
    ? random.int(Math.max(1, Math.min(min, most)), Math.max(1, Math.min(most, 4)))
    : random.int(0, Math.min(most + 1, 12));
  return Array.from({ length: count }, one);
}

function generateVisit(random: Random, world: World): Visit {
  const client = random.pick(CLIENT_NAMES);
  const passwordMode = random.pick(['form', 'form', 'after-verification'] as const);
  const locale = world.internationalization ? random.pick(world.supportedLocales) : 'en';
  const mood = random.pick<Mood>(['right', 'right', 'right', 'one wrong', 'one wrong', 'wild', 'empty', 'forged']);
  const scopes = random.some(optionalScopesOf(client), 2);
  const visit: Visit = { client, passwordMode, locale, scopes, wishes: {}, forged: mood === 'forged' };
  const model = deriveForm(world.profile, settingsOf(world), {
    scopes: effectiveScopes(visit),
    withPassword: passwordMode === 'form',
  });
  const fields = model.groups.flatMap((group) => group.fields);
  const wrong = mood === 'one wrong' && fields.length > 0 ? random.pick(fields).name : undefined;
  const wishes = new Map<string, readonly string[]>();
  if (mood !== 'empty') {
    for (const field of fields) {
      const isRight = mood === 'right' || mood === 'one wrong' ? field.name !== wrong : random.chance(0.4);
      wishes.set(field.name, valuesFor(random, field, locale, isRight));
    }
  }
  if (passwordMode === 'form' && mood !== 'empty') {
    const owner = [wishes.get('username')?.[0] ?? '', wishes.get('email')?.[0] ?? ''];
    const { password, confirmation } = generatePassword(random, owner);
    wishes.set('password', [password]);
    wishes.set('password-confirm', [confirmation]);
  }
  if (mood === 'forged') {
    const known = (world.profile.attributes ?? []).map(({ name }) => name);
    for (const name of random.some([...known, ...NOT_ASKED_FOR], 6)) {
      if (!wishes.has(name)) wishes.set(name, [random.pick(['true', 'x', 'VERIFY_EMAIL', 'red'])]);
    }
    // Repeated parameters.
    for (const name of random.some([...wishes.keys()], 2)) {
      wishes.set(name, [...(wishes.get(name) ?? []), ...(wishes.get(name) ?? []), 'red']);
    }
  }
  return { ...visit, wishes: Object.fromEntries(wishes) };
}

/**
 * The bench's case of a number.
 * @param seed of the run
 * @param index from 0; cases next to each other share their world
 * @param salt another try at the world, after Keycloak refused one as no valid profile
 */
export function generateCase(seed: number, index: number, salt = 0): ParityCase {
  const world = generateWorld(randomFrom(seed, Math.floor(index / CASES_PER_WORLD), salt));
  return { world, visit: generateVisit(randomFrom(seed, index, salt, 1), world) };
}
