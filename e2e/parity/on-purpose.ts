import { adminMayNotEdit, isInsistedOnByAdminApi } from '../../lib/profile/form-model';
import { isWhitespace } from '../../lib/profile/java-text';
import { profileFaults } from '../../lib/profile/profile-faults';
import { type Entries, wishedFor } from './browser';
import type { ParityCase } from './case';
import type { Difference } from './compare';
import { BEYOND } from './generate-profile';
import { keyOf, messagesIn, type Outcome, type Side } from './outcome';
import { isTakenName } from './realm';

/** A case and what both sides made of it. */
interface Comparison extends ParityCase {
  readonly hosted: Side;
  readonly portal: Side;
}

/** A way in which the portal differs from the hosted page, and means to. */
interface Purpose {
  readonly name: string;
  /** Why ours is better, or can't be otherwise, in a sentence for the reader of the list. */
  readonly reason: string;
  /** Whether a difference is exactly this one. */
  explains(difference: Difference, comparison: Comparison): boolean;
}

const COLUMNS = ['username', 'email', 'firstName', 'lastName'];
const REQUIRED = 'error-user-attribute-required';
const MISSING_EMAIL = 'missingEmailMessage';
const MULTIVALUED = 'error-invalid-multivalued-size';
const NOT_EMAIL = 'invalidPasswordNotEmailMessage';
const NOT_CONTAINS = 'invalidPasswordNotContainsUsernameMessage';

/** `DeclarativeUserProfileProviderFactory`: names that nobody may set, in any case, and that no page shows. */
const GUARDED = ['kerberos_principal', 'ldap_id', 'kc.email.pending', 'enabled'];

function errorsOf(outcome: Outcome): Readonly<Record<string, readonly string[]>> {
  return outcome.status === 'refused' ? outcome.errors : {};
}

function keys(value: unknown): string[] {
  return Array.isArray(value) ? value.map(keyOf) : [];
}

/** @returns whether there is a message, and all of them are among these */
function areOnly(value: unknown, ...allowed: readonly string[]): boolean {
  return keys(value).length > 0 && keys(value).every((one) => allowed.includes(one));
}

function isNothing(value: unknown): boolean {
  return keys(value).length === 0;
}

const nameIn = (where: string) => where.replace(/^attributes\./, '').replace(/\.required$/, '');

function attributeOf({ world }: Comparison, name: string) {
  return world.profile.attributes?.find((attribute) => attribute.name === name);
}

function firstWish({ visit }: Comparison, name: string): string {
  return wishedFor(visit.wishes, name)[0] ?? '';
}

function hasPolicy({ world }: Comparison, id: string): boolean {
  return world.passwordPolicy.split(' and ').some((item) => item === id || item.startsWith(`${id}(`));
}

const isEmpty = (errors: object) => Object.keys(errors).length === 0;

/** @returns whether the hosted page showed its form again without a message anywhere */
function isSilent({ hosted }: Comparison): boolean {
  return hosted.outcome.status === 'refused' && isEmpty(hosted.outcome.errors);
}

/** @returns whether the portal had something to say, so that Keycloak was not asked yet */
function isHeldBack({ portal }: Comparison): boolean {
  return !isEmpty(errorsOf(portal.outcome));
}

/** @returns whether the portal said "check your e-mail" to somebody's address and stored nobody */
function isDecoy(comparison: Comparison): boolean {
  const { portal } = comparison;
  const isMade = portal.outcome.status !== 'accepted' || portal.outcome.user !== undefined;
  return !isMade && isTakenName(firstWish(comparison, 'email'));
}

/** @returns whether nobody, known or new, can have an account: there is no username, and no field to ask for one */
function isNamelessForAll(comparison: Comparison): boolean {
  const { edit = [] } = attributeOf(comparison, 'username')?.permissions ?? {};
  return !comparison.world.emailAsUsername && !edit.includes('user') && comparison.portal.outcome.status === 'failed';
}

/** @returns whether a message is about what the portal can't judge: a pattern beyond a linear-time engine, a denylist */
function isLeftToKeycloak(comparison: Comparison, field: string, message: unknown): boolean {
  if (field === 'password') {
    if (hasPolicy(comparison, 'passwordBlacklist') && areOnly(message, 'invalidPasswordBlacklistedMessage'))
      return true;
    const isBeyond = BEYOND.some((pattern) => comparison.world.passwordPolicy.includes(`regexPattern(${pattern})`));
    return isBeyond && areOnly(message, 'invalidPasswordRegexPatternMessage');
  }
  const { pattern } = attributeOf(comparison, field)?.validations ?? {};
  const isBeyond = BEYOND.includes(String(pattern?.pattern));
  const own = messagesIn(String(pattern?.['error-message'] ?? '')).map(keyOf);
  return isBeyond && areOnly(message, 'error-pattern-no-match', ...own);
}

/** Name of the difference that is tried out, not recognized: see {@link retell}. */
export const UNUSED_LINE = 'a line that nobody used is no value';

/** Controls that always stand somewhere: an untouched line of a list is sent with a value. */
const NEVER_EMPTY = ['color', 'range'];

/**
 * What the hosted page takes for values although nobody meant them: lines of a list that were left empty, its own hidden
 * value before checkboxes (keycloak#52776), and lines of sliders and colours, of which the portal shows as many as the
 * realm needs and the hosted page one.
 * @param own the portal's side
 * @returns the entries of the hosted page as they are without those
 */
export function retell({ world }: ParityCase, own: Side): (entries: Entries) => Entries {
  const typeOf = (name: string) => own.shape.fields[name]?.type ?? '';
  const isList = (name: string) => world.profile.attributes?.find((one) => one.name === name)?.multivalued === true;
  const isNeverEmpty = (name: string) => isList(name) && NEVER_EMPTY.includes(typeOf(name));
  const isUnused = (name: string, value: string) =>
    (isList(name) || ['checkbox', 'multiselect'].includes(typeOf(name))) && isWhitespace(value);
  return (entries) => [
    ...entries.filter(([name, value]) => !isNeverEmpty(name) && !isUnused(name, value)),
    ...own.entries.filter(([name]) => isNeverEmpty(name)),
  ];
}

const PURPOSES: readonly Purpose[] = [
  {
    name: UNUSED_LINE,
    reason:
      'Required checkboxes can never be sent on the hosted page (keycloak#52776), and an unused line is judged there.',
    // The bench posts again without them, and then nothing may differ.
    explains: () => false,
  },
  {
    name: 'a known address is not told',
    reason: 'The hosted page tells anyone whether an address has an account; the portal answers as for a new one.',
    explains({ what, where, hosted, portal }, comparison) {
      const isTaken = areOnly(hosted, 'emailExistsMessage') || areOnly(hosted, 'usernameExistsMessage');
      // Both names of one person: nothing is told of either.
      const isName = where === 'email' || (where === 'username' && isTakenName(firstWish(comparison, where)));
      if (isNamelessForAll(comparison) && isTakenName(firstWish(comparison, 'email')))
        return what === 'verdict' || (what === 'field' && isName && isTaken);
      if (what === 'verdict') return comparison.world.emailAsUsername && isSilent(comparison) && isDecoy(comparison);
      return what === 'field' && isName && isDecoy(comparison) && isTaken && isNothing(portal);
    },
  },
  {
    name: 'who has an account is asked last',
    reason: 'A taken name is told once all else is right, else the form would be a free oracle; an address never is.',
    explains({ what, where, hosted }, comparison) {
      const isTaken = areOnly(hosted, 'usernameExistsMessage') || areOnly(hosted, 'emailExistsMessage');
      const isName = (where === 'username' || where === 'email') && isTakenName(firstWish(comparison, where));
      return what === 'field' && isName && isTaken && isHeldBack(comparison);
    },
  },
  {
    name: 'what only Keycloak can judge is asked last',
    reason:
      'A pattern that no linear-time engine runs, or a denylist: Keycloak judges, once the portal has nothing to say.',
    explains({ what, where, hosted }, comparison) {
      const isLater = isHeldBack(comparison) || isDecoy(comparison);
      return what === 'field' && isLater && isLeftToKeycloak(comparison, where, hosted);
    },
  },
  {
    name: 'an unknown key is not shown',
    reason: 'The hosted page prints the bare key of a text that the realm does not have.',
    explains({ what, where, hosted, portal }) {
      const isText = /\.(label|option .*)$/s.test(where);
      const isReadable = typeof portal === 'string' && portal !== '' && !portal.includes('parity.');
      return what === 'form' && isText && /^parity\.(unknown$|german$|option\.)/.test(String(hosted)) && isReadable;
    },
  },
  {
    name: 'an option has a name',
    reason: 'The hosted page leaves a button without a word where the option is empty.',
    explains({ what, where, hosted, portal }) {
      return what === 'form' && where.endsWith('.option ') && hosted === '' && portal === '–';
    },
  },
  {
    name: 'a password is compared with the address',
    reason:
      'Under notEmail the hosted page compares with the username, and then stores the account without a password.',
    explains({ what, where, hosted, portal }, comparison) {
      const isPassword = (name: string) =>
        firstWish(comparison, name).toLowerCase() === firstWish(comparison, 'password').toLowerCase();
      const applies = hasPolicy(comparison, 'notEmail') && !comparison.world.emailAsUsername;
      if (what !== 'field' || where !== 'password' || !applies) return false;
      if (isPassword('email') && isNothing(hosted) && areOnly(portal, NOT_EMAIL)) return true;
      return isPassword('username') && !isPassword('email') && areOnly(hosted, NOT_EMAIL);
    },
  },
  {
    name: 'a username that is missing is in no password',
    reason: 'Java finds the empty text in every other: the hosted page blames the password for a missing username.',
    explains({ what, where, hosted }, comparison) {
      const typed = firstWish(comparison, comparison.world.emailAsUsername ? 'email' : 'username');
      const isMissing = typed.trim() === '' && hasPolicy(comparison, 'notContainsUsername');
      return what === 'field' && where === 'password' && isMissing && areOnly(hosted, NOT_CONTAINS);
    },
  },
  {
    name: 'the rules of a hidden username are told with the address',
    reason: 'With e-mail as username the hosted page shows the form again without a word.',
    explains({ what, where, hosted, portal }, comparison) {
      const { world, visit } = comparison;
      if (what !== 'field' || where !== 'email' || !world.emailAsUsername || !isNothing(hosted)) return false;
      // A post without an address is one without a username, too.
      const isMissing = (visit.wishes.email ?? []).length === 0 && areOnly(portal, REQUIRED);
      const isRule = keys(portal).every((key) => /^(error-invalid-length|error-username-|parityFormat)/.test(key));
      return comparison.hosted.outcome.status === 'refused' && (isMissing || isRule);
    },
  },
  {
    name: 'what no column holds is told',
    reason: 'Longer names than 255 characters end in an error 500 on the hosted page, spaces around them included.',
    explains({ what, where, hosted, portal }, comparison) {
      const isTooLong = wishedFor(comparison.visit.wishes, where).some((value) => [...value].length > 255);
      const isTold = keys(portal).includes('error-invalid-length-too-long');
      const isExtra = what === 'message' || keys(hosted).every((key) => keys(portal).includes(key));
      const isUnstored = comparison.hosted.outcome.status !== 'accepted';
      return (
        (what === 'field' || what === 'message') &&
        COLUMNS.includes(where) &&
        isTooLong &&
        isTold &&
        isExtra &&
        isUnstored
      );
    },
  },
  {
    name: 'what nobody asks for is ignored',
    reason: 'Posting a name that the form does not have can make the hosted page refuse without a word, or store it.',
    explains({ what, where, hosted, portal }, comparison) {
      const { visit, world } = comparison;
      if (!visit.forged) return false;
      const isAsked = (name: string) => name in comparison.hosted.shape.fields;
      const isGuarded = (name: string) =>
        GUARDED.includes(name.toLowerCase()) || attributeOf(comparison, name) !== undefined;
      const surplus = Object.keys(visit.wishes).filter((name) => !isAsked(name));
      if (what === 'verdict') {
        const isAnswered = comparison.portal.outcome.status !== 'failed';
        return isSilent(comparison) && isAnswered && surplus.some(isGuarded);
      }
      const name = nameIn(where);
      const isUnmanaged = world.profile.unmanagedAttributePolicy === 'ENABLED' && surplus.includes(name);
      return what === 'stored' && isUnmanaged && name !== 'locale' && Array.isArray(hosted) && portal === undefined;
    },
  },
  {
    name: 'digits are those of the page',
    reason: 'Java writes numbers in Arabic with other digits than browsers do; a page should have one kind of them.',
    explains({ what, hosted, portal }, { visit }) {
      if (what !== 'field' || visit.locale !== 'ar' || !Array.isArray(hosted) || !Array.isArray(portal)) return false;
      const latin = (text: string) => text.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
      return (
        hosted.length > 0 &&
        hosted.every((one) => portal.includes(latin(String(one)).replaceAll('٬', ',').replaceAll('٫', '.')))
      );
    },
  },
  {
    name: 'VERIFY_EMAIL is in the link',
    reason: 'The mailed link carries it; left on the account it blocks people who have verified (keycloak#26426).',
    explains({ what, where, hosted, portal }, { visit }) {
      const rest = Array.isArray(hosted) ? hosted.filter((action) => action !== 'VERIFY_EMAIL') : [];
      const isAction = what === 'stored' && where === 'requiredActions' && visit.passwordMode === 'after-verification';
      return isAction && JSON.stringify(rest) === JSON.stringify(portal);
    },
  },
  {
    name: 'only what can be stored is asked for',
    reason: 'The admin API drops what an administrator may not edit; asking for it would lose it.',
    explains({ what, where, portal }, comparison) {
      const name = nameIn(where);
      const attribute = attributeOf(comparison, name);
      const isAsked = name in comparison.portal.shape.fields;
      if (attribute === undefined || isAsked || !adminMayNotEdit(attribute)) return false;
      return what === 'form' || (what === 'field' && isNothing(portal)) || (what === 'stored' && portal === undefined);
    },
  },
  {
    name: 'what the admin API insists on is asked for',
    reason: 'No account can be made without a value that administrators must give, so the form says so beforehand.',
    explains({ what, where, hosted, portal }, comparison) {
      const name = nameIn(where);
      const attribute = attributeOf(comparison, name);
      const { edit = [], view = [] } = attribute?.permissions ?? {};
      const mayEdit = edit.includes('user') || (name === 'email' && edit.length === 0 && view.length === 0);
      if (attribute === undefined || !mayEdit || !isInsistedOnByAdminApi(attribute)) return false;
      const isHidden = !(name in comparison.hosted.shape.fields);
      switch (what) {
        case 'form':
          return isHidden ? portal === 'there' : where === `${name}.required` && portal === true;
        case 'field':
          // How many values a list needs depends on whether it is required at all.
          if (isHidden) return isNothing(hosted);
          return (
            areOnly(portal, REQUIRED, MISSING_EMAIL, MULTIVALUED) && (isNothing(hosted) || areOnly(hosted, MULTIVALUED))
          );
        case 'stored':
          return isHidden && hosted === undefined;
        default:
          return false;
      }
    },
  },
  {
    name: 'a profile that allows no account is named',
    reason: 'Where the admin API insists on what visitors may not fill in, nobody can sign up; the log names the mend.',
    explains({ what, portal: said }, { portal, world }) {
      const faults = profileFaults(world.profile, world.emailAsUsername);
      const isBlocked = portal.outcome.status === 'failed' && faults.some(({ fault }) => fault === 'not-askable');
      return isBlocked && (what === 'verdict' || (what === 'field' && isNothing(said)));
    },
  },
  {
    name: 'an embedded database counts otherwise',
    reason: 'H2, which only tests run on, takes an emoji for two characters; both pages then end in its error 500.',
    explains({ what, where }, { hosted, portal, visit }) {
      const isFailure = hosted.outcome.status === 'failed' && portal.outcome.status === 'failed';
      const values = COLUMNS.flatMap((name) => wishedFor(visit.wishes, name));
      const isAstral = values.some((value) => value.length > 255 && [...value].length <= 255);
      return what === 'verdict' && where === 'submit' && isFailure && isAstral;
    },
  },
];

function purposeOf(difference: Difference, comparison: Comparison): string | undefined {
  return PURPOSES.find((purpose) => purpose.explains(difference, comparison))?.name;
}

/** A verdict follows from the messages: it is explained where each message that only one side has is. */
function purposeOfVerdict(comparison: Comparison): string | undefined {
  const { hosted, portal } = comparison;
  if (portal.outcome.status === 'failed') return undefined;
  const isHosted = hosted.outcome.status === 'refused';
  const purposes = Object.entries(errorsOf(isHosted ? hosted.outcome : portal.outcome)).map(([where, messages]) => {
    const [first, second] = isHosted ? [messages, []] : [[], messages];
    return purposeOf({ what: 'field', where, hosted: first, portal: second }, comparison);
  });
  return purposes.includes(undefined) ? undefined : purposes[0];
}

/**
 * @returns the name of the purpose that explains a difference; undefined where none does, and it is a fault
 */
export function excuses(difference: Difference, comparison: Comparison): string | undefined {
  const own = purposeOf(difference, comparison);
  return own === undefined && difference.what === 'verdict' ? purposeOfVerdict(comparison) : own;
}

/** The list for a reader: each way in which the portal means to differ, and why. */
export const ON_PURPOSE: readonly { readonly name: string; readonly reason: string }[] = PURPOSES;
