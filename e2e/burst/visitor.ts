import { setTimeout as sleep } from 'node:timers/promises';
import { readForms } from '../fuzz/forms';
import { encode } from '../fuzz/post';

/** How somebody fared who came with all the others. */
export interface Fate {
  readonly email: string;
  readonly isAccepted: boolean;
  /** How often the portal asked them to come back, with a form that keeps what they typed. */
  refused: number;
  /** How often nobody answered, or not to the end. */
  cutOff: number;
  /** Answers that left no way on, by what they were. */
  readonly deadEnds: readonly string[];
  /** Milliseconds until they were accepted. */
  readonly took: number;
}

/** The longest that anybody tries (milliseconds). */
export const PATIENCE_MS = 300_000;
/** Who was cut off tries again after that long, and up to twice that (milliseconds). */
const AGAIN_MS = 1_000;
/** Who is cut off by a portal that does not answer at all (milliseconds). */
const LIMIT_MS = 60_000;

const TYPED: Readonly<Record<string, string>> = { firstName: 'Ada', lastName: 'Burst', password: 'Harbour-light-42' };

/** Fills in what is asked for, keeping what the form holds already. */
function fill(html: string, email: string) {
  const form = readForms(html).find(({ controls }) => controls.some(({ name }) => name === 'email'));
  if (form === undefined) return undefined;
  const typed: Readonly<Record<string, string>> = {
    ...TYPED,
    'password-confirm': TYPED.password ?? '',
    email,
    username: email.split('@')[0] ?? '',
  };
  const parts = form.controls.flatMap(({ name, type, value, options, isRequired }) => {
    if (type === 'hidden') return [{ name, value }];
    if (type === 'checkbox' || type === 'radio') return isRequired ? [{ name, value }] : [];
    return [{ name, value: typed[name] ?? (isRequired ? (options[0] ?? 'Example') : '') }];
  });
  return encode({
    method: 'POST',
    path: '/',
    headers: {},
    content: { kind: 'multipart', parts, boundary: '----burst' },
  });
}

/** Who waits longer than this for a mail that did not go out gives up (milliseconds). */
const MAIL_PATIENCE_MS = 60_000;

/** The form that has the mail sent once more, on the page that waits. */
function resendForm(html: string) {
  const end = html.indexOf('id="resend-wait"');
  const start = html.lastIndexOf('<form', end);
  return end < 0 ? undefined : readForms(`${html.slice(start, end)}</form>`)[0];
}

/**
 * Stays on the page that waits, which has a mail sent again that did not go out; its script would press the button.
 * @param ask for that page, or posts to it
 */
async function waitForMail(ask: (init: RequestInit) => Promise<Response>): Promise<void> {
  for (const end = Date.now() + MAIL_PATIENCE_MS; Date.now() < end; await sleep(5_000 * (1 + Math.random()))) {
    try {
      const html = await (await ask({})).text();
      const form = html.includes('Your account is ready, the e-mail is not') ? resendForm(html) : undefined;
      if (form === undefined) return;
      const body = new FormData();
      for (const { name, value } of form.controls) body.append(name, value);
      await (await ask({ method: 'POST', body })).body?.cancel();
    } catch {
      // Cut off; the page stands there still.
    }
  }
}

/**
 * Signs somebody up as a browser without scripts does, and as often as it takes: asked to come back they come back then, cut
 * off they try again, as whoever stands in front of the portals would send them: to another one.
 * @param portals origins, of which any may be gone at any time
 * @param address where they come from
 */
export async function comeAlong(portals: readonly string[], email: string, address: string): Promise<Fate> {
  const started = Date.now();
  const fate = { email, isAccepted: false, refused: 0, cutOff: 0, deadEnds: [] as string[], took: 0 };
  let turn = Math.floor(Math.random() * portals.length);
  let html = '';
  const ask = (init: RequestInit, path = '/en/sign-up') => {
    const origin = portals[turn % portals.length] ?? '';
    return fetch(`${origin}${path}`, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(LIMIT_MS),
      headers: { ...init.headers, 'x-forwarded-for': address, origin },
    });
  };
  while (Date.now() - started < PATIENCE_MS) {
    try {
      if (html === '') html = await (await ask({})).text();
      const post = fill(html, email);
      if (post === undefined) throw new Error('no form');
      const type = String(post.headers['content-type']);
      const answer = await ask({ method: 'POST', body: new Uint8Array(post.body), headers: { 'content-type': type } });
      const isOn = answer.status === 303 && answer.headers.get('location')?.endsWith('/check-email');
      if (isOn) {
        const took = Date.now() - started;
        const cookie = answer.headers
          .getSetCookie()
          .map((one) => one.split(';')[0])
          .join('; ');
        await waitForMail((init) => ask({ ...init, headers: { ...init.headers, cookie } }, '/en/sign-up/check-email'));
        return { ...fate, isAccepted: true, took };
      }
      const page = await answer.text();
      const seconds = Number(answer.headers.get('retry-after'));
      const isWayOn = [429, 503].includes(answer.status) && seconds > 0 && fill(page, email) !== undefined;
      if (!isWayOn) fate.deadEnds.push(`HTTP ${answer.status}`);
      else fate.refused += 1;
      html = isWayOn ? page : '';
      // What the page's script does: it waits so long, and a little longer by chance.
      await sleep((isWayOn ? seconds : 1) * 1_000 * (1 + Math.random() / 4));
    } catch {
      // The page stands in their browser still, and is sent once more.
      fate.cutOff += 1;
      turn += 1;
      await sleep(AGAIN_MS * (1 + Math.random()));
    }
  }
  return { ...fate, took: Date.now() - started };
}
