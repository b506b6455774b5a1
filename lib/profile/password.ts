import { numberOf } from './config';
import { isBlank } from './java-text';
import type { Finding } from './rules';
import {
  PASSWORD_CONFIRM_FIELD,
  PASSWORD_FIELD,
  type PasswordPolicy,
  type PatternMatcher,
  type Violation,
} from './types';

/** Whose password it is; blank or absent values are not compared with. */
export interface PasswordOwner {
  readonly username?: string | undefined;
  readonly email?: string | undefined;
}

/** A policy as the page lists it before anything is typed. */
export interface PolicyDescription extends Finding {
  readonly id: string;
  /** False for what only Keycloak can tell (its denylist): such a line is shown, but never ticked. */
  readonly judged: boolean;
}

type PolicyValue = PasswordPolicy['value'];
type PolicyKind = 'count' | 'text' | 'none';
/** True when the password holds; undefined when this cannot be told here. */
type Judge = (
  password: string,
  value: PolicyValue,
  owner: PasswordOwner,
  matches: PatternMatcher,
) => boolean | undefined;

interface PolicyDefinition {
  readonly kind: PolicyKind;
  readonly fallback: PolicyValue;
  readonly code: string;
  /** Absent for policies that only the server can judge. */
  readonly holds?: Judge;
}

/** Java judges `char` by `char`, so each half of a surrogate pair is a character that is neither letter nor digit. */
function countOf(units: RegExp): Judge {
  return (password, value) => password.split('').filter((unit) => units.test(unit)).length >= Number(value);
}

/** Case is folded as in Keycloak, to lower case; nothing typed is not compared with. */
function avoids(person: keyof PasswordOwner, clash: (password: string, name: string) => boolean): Judge {
  return (password, _value, owner) => {
    const name = owner[person] ?? '';
    return isBlank(name) || !clash(password.toLowerCase(), name.toLowerCase());
  };
}

const equals = (password: string, name: string) => password === name;
const contains = (password: string, name: string) => password.includes(name);

/**
 * The policies that say something about a new password (Keycloak `org.keycloak.policy.*`). Hashing, age and history are
 * not about a first password and are left out.
 */
const POLICIES = {
  length: {
    kind: 'count',
    fallback: 8,
    code: 'invalidPasswordMinLengthMessage',
    holds: (password, value) => password.length >= Number(value),
  },
  maxLength: {
    kind: 'count',
    fallback: 64,
    code: 'invalidPasswordMaxLengthMessage',
    holds: (password, value) => password.length <= Number(value),
  },
  digits: { kind: 'count', fallback: 1, code: 'invalidPasswordMinDigitsMessage', holds: countOf(/\p{Nd}/u) },
  lowerCase: {
    kind: 'count',
    fallback: 1,
    code: 'invalidPasswordMinLowerCaseCharsMessage',
    holds: countOf(/\p{Lowercase}/u),
  },
  upperCase: {
    kind: 'count',
    fallback: 1,
    code: 'invalidPasswordMinUpperCaseCharsMessage',
    holds: countOf(/\p{Uppercase}/u),
  },
  specialChars: {
    kind: 'count',
    fallback: 1,
    code: 'invalidPasswordMinSpecialCharsMessage',
    holds: countOf(/[^\p{L}\p{Nd}]/u),
  },
  notUsername: {
    kind: 'none',
    fallback: null,
    code: 'invalidPasswordNotUsernameMessage',
    holds: avoids('username', equals),
  },
  notContainsUsername: {
    kind: 'none',
    fallback: null,
    code: 'invalidPasswordNotContainsUsernameMessage',
    holds: avoids('username', contains),
  },
  notEmail: { kind: 'none', fallback: null, code: 'invalidPasswordNotEmailMessage', holds: avoids('email', equals) },
  regexPattern: {
    kind: 'text',
    fallback: null,
    code: 'invalidPasswordRegexPatternMessage',
    holds: (password, value, _owner, matches) => matches(String(value), password),
  },
  passwordBlacklist: { kind: 'text', fallback: null, code: 'invalidPasswordBlacklistedMessage' },
} satisfies Record<string, PolicyDefinition>;

function definitionOf(id: string): PolicyDefinition | undefined {
  return Object.hasOwn(POLICIES, id) ? POLICIES[id as keyof typeof POLICIES] : undefined;
}

function readValue(definition: PolicyDefinition, text: string | undefined): PolicyValue {
  if (definition.kind === 'none') return null;
  if (text === undefined) return definition.fallback;
  return definition.kind === 'count' ? numberOf(text) : text;
}

/**
 * Reads a realm's `passwordPolicy` as Keycloak does (`PasswordPolicy.Builder`): items between literal `" and "`, an
 * item's value between its first `(` and its last character; of two items with one id the last one wins.
 *
 * @param text for example `length(8) and notUsername(undefined)`; empty for no policy
 * @returns the policies that concern a new password, in the realm's order; unknown ones and values that Keycloak would
 *   refuse are left out, Keycloak has the last word
 */
export function parsePasswordPolicy(text: string): PasswordPolicy[] {
  const items = new Map<string, string | undefined>();
  for (const part of text.split(' and ')) {
    const item = part.trim();
    const open = item.indexOf('(');
    if (open < 0) items.set(item, undefined);
    else items.set(item.slice(0, open).trim(), item.slice(open + 1, -1));
  }
  return [...items].flatMap(([id, itemText]) => {
    const definition = definitionOf(id);
    if (definition === undefined) return [];
    const value = readValue(definition, itemText);
    return definition.kind !== 'none' && value === null ? [] : [{ id, value }];
  });
}

function findingOf(policy: PasswordPolicy, definition: PolicyDefinition): Finding {
  // The name of the denylist file is the server's own affair: `DenylistPasswordPolicyProvider` gives no parameter.
  const params = policy.value === null || definition.holds === undefined ? [] : [policy.value];
  return { code: definition.code, params };
}

/**
 * Judges one policy, for a list that is ticked off while typing.
 *
 * @returns undefined when only Keycloak can judge it
 */
export function holdsPolicy(
  policy: PasswordPolicy,
  password: string,
  owner: PasswordOwner,
  matches: PatternMatcher,
): boolean | undefined {
  return definitionOf(policy.id)?.holds?.(password, policy.value, owner, matches);
}

/**
 * The rules of a password in words: message keys and parameters, in the realm's order. `params` start at `{0}`: password
 * messages carry no attribute name.
 *
 * @param matches the engine that will judge while typing: a pattern it cannot judge is not ticked either
 */
export function describePolicies(policies: readonly PasswordPolicy[], matches: PatternMatcher): PolicyDescription[] {
  return policies.flatMap((policy) => {
    const definition = definitionOf(policy.id);
    if (definition === undefined) return [];
    const judged = holdsPolicy(policy, '', {}, matches) !== undefined;
    return [{ id: policy.id, ...findingOf(policy, definition), judged }];
  });
}

/**
 * Completes Keycloak's refusal of a password: its API names the policy's message and leaves out the value in it.
 *
 * @param violation as `readRefusal` gives it
 * @param policies the realm's
 */
export function withPolicyValue(violation: Violation, policies: readonly PasswordPolicy[]): Violation {
  if (violation.field !== PASSWORD_FIELD || violation.params.length > 0) return violation;
  const policy = policies.find(({ id }) => definitionOf(id)?.code === violation.code);
  const definition = policy === undefined ? undefined : definitionOf(policy.id);
  return policy === undefined || definition === undefined
    ? violation
    : { field: violation.field, ...findingOf(policy, definition) };
}

/**
 * All failures of a password, where Keycloak's page and API report only the first (`DefaultPasswordPolicyManager`).
 * Unlike the hosted page, `notEmail` is compared with the real e-mail address, as Keycloak does when it stores the
 * password. A blank password is `missingPasswordMessage` and nothing else, as `RegistrationPassword` shows it.
 */
export function checkPassword(
  policies: readonly PasswordPolicy[],
  password: string,
  owner: PasswordOwner,
  matches: PatternMatcher,
): Violation[] {
  if (isBlank(password)) return [{ field: PASSWORD_FIELD, code: 'missingPasswordMessage', params: [] }];
  return policies.flatMap((policy) => {
    const definition = definitionOf(policy.id);
    if (definition === undefined || holdsPolicy(policy, password, owner, matches) !== false) return [];
    return [{ field: PASSWORD_FIELD, ...findingOf(policy, definition) }];
  });
}

/** `RegistrationPassword`: the repetition must be the very same; with a blank password there is nothing to repeat. */
export function checkPasswordConfirmation(password: string, confirmation: string): Violation[] {
  if (isBlank(password) || password === confirmation) return [];
  return [{ field: PASSWORD_CONFIRM_FIELD, code: 'invalidPasswordConfirmMessage', params: [] }];
}
