import { gunzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from '../stack/chromium';
import { ask, BROWSER, cookiesOf, type Reply } from './http';
import { MODES, type Mode, type World } from './world';

/** The two pages that are compared. */
export const SIDES = ['hosted', 'portal'] as const;
export type Side = (typeof SIDES)[number];

/** A password that every policy here takes. */
export const PASSWORD = 'Harbour-light-42';

/** Who signs up while it is recorded; stands for a person's name afterwards. */
const PERSON = { hosted: 'bench-at-keycloaks', portal: 'bench-at-portals' } as const;

const typed = (person: string): Readonly<Record<string, string>> => ({
  username: person,
  email: `${person}@people.example`,
  firstName: 'Ann',
  lastName: 'Bench',
  country: 'DE',
  password: PASSWORD,
  'password-confirm': PASSWORD,
});

/** What of a page a post must bring along: the address it goes to, or the proof that the form was served. */
const FRESH = {
  hosted: /action="([^"]*\/login-actions\/registration[^"]*)"/,
  portal: /name="\$form" value="([^"]+)"/,
} as const;

/** One sign-up on one page, as a browser has done it once. */
interface Recording {
  readonly side: Side;
  readonly page: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The form's token that was posted; the hosted page has its own in the address. */
  readonly token: string;
}

/** Headers of a post that say how it is to be read. */
const KEPT = ['accept', 'content-type', 'next-action', 'next-router-state-tree'];

async function fillIn(page: Page, person: string): Promise<void> {
  for (const [name, value] of Object.entries(typed(person))) {
    const control = page.locator(`[name="${name}"]:visible`);
    if ((await control.count()) === 0) continue;
    if (name === 'country') await control.selectOption(value);
    else await control.fill(value);
  }
}

async function record(browser: Browser, side: Side, address: URL, person: number): Promise<Recording> {
  const context = await browser.newContext({ locale: 'en-GB', extraHTTPHeaders: addressOf(person) });
  try {
    const page = await context.newPage();
    const posts: { headers: Record<string, string>; body: string }[] = [];
    page.on('request', (request) => {
      const body = request.postData() ?? '';
      if (request.method() === 'POST' && body.includes(PERSON[side])) posts.push({ headers: request.headers(), body });
    });
    await page.goto(address.href);
    await fillIn(page, PERSON[side]);
    const token =
      (await page
        .locator('[name="$form"]')
        .first()
        .inputValue({ timeout: 1_000 })
        .catch(() => '')) ?? '';
    await page.locator('form:has([name="email"]) [type=submit]').click();
    await page.waitForURL(side === 'portal' ? '**/check-email' : '**/required-action?**', { timeout: 60_000 });
    const [post] = posts;
    if (post === undefined) throw new Error(`Nothing was posted at ${address.pathname}`);
    const headers = Object.fromEntries(Object.entries(post.headers).filter(([name]) => KEPT.includes(name)));
    return { side, page: address, headers, body: post.body, token };
  } finally {
    await context.close();
  }
}

/** Names are of many lengths, and so are addresses: the page after the form is another one for each. */
const nameOf = (person: number) => `bench-${'person'.repeat(3).slice(0, person % 16)}-${person}`;

/** Everybody comes from elsewhere. */
const addressOf = (person: number) => ({
  'x-forwarded-for': `198.${18 + ((person >> 16) & 1)}.${(person >> 8) & 255}.${person & 255}`,
});

function textOf({ headers, body }: Reply): string {
  return String(headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
}

/** @throws Error where the answer is none that is wanted */
function expectStatus(reply: Reply, status: number, what: string): void {
  if (reply.status !== status) throw new Error(`${what}: HTTP ${reply.status}`);
}

/** A sign-up page, and the whole way through it. */
export interface Way {
  readonly side: Side;
  readonly page: URL;
  /** Opens the page as somebody who was never here. */
  view(person: number): Promise<Reply>;
  /** Opens the page, posts the form, and goes on until Keycloak has handed the mail over and the next page is there. */
  signUp(person: number): Promise<void>;
}

function wayOf(recording: Recording): Way {
  const { side, page, headers, body, token } = recording;
  const view = (person: number) => ask(page, { headers: { ...BROWSER, ...addressOf(person) } });
  const post = async (opened: Reply, person: number) => {
    const [, fresh = ''] = FRESH[side].exec(textOf(opened)) ?? [];
    const to = side === 'hosted' ? new URL(fresh.replaceAll('&amp;', '&')) : page;
    const mine = body.replaceAll(PERSON[side], nameOf(person));
    const whole = Buffer.from(side === 'portal' ? mine.replaceAll(token, fresh) : mine);
    const cookie = cookiesOf(opened);
    const all = {
      ...BROWSER,
      ...addressOf(person),
      ...headers,
      origin: to.origin,
      ...(cookie === '' ? {} : { cookie }),
    };
    return { to, cookie, reply: await ask(to, { method: 'POST', headers: all, body: whole }) };
  };
  return {
    side,
    page,
    view,
    async signUp(person) {
      const opened = await view(person);
      expectStatus(opened, 200, 'page');
      const { to, cookie, reply } = await post(opened, person);
      expectStatus(reply, side === 'portal' ? 200 : 302, 'post');
      // A script is told where to go; a form is redirected.
      const onwards = side === 'portal' ? /"next":"([^"]+)"/.exec(textOf(reply))?.[1] : reply.headers.location;
      if (onwards === undefined) throw new Error('post: not accepted');
      const held = side === 'portal' ? cookiesOf(reply) : cookie;
      const next = await ask(new URL(onwards, to), { headers: { ...BROWSER, cookie: held } });
      expectStatus(next, 200, 'next page');
    },
  };
}

/** Everything that may be measured, by mode and side, and the next person's number. */
export interface Ways {
  readonly of: Readonly<Record<Mode, Readonly<Record<Side, Way>>>>;
  /** By way of the portals whose calls to Keycloak are counted. */
  readonly counted: Readonly<Record<Mode, Way>>;
  /** @returns a number that nobody had before */
  person(): number;
}

/** Walks each way once in a browser, and keeps what it posted: so whatever is measured is what a browser does. */
export async function recordWays(world: World): Promise<Ways> {
  let persons = 0;
  const person = () => persons++;
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const ways = new Map<string, Way>();
    for (const mode of MODES)
      for (const side of SIDES) {
        const recording = await record(browser, side, world.pages[mode][side], person());
        ways.set(`${mode} ${side}`, wayOf(recording));
        if (side === 'portal') ways.set(`${mode} counted`, wayOf({ ...recording, page: world.counted[mode].page }));
      }
    const get = (name: string) => {
      const way = ways.get(name);
      if (way === undefined) throw new Error(`No way ${name} was recorded`);
      return way;
    };
    const sides = (mode: Mode) => ({ hosted: get(`${mode} hosted`), portal: get(`${mode} portal`) });
    return {
      of: { 'after-verification': sides('after-verification'), form: sides('form') },
      counted: { 'after-verification': get('after-verification counted'), form: get('form counted') },
      person,
    };
  } finally {
    await browser.close();
  }
}
