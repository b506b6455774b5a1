import ar from '../../messages/ar.json' with { type: 'json' };
import de from '../../messages/de.json' with { type: 'json' };
import messages from '../../messages/en.json' with { type: 'json' };
import { fillIn, forge } from './browser';
import { clientId, type Visit } from './case';
import { byName, heldValues, type Manners, messagesIn, type Side, shapeOf } from './outcome';
import { type Page, readPage } from './page';

const FORM = 'sign-up';

const OPTIONAL = [messages, de, ar].map(({ common }) => ` ${common.optional}`);

const MANNERS: Manners = {
  own: ['$website_url'],
  labelFor: (name) => `field-${name}`,
  readLabel(text) {
    const remark = OPTIONAL.find((one) => text.endsWith(one) || text.endsWith(one.trim()));
    return {
      label: remark === undefined ? text : text.slice(0, text.lastIndexOf(remark.trim())).trim(),
      required: remark === undefined,
    };
  },
  idOf: (part, name) => (part === 'description' ? `${name}-description` : `field-${name}-${part}`),
  optionLabel: (_page, control) => control.label,
};

function errorsOn(page: Page): Record<string, string[]> {
  const pairs = [...page.texts].flatMap(([id, text]) => {
    const name = /^field-(.*)-error$/.exec(id)?.[1];
    return name === undefined || text === '' ? [] : [[name, messagesIn(text)] as const];
  });
  return byName(pairs);
}

/**
 * Signs up on the portal, without scripts: the form is posted to its server action as the page has it.
 * @param portalUrl address of the portal
 * @returns what the page asked for, what was posted, and what came of it; who was stored is for others to read
 */
export async function visitPortal(portalUrl: string, visit: Visit): Promise<Side> {
  const query = new URLSearchParams({
    client_id: clientId(visit.client, visit.passwordMode),
    scope: ['openid', ...visit.scopes].join(' '),
  });
  const url = `${portalUrl}/${visit.locale}/sign-up?${query}`;
  const opened = await fetch(url);
  const page = readPage(await opened.text(), FORM);
  if (page.action === undefined) throw new Error(`The portal answered ${opened.status} without a form`);
  const entries = (visit.forged ? forge : fillIn)(page.controls, visit.wishes);
  const body = new FormData();
  for (const [name, value] of entries) body.append(name, value);
  const response = await fetch(url, { method: 'POST', redirect: 'manual', headers: { origin: portalUrl }, body });
  const answer = readPage(await response.text(), FORM);
  const shape = shapeOf(page, MANNERS);
  if (response.status === 303 && response.headers.get('location')?.endsWith('/sign-up/check-email')) {
    return { shape, entries, outcome: { status: 'accepted', user: undefined } };
  }
  const errors = errorsOn(answer);
  if (response.status === 200 && Object.keys(errors).length > 0) {
    return { shape, entries, outcome: { status: 'refused', errors, kept: heldValues(answer) } };
  }
  return { shape, entries, outcome: { status: 'failed', why: `HTTP ${response.status}` } };
}
