import { fillIn } from './parity/browser';
import { readPage } from './parity/page';
import { portal } from './stack';
import { noteTyped } from './typed';
import { newAddress, newVisitor } from './visitor';

/** What came of a post, as it went over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The cookies that were set, as a browser would send them back. */
  readonly cookie: string;
  /** Milliseconds until the whole answer was there. */
  readonly duration: number;
}

/** A form that was opened once, to be sent any number of times, without a browser in between. */
export interface OpenForm {
  /** Sends it with these values on top of what the demo realm asks of everyone. */
  send(values: Readonly<Record<string, string>>, visitor?: { cookie?: string; address?: string }): Promise<Answer>;
  /** What a visitor sees on "check your e-mail". */
  checkEmail(cookie: string): Promise<string>;
}

/**
 * Opens the sign-up form as a visitor without scripts.
 * @param name of a portal without CAPTCHA and behind one proxy
 * @param query of the page
 */
export async function openForm(name: string, query = ''): Promise<OpenForm> {
  const origin = portal(name);
  const url = `${origin}/en/sign-up${query}`;
  const page = readPage(await (await fetch(url)).text(), 'sign-up');
  const usual = { firstName: 'Ada', lastName: 'Harbour', country: 'DE' };
  return {
    async send(values, { cookie = '', address = newVisitor() } = {}) {
      const wishes = Object.entries({ username: newAddress().split('@')[0] ?? '', ...usual, ...values });
      for (const [field, value] of wishes) noteTyped(field, value);
      const body = new FormData();
      for (const [field, value] of fillIn(page.controls, Object.fromEntries(wishes.map(([key, one]) => [key, [one]]))))
        body.append(field, value);
      const headers = { origin, cookie, 'x-forwarded-for': address };
      const started = performance.now();
      const response = await fetch(url, { method: 'POST', redirect: 'manual', headers, body });
      const text = await response.text();
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: text,
        cookie: response.headers
          .getSetCookie()
          .map((one) => one.split(';')[0])
          .join('; '),
        duration: performance.now() - started,
      };
    },
    async checkEmail(cookie) {
      const headers = { cookie, 'x-forwarded-for': newVisitor() };
      return (await fetch(`${origin}/en/sign-up/check-email`, { headers })).text();
    },
  };
}
