import 'server-only';
import { SESSION_COOKIE } from '@/lib/auth/session-cookie';
import { cookieIn } from '@/lib/cookies';
import { suggestEmail } from '@/lib/email-suggestion';
import { env } from '@/lib/env';
import { clientAddress } from '@/lib/guards/client-address';
import { limitOf } from '@/lib/guards/limits';
import { isLocale, type Locale, offeredLocales } from '@/lib/i18n/locales';
import { type PendingSignUp, pendingSignUpIn, pendingSignUpPair } from '@/lib/sign-up/pending';
import { shortDigest } from '@/lib/sign-up/short-digest';
import { resendWait } from '@/lib/sign-up/verification-mail';
import { webMailOf } from '@/lib/sign-up/web-mail';
import { mark, marksFor, WAIT_HEADER } from './marks';
import { asksForPage, type PageRequest, PLAIN_STATE, type SharedPage } from './shared-page';

const CHECK_EMAIL = /^\/([^/?]+)\/sign-up\/check-email$/;

/** An address that stands everywhere in a page as it is. */
const PLAIN_EMAIL = /^[\w.+-]+@[\w.-]+$/;

/** Letters of a mark before the @, so that it can be nobody's address. */
const SHORTEST_NAME = 12;

/** Of the mark where the address is with no known provider: as short as one can be, and nobody's. */
const NO_DOMAIN = 'x';

/** The page is shared for so long after the mail, in seconds: later, its clock says a time that few others have. */
const FRESH_S = 5;

/** The address that stands for one: as long, and with the same provider, whose inbox the page links to. */
function emailMark(email: string): string | undefined {
  const domain = webMailOf(email) === undefined ? NO_DOMAIN : email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  const length = email.length - domain.length - 1;
  return length < SHORTEST_NAME ? undefined : `${mark('email', length)}@${domain}`;
}

/** Whether there is nothing in a sign-up that would make another page of it than of all others that have just begun. */
function isUsual({ email = '', mail, authorization, state }: PendingSignUp): boolean {
  return (
    PLAIN_EMAIL.test(email) &&
    suggestEmail(email) === undefined &&
    mail === 'sent' &&
    authorization === undefined &&
    (state === undefined || PLAIN_STATE.test(state))
  );
}

/**
 * The page that waits for the mailed link to be opened, right after the form was sent: but for the address, many get the same.
 * @param request as it came
 * @returns undefined for all else, and where there is anything unusual about the sign-up, or somebody signed in
 */
export function waitingPage(request: PageRequest): Promise<SharedPage | undefined> | undefined {
  const [whole, locale] = CHECK_EMAIL.exec(request.url ?? '') ?? [];
  if (whole === undefined || !isLocale(locale) || !asksForPage(request)) return undefined;
  return request.headers.cookie?.includes(SESSION_COOKIE) ? undefined : pageOf(request, whole, locale);
}

async function pageOf(request: PageRequest, path: string, locale: Locale): Promise<SharedPage | undefined> {
  const { cookie = '', 'x-forwarded-for': forwardedFor } = request.headers;
  const pending = await pendingSignUpIn({ get: (name) => cookieIn(cookie, name) });
  if (pending?.email === undefined || !isUsual(pending)) return undefined;
  const { email, userId, state, own: _, ...shared } = pending;
  const emailMarked = emailMark(email);
  if (emailMarked === undefined) return undefined;
  const wait = await resendWait(pending, clientAddress(String(forwardedFor), env().TRUSTED_PROXIES));
  const longest = limitOf('mail-cooldown').duration;
  if (wait > longest || wait <= longest - FRESH_S) return undefined;
  // By its address: two inboxes may be of one name.
  const { url: webMail } = webMailOf(email) ?? {};
  const stated = state === undefined ? {} : { state };
  return {
    locale,
    key: JSON.stringify([path, shared, webMail, email.length, state?.length, wait]),
    isRare: true,
    isForAll: ({ supportedLocales }) => offeredLocales(supportedLocales).includes(locale),
    async forNobody() {
      const [id, marked] = [mark('round', userId.length), marksFor(stated)];
      const nobody = await pendingSignUpPair({ ...shared, ...marked, own: 0, email: emailMarked, userId: id });
      const headers = { cookie: nobody, [WAIT_HEADER]: String(wait) };
      return { path, headers, marks: { email: emailMarked, round: shortDigest(id), ...marked } };
    },
    own: async () => ({ email, round: shortDigest(userId), ...stated }),
  };
}
