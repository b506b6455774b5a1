import { hkdfSync } from 'node:crypto';
import { EncryptJWT } from 'jose';
import { DEMO_PREVIEWER } from '../../keycloak/demo-person';
import { randomFrom } from '../parity/random';
import { type FormControl, readForms } from './forms';
import { usualValue } from './values';

/** Who sends a request: somebody without a past, one who waits for the mail, or one who is signed in. */
export const VISITORS = ['nobody', 'waiting', 'signed-in'] as const;
export type VisitorKind = (typeof VISITORS)[number];

/** The cookies of every kind of visitor, and some that no portal of ours has given out. */
export interface Jar {
  readonly cookies: Readonly<Record<VisitorKind, string>>;
  /** The same, sealed by another portal or too long ago. */
  readonly foreign: readonly string[];
}

/** A browser's cookies, and its way through redirects. */
class Browser {
  readonly #jar = new Map<string, string>();

  get cookie(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async open(url: string, init: RequestInit = {}): Promise<{ url: string; html: string; status: number }> {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie: this.cookie, 'x-forwarded-for': `203.0.113.${1 + (this.#jar.size % 250)}` },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0/i.test(line)) this.#jar.delete(name);
      else this.#jar.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) return { url, html: await response.text(), status: response.status };
    await response.body?.cancel();
    return this.open(new URL(location, url).href);
  }

  /** Posts a form of a page as it stands there, with values by the names of its fields. */
  async post(url: string, controls: readonly FormControl[], value: (control: FormControl) => string | undefined) {
    const body = new FormData();
    for (const control of controls) {
      const text = value(control);
      if (text !== undefined) body.append(control.name, text);
    }
    return this.open(url, { method: 'POST', body, headers: { origin: new URL(url).origin } });
  }
}

/** Somebody who has just signed up: the form posted as a browser without scripts does. @returns their cookies */
export async function waitingVisitor(origin: string, marker: string): Promise<string> {
  const browser = new Browser();
  const url = `${origin}/en/sign-up`;
  const form = readForms((await browser.open(url)).html)[0];
  if (form === undefined) throw new Error(`${url} has no form`);
  // All that may be left out is left out; the seed is of no matter then.
  const random = { ...randomFrom(1), chance: (share: number) => share === 1 };
  const answer = await browser.post(url, form.controls, (control) => usualValue(control, marker, random));
  if (!answer.url.endsWith('/sign-up/check-email')) throw new Error(`The harmless sign-up ended at ${answer.url}`);
  return browser.cookie;
}

/** Somebody of the demo's team, who may see the preview, signed in through Keycloak's page. @returns their cookies */
async function signedInVisitor(origin: string): Promise<string> {
  const browser = new Browser();
  // A client with terms, so that the page that asks for them is one of theirs.
  const url = `${origin}/en/sign-in?client_id=developers`;
  const form = readForms((await browser.open(url)).html).find(({ controls }) => controls.length > 0);
  if (form === undefined) throw new Error(`${url} has no way to sign in`);
  const login = await browser.post(url, form.controls, ({ value }) => value);
  const page = readForms(login.html).find(({ controls }) => controls.some(({ name }) => name === 'password'));
  if (page === undefined) throw new Error(`Signing in led to ${login.url}, which has no form`);
  const body = new URLSearchParams({ username: DEMO_PREVIEWER.username, password: DEMO_PREVIEWER.password });
  const end = await browser.open(new URL(page.action, login.url).href, { method: 'POST', body });
  if (!end.url.startsWith(`${origin}/`)) throw new Error(`Signing in ended at ${end.url}`);
  return browser.cookie;
}

/** The cookie of a sign-up that is over, sealed as the portal itself seals one (`lib/sign-up/seal.ts`). */
async function expiredCookie(secret: string): Promise<string> {
  const key = new Uint8Array(hkdfSync('sha256', secret, 'vestibule', 'pending-sign-up', 32));
  const pending = { userId: crypto.randomUUID(), own: 1, email: 'old@example.com', mail: 'sent', actions: [] };
  const sealed = new EncryptJWT(pending).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' });
  return `vestibule-pending=${await sealed.setExpirationTime(1_000_000_000).encrypt(key)}`;
}

/**
 * Readies all kinds of visitors.
 * @param origin of the portal
 * @param secret its PORTAL_SECRET
 * @param marker for the sign-up of the one who waits
 * @param other another portal, where there is one, with the marker of the sign-up there
 */
export async function readyVisitors(
  origin: string,
  secret: string,
  marker: string,
  other?: { readonly origin: string; readonly marker: string },
): Promise<Jar> {
  const foreign = [await expiredCookie(secret), await expiredCookie('another secret of more than 32 characters')];
  if (other !== undefined) foreign.push(await waitingVisitor(other.origin, other.marker));
  return {
    cookies: {
      nobody: '',
      waiting: await waitingVisitor(origin, marker),
      'signed-in': await signedInVisitor(origin),
    },
    foreign,
  };
}
