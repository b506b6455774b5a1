import 'server-only';
import { processWide } from '@/lib/process-wide';
import { foldedCharacters, readings } from './password-shape';

/** Of these, the commonest, also a few digits and signs more make no other password. */
const COMMONEST = 10_000;
/** How many digits and signs in the end are such a few. */
const LONGEST_TAIL = 6;

const TAIL = new RegExp(`[^\\p{L}]{1,${LONGEST_TAIL}}$`, 'u');

/** Each common password, in small letters, with its place among them from 0. */
export type CommonPasswords = ReadonlyMap<string, number>;

/**
 * The passwords that people choose most (NIST SP 800-63B-4, 3.1.1.2; ASVS 6.2.4): those that come with zxcvbn-ts. Loaded when
 * first asked for: they are some megabytes, and only needed where a password is chosen on the form.
 */
export function commonPasswords(): Promise<CommonPasswords> {
  return processWide('common passwords', async () => {
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    return new Map(dictionary['passwords-common'].map((password, place) => [password, place]));
  });
}

/**
 * Whether a password is a common one: itself, whatever its case; or one of the commonest with up to six digits and signs in
 * the end, or digits and signs for letters (`Welcome2026!`, `P@ssw0rd1`).
 * @param common see `commonPasswords`
 */
export function isCommonPassword(password: string, common: CommonPasswords): boolean {
  const small = password.normalize('NFKC').toLowerCase();
  if (common.has(small)) return true;
  const folded = foldedCharacters(password);
  return readings(folded)
    .flatMap((reading) => {
      const tail = Array.from(TAIL.exec(folded.join(''))?.[0] ?? '').length;
      // The tail as it was typed: its digits stand for themselves.
      return [reading.join(''), reading.slice(0, reading.length - tail).join('')];
    })
    .some((stem) => stem.length >= 4 && (common.get(stem) ?? COMMONEST) < COMMONEST);
}
