import { fillIn, forge } from './browser';
import { clientId, type Visit } from './case';
import { type FormShape, type Manners, messagesIn, type Outcome, shapeOf } from './outcome';
import { type Page, readPage } from './page';
import { REDIRECT_URI } from './realm';

const FORM = 'kc-register-form';

const MANNERS: Manners = {
  own: [],
  labelFor: (name) => name,
  readLabel: (text) => ({ label: text.replace(/ \*$/, ''), required: text.endsWith(' *') }),
  optionLabel: (page, { name, value }) => page.labels.get(`${name}-${value}`) ?? '',
};

function errorsOn(page: Page): Record<string, string[]> {
  const errors = [...page.texts].filter(([id, text]) => id.startsWith('input-error-') && text !== '');
  return Object.fromEntries(
    errors
      .filter(([id]) => !id.startsWith('input-error-container-'))
      .map(([id, text]) => [id.slice('input-error-'.length), messagesIn(text)]),
  );
}

/**
 * Signs up on Keycloak's own page.
 * @param realmUrl address of the realm
 * @returns what the page asked for, and what came of the post; who was stored is for others to read
 */
export async function visitHosted(realmUrl: string, visit: Visit): Promise<{ shape: FormShape; outcome: Outcome }> {
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
  const entries = (visit.forged ? forge : fillIn)(page.controls, visit.wishes);
  const response = await fetch(page.action, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies.join('; ') },
    body: new URLSearchParams(entries.map(([name, value]) => [name, value])),
  });
  const answer = readPage(await response.text(), FORM);
  const shape = shapeOf(page, MANNERS);
  if (response.status === 302) return { shape, outcome: { status: 'accepted', user: undefined } };
  if (response.status === 200 && answer.action !== undefined) {
    return { shape, outcome: { status: 'refused', errors: errorsOn(answer) } };
  }
  return { shape, outcome: { status: 'failed', why: `HTTP ${response.status}` } };
}
