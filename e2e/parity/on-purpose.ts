import { adminMayNotEdit, isInsistedOnByAdminApi } from '../../lib/profile/form-model';
import { isWhitespace } from '../../lib/profile/java-text';
import { parsePasswordPolicy } from '../../lib/profile/password';
import { matchPattern } from '../../lib/profile/pattern-server';
import { profileFaults } from '../../lib/profile/profile-faults';
import type { ParityCase } from './case';
import type { Difference } from './compare';
import type { Outcome, Side } from './outcome';

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
const MULTIVALUED = 'error-invalid-multivalued-size';
const NOT_EMAIL = 'invalidPasswordNotEmailMessage';

function errorsOf(outcome: Outcome): Readonly<Record<string, readonly string[]>> {
  return outcome.status === 'refused' ? outcome.errors : {};
}

function keys(value: unknown): string[] {
  return Array.isArray(value) ? value.map((message) => String(message).split('|')[0] ?? '') : [];
}

function isOnly(value: unknown, key: string): boolean {
  return keys(value).length > 0 && keys(value).every((one) => one === key);
}

const nameIn = (where: string) => where.replace(/^attributes\./, '').replace(/\.required$/, '');

function attributeOf({ world }: Comparison, name: string) {
  return world.profile.attributes?.find((attribute) => attribute.name === name);
}

const isEmpty = (errors: object) => Object.keys(errors).length === 0;

const isShown = ({ hosted }: Comparison, name: string) => name in hosted.shape.fields;

/** @returns whether the portal had something to say, so that Keycloak was not asked yet */
function isHeldBack({ portal }: Comparison): boolean {
  return !isEmpty(errorsOf(portal.outcome));
}

/** @returns whether the portal said "check your e-mail" and stored nobody */
function isDecoy({ portal }: Comparison): boolean {
  return portal.outcome.status === 'accepted' && portal.outcome.user === undefined;
}

/** @returns whether a message is about what the portal can't judge: a pattern beyond a linear-time engine, a denylist */
function isLeftToKeycloak(comparison: Comparison, field: string, message: unknown): boolean {
  const isBeyond = (pattern: unknown) => typeof pattern === 'string' && matchPattern(pattern, 'a') === undefined;
  if (field === 'password') {
    if (isOnly(message, 'invalidPasswordBlacklistedMessage')) return true;
    const policies = parsePasswordPolicy(comparison.world.passwordPolicy);
    const isPattern = isOnly(message, 'invalidPasswordRegexPatternMessage');
    return isPattern && policies.some(({ id, value }) => id === 'regexPattern' && isBeyond(value));
  }
  return isBeyond(attributeOf(comparison, field)?.validations?.pattern?.pattern);
}

const PURPOSES: readonly Purpose[] = [
  {
    name: 'a known address is not told',
    reason: 'The hosted page tells anyone whether an address has an account; the portal answers as for a new one.',
    explains({ what, hosted, portal }, comparison) {
      const isTaken = isOnly(hosted, 'emailExistsMessage') || isOnly(hosted, 'usernameExistsMessage');
      return what === 'field' && isDecoy(comparison) && isTaken && keys(portal).length === 0;
    },
  },
  {
    name: 'who has an account is asked last',
    reason: 'A taken name is told once all else is right, else the form would be a free oracle; an address never is.',
    explains({ what, hosted }, comparison) {
      const isTaken = isOnly(hosted, 'usernameExistsMessage') || isOnly(hosted, 'emailExistsMessage');
      return what === 'field' && isTaken && isHeldBack(comparison);
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
      return what === 'form' && isText && /^parity\.(unknown$|option\.)/.test(String(hosted)) && portal !== '';
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
    explains({ what, where, hosted, portal }, { world, visit }) {
      const { password, email, username } = visit.wishes;
      const isPassword = (other: readonly string[] | undefined) =>
        other?.[0]?.toLowerCase() === password?.[0]?.toLowerCase();
      if (what !== 'field' || where !== 'password' || world.emailAsUsername) return false;
      return isPassword(email) ? isOnly(portal, NOT_EMAIL) : isPassword(username) && isOnly(hosted, NOT_EMAIL);
    },
  },
  {
    name: 'a username that is missing is in no password',
    reason: 'Java finds the empty text in every other: the hosted page blames the password for a missing username.',
    explains({ what, where, hosted }, { visit }) {
      const isMissing = (visit.wishes.username?.[0] ?? '').trim() === '';
      const key = 'invalidPasswordNotContainsUsernameMessage';
      return what === 'field' && where === 'password' && isMissing && isOnly(hosted, key);
    },
  },
  {
    name: 'the rules of a hidden username are told with the address',
    reason: 'With e-mail as username the hosted page shows the form again without a word.',
    explains({ what, where, hosted, portal }, { world, visit }) {
      // A post without an address is one without a username, too.
      const isMissing = (visit.wishes.email ?? []).length === 0 && isOnly(portal, REQUIRED);
      const isUsernameRule = isMissing || keys(portal).some((key) => /^error-(invalid-length|username-)/.test(key));
      const isSilent = keys(hosted).length === 0;
      return what === 'field' && where === 'email' && world.emailAsUsername && isSilent && isUsernameRule;
    },
  },
  {
    name: 'a box that is ticked counts',
    reason:
      'Required checkboxes can never be sent on the hosted page, whose own hidden value is blank (keycloak#52776).',
    explains({ what, where, hosted }, comparison) {
      const isBoxes = comparison.hosted.shape.fields[where]?.type === 'checkbox';
      const isTicked = (comparison.visit.wishes[where] ?? []).length > 0;
      return what === 'field' && isBoxes && isTicked && isOnly(hosted, REQUIRED);
    },
  },
  {
    name: 'a line that is left blank is no value',
    reason: 'The hosted page judges an unused line of a list as if it had been meant.',
    explains({ what, where, hosted }, comparison) {
      const isChoice = ['checkbox', 'multiselect'].includes(comparison.hosted.shape.fields[where]?.type ?? '');
      const isList = attributeOf(comparison, where)?.multivalued === true || isChoice;
      const hasBlank = (comparison.visit.wishes[where] ?? ['']).some((value) => isWhitespace(value));
      return what === 'field' && keys(hosted).length > 0 && isList && hasBlank;
    },
  },
  {
    name: 'what no column holds is told',
    reason: 'Longer names than 255 characters end in an error 500 on the hosted page, spaces around them included.',
    explains({ what, where, portal }, { visit }) {
      const isTooLong = (visit.wishes[where] ?? []).some((value) => value.length > 255);
      const isTold = keys(portal).includes('error-invalid-length-too-long');
      return (what === 'field' || what === 'message') && COLUMNS.includes(where) && isTooLong && isTold;
    },
  },
  {
    name: 'what nobody asks for is ignored',
    reason: 'Posting a name that the form does not have can make the hosted page refuse without a word, or take it.',
    explains({ what, where, hosted, portal }, comparison) {
      const { visit, world } = comparison;
      if (!visit.forged) return false;
      const isSilent = comparison.hosted.outcome.status === 'refused' && isEmpty(errorsOf(comparison.hosted.outcome));
      if (what === 'verdict') return isSilent && Object.keys(visit.wishes).some((name) => !isShown(comparison, name));
      // Names before Keycloak 24 had a prefix, which its page still takes.
      const name = nameIn(where);
      const isOldName = Object.hasOwn(visit.wishes, `user.attributes.${name}`);
      const isUnmanaged = world.profile.unmanagedAttributePolicy === 'ENABLED' && !isShown(comparison, name);
      if (isOldName && what !== 'form') return true;
      return what === 'stored' && isUnmanaged && Array.isArray(hosted) && portal === undefined && name !== 'locale';
    },
  },
  {
    name: 'digits are those of the page',
    reason: 'Java writes numbers in Arabic with other digits than browsers do; a page should have one kind of them.',
    explains({ what, hosted, portal }, { visit }) {
      if (what !== 'field' || visit.locale !== 'ar' || !Array.isArray(hosted) || !Array.isArray(portal)) return false;
      const latin = (text: string) => text.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
      return hosted.every((message) => portal.includes(latin(String(message)).replaceAll('٬', ',')));
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
    explains({ what, where }, comparison) {
      const attribute = attributeOf(comparison, nameIn(where));
      return what !== 'verdict' && attribute !== undefined && adminMayNotEdit(attribute);
    },
  },
  {
    name: 'what the admin API insists on is asked for',
    reason: 'No account can be made without a value that administrators must give, so the form says so beforehand.',
    explains({ what, where, hosted, portal }, comparison) {
      const attribute = attributeOf(comparison, nameIn(where));
      if (attribute === undefined || !isInsistedOnByAdminApi(attribute)) return false;
      const isHidden = !isShown(comparison, attribute.name);
      // How many values a list needs depends on whether it is required at all.
      const isCount = isOnly(hosted, MULTIVALUED) && isOnly(portal, MULTIVALUED);
      switch (what) {
        case 'form':
          return isHidden || where.endsWith('.required');
        case 'field':
          return isHidden || isCount || isOnly(portal, REQUIRED) || isOnly(portal, 'missingEmailMessage');
        case 'stored':
          return isHidden;
        default:
          return false;
      }
    },
  },
  {
    name: 'a profile that allows no account is named',
    reason: 'Where the admin API insists on what visitors may not fill in, nobody can sign up; the log names the mend.',
    explains({ what, portal: said }, { portal, world }) {
      const isBlocked = profileFaults(world.profile, world.emailAsUsername).some(({ blocks }) => blocks);
      const isAbout = what === 'verdict' || (what === 'field' && keys(said).length === 0);
      return isAbout && portal.outcome.status === 'failed' && isBlocked;
    },
  },
];

function purposeOf(difference: Difference, comparison: Comparison): string | undefined {
  return PURPOSES.find((purpose) => purpose.explains(difference, comparison))?.name;
}

/**
 * A verdict follows from the messages: it is explained where each message that only one side has is.
 */
function purposeOfVerdict(comparison: Comparison): string | undefined {
  const { hosted, portal } = comparison;
  const [refusing, errors] =
    hosted.outcome.status === 'refused'
      ? (['hosted', errorsOf(hosted.outcome)] as const)
      : (['portal', errorsOf(portal.outcome)] as const);
  const purposes = Object.entries(errors).map(([where, messages]) => {
    const [first, second] = refusing === 'hosted' ? [messages, []] : [[], messages];
    return purposeOf({ what: 'field', where, hosted: first, portal: second }, comparison);
  });
  // Nobody is stored for a known address alone.
  const isKnown = purposes.includes('a known address is not told');
  if (purposes.length === 0 || purposes.includes(undefined) || (isDecoy(comparison) && !isKnown)) return undefined;
  return purposes[0];
}

/** With e-mail as username the hosted page may find the hidden username taken, and say nothing at all. */
function isSilentlyTaken(comparison: Comparison): boolean {
  const { hosted, world } = comparison;
  const isSilent = hosted.outcome.status === 'refused' && isEmpty(hosted.outcome.errors);
  return isSilent && world.emailAsUsername && isDecoy(comparison);
}

/**
 * @returns the name of the purpose that explains a difference; undefined where none does, and it is a fault
 */
export function excuses(difference: Difference, comparison: Comparison): string | undefined {
  const own = purposeOf(difference, comparison);
  if (own !== undefined || difference.what !== 'verdict') return own;
  return isSilentlyTaken(comparison) ? 'a known address is not told' : purposeOfVerdict(comparison);
}

/** The list for a reader: each way in which the portal means to differ, and why. */
export const ON_PURPOSE: readonly { readonly name: string; readonly reason: string }[] = PURPOSES;
