import { type Entries, fillIn, forge } from './browser';
import { clientId, type Visit } from './case';
import { byName, heldValues, type Manners, messagesIn, type Side, shapeOf } from './outcome';
import { type Page, readPage } from './page';
import { REDIRECT_URI } from './realm';

const FORM = 'kc-register-form';

const MANNERS: Manners = {
  own: [],
  labelFor: (name) => name,
  readLabel: (text) => ({ label: text.replace(/ \*$/, ''), required: text.endsWith(' *') }),
  idOf: (part, name) =>
    part === 'description' ? name.replace(/^header-/, 'description-') : `form-help-text-${part}-${name}`,
  optionLabel: (page, { name, value }) => page.labels.get(`${name}-${value}`) ?? '',
};

function errorsOn(page: Page): Record<string, string[]> {
  const errors = [...page.texts].filter(([id, text]) => id.startsWith('input-error-') && text !== '');
  return byName(
    errors
      .filter(([id]) => !id.startsWith('input-error-container-'))
      .map(([id, text]) => [id.slice('input-error-'.length), messagesIn(text)]),
  );
}

/** @returns whether Keycloak goes on with the new account: to its next page, or back to the application with a code */
function isAccepted(response: Response, realmUrl: string): boolean {
  const location = response.headers.get('location') ?? '';
  const isNextPage = location.startsWith(`${realmUrl}/login-actions/required-action`);
  return response.status === 302 && (isNextPage || /^[^#]*[?&]code=/.test(location));
}

/**
 * Signs up on Keycloak's own page.
 * @param realmUrl address of the realm
 * @param asPosted what is posted of the form's entries; all are, but where the page is tried without unused lines
 * @returns what the page asked for, what was posted, and what came of it; who was stored is for others to read
 */
export async function visitHosted(
  realmUrl: string,
  visit: Visit,
  asPosted: (entries: Entries) => Entries = (entries) => entries,
): Promise<Side> {
  const query = new URLSearchParams({
    client_id: clientId(visit.client, visit.passwordMode),
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope: ['openid', ...visit.scopes].join(' '),
    kc_locale: visit.locale,
  });
  const opened = await fetch(`${realmUrl}/protocol/openid-connect/registrations?${query}`);
  const page = readPage(await opened.text(), FORM);
  if (page.action === undefined) throw new Error(`The hosted page answered ${opened.status} without a form`);
  const cookies = opened.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const entries = asPosted((visit.forged ? forge : fillIn)(page.controls, visit.wishes));
  const response = await fetch(page.action, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies.join('; ') },
    body: new URLSearchParams(entries.map(([name, value]) => [name, value])),
  });
  const answer = readPage(await response.text(), FORM);
  const shape = shapeOf(page, MANNERS);
  if (isAccepted(response, realmUrl)) return { shape, entries, outcome: { status: 'accepted', user: undefined } };
  if (response.status === 200 && answer.action !== undefined) {
    return { shape, entries, outcome: { status: 'refused', errors: errorsOn(answer), kept: heldValues(answer) } };
  }
  return { shape, entries, outcome: { status: 'failed', why: `HTTP ${response.status}` } };
}
