import 'server-only';
import { settingsFor } from '@/lib/brand/config';
import { captchaPlan } from '@/lib/guards/captcha/captcha';
import { isLocale, offeredLocales } from '@/lib/i18n/locales';
import { type FormPlace, issueFormToken } from '@/lib/sign-up/form-token';
import { countServed } from '@/lib/telemetry/funnel';
import { marksFor } from './marks';
import { asksForPage, type PageRequest, PLAIN_STATE, type SharedPage } from './shared-page';

const SIGN_UP = /^\/([^/?]+)\/(embed\/)?sign-up(?:\?(.*))?$/;

/** The parameters of a link that make no page one visitor's, in the order in which a shared page has them. */
const SHARED_PARAMETERS = ['client_id', 'redirect_uri', 'scope'] as const;

/**
 * The sign-up page, where many visitors get the same: as an application links to it. With a parameter more (`authorization`,
 * `prefill`, whatever says something about the visitor) it is one visitor's. It is nobody's, too, where a visitor's attempts
 * decide on the CAPTCHA, and in a language that the realm doesn't have.
 * @param request as it came
 * @returns undefined for all else
 */
export function formPage(request: PageRequest): SharedPage | undefined {
  if (!asksForPage(request)) return undefined;
  const [whole, locale, embedded, search = ''] = SIGN_UP.exec(request.url ?? '') ?? [];
  if (whole === undefined || !isLocale(locale)) return undefined;
  const given = new URLSearchParams(search);
  const allowed: readonly string[] = [...SHARED_PARAMETERS, 'state'];
  if ([...given.keys()].some((name) => !allowed.includes(name) || given.getAll(name).length > 1)) return undefined;
  const state = given.get('state') ?? undefined;
  if (state !== undefined && !PLAIN_STATE.test(state)) return undefined;
  const query = new URLSearchParams(
    SHARED_PARAMETERS.flatMap((name) => {
      const value = given.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
  const place: FormPlace = embedded === undefined ? 'page' : 'frame';
  const clientId = query.get('client_id') ?? undefined;
  const withQuery = (parameters: URLSearchParams) =>
    `/${locale}/${embedded ?? ''}sign-up${parameters.size === 0 ? '' : `?${parameters}`}`;
  const own = async () => ({
    formToken: await issueFormToken(place, { clientId }),
    ...(state === undefined ? {} : { state }),
  });
  return {
    locale,
    key: `${withQuery(query)} ${state?.length ?? ''}`,
    isRare: false,
    isForAll({ supportedLocales }) {
      const { kind, fromAttempt } = captchaPlan(settingsFor(clientId));
      return (kind === 'none' || fromAttempt === 1) && offeredLocales(supportedLocales).includes(locale);
    },
    async forNobody() {
      const marks = marksFor(await own());
      const marked = new URLSearchParams(query);
      if (marks.state !== undefined) marked.set('state', marks.state);
      return { path: withQuery(marked), headers: {}, marks };
    },
    own,
    onSent: () => countServed(clientId),
  };
}
