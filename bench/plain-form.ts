import { gunzipSync } from 'node:zlib';
import { readForms } from '../e2e/fuzz/forms';
import { encode } from '../e2e/fuzz/post';
import { ask, BROWSER } from './http';

/** What is typed; every other field stays empty. */
const TYPED = { firstName: 'Ann', lastName: 'Bench' };

/** A form that is ready to be posted, as a browser without scripts does. */
export interface PlainPost {
  readonly page: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Opens a sign-up page of any fields, and fills its form in.
 * @param page of the portal
 * @param person a name that nobody had before
 */
export async function fillPlain(page: URL, person: string): Promise<PlainPost> {
  const { body, headers } = await ask(page, { headers: BROWSER });
  const html = String(headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
  const form = readForms(html).find(({ controls }) => controls.some(({ name }) => name === 'email'));
  if (form === undefined) throw new Error(`${page.pathname} has no sign-up form`);
  const typed: Readonly<Record<string, string>> = { ...TYPED, username: person, email: `${person}@people.example` };
  const parts = form.controls
    .filter(({ type }) => type !== 'checkbox' && type !== 'radio')
    .map(({ name, type, value }) => ({ name, value: type === 'hidden' ? value : (typed[name] ?? '') }));
  const content = { kind: 'multipart' as const, parts, boundary: '----bench' };
  const wire = encode({ method: 'POST', path: '/', headers: { origin: page.origin }, content });
  return { page, headers: wire.headers as Record<string, string>, body: wire.body };
}

/** Posts it. @throws Error where the sign-up is not accepted */
export async function sendPlain({ page, headers, body }: PlainPost): Promise<void> {
  const answer = await ask(page, { method: 'POST', headers, body });
  const isAccepted = answer.status === 303 && answer.headers.location?.endsWith('/check-email');
  if (!isAccepted) throw new Error(`The form was not accepted: HTTP ${answer.status}`);
}
