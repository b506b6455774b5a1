import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { expect, type Page, test } from './fixtures';
import { BRANDS, changeConfig, restoreConfig } from './portal-config';
import { portal, realmAdmin, refreshRealm } from './stack';
import { choosePassword, fillRequired, newAddress, submit } from './visitor';

declare global {
  interface Window {
    /** What there was of a page before any script ran. */
    partsAsTheyCame?: Element[];
  }
}

/** As an application links to it; everyone who comes by this link gets the same page. */
const PATH = '/en/sign-up?client_id=shop&redirect_uri=http%3A%2F%2Flocalhost%2Farrive';

/** What an application wants back with a visitor: theirs alone. */
const STATE = 'af0ifjsldkj-L1kx_9.of-one-visitor';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly html: string;
}

/** Asks as it is written: `fetch` would set headers of its own, and unpack the answer. */
function get(path: string, headers: Record<string, string> = {}, name = 'form', method = 'GET'): Promise<Answer> {
  const { port } = new URL(portal(name));
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(Buffer.from(chunk as Uint8Array));
      const body = Buffer.concat(chunks);
      const isPacked = answer.headers['content-encoding'] === 'gzip' && body.length > 0;
      const html = String(isPacked ? gunzipSync(body) : body);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body, html });
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Next takes no notice of this on a GET, and the page is left to it. */
const BY_NEXT = { 'next-action': 'none' };

/** A template's length is known before it is sent; Next sends a page piece by piece. */
const isFromTemplate = ({ headers }: Answer) => headers['content-length'] !== undefined;

const nonceOf = ({ headers }: Answer) => /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '';
const noncesIn = ({ html }: Answer) => [...html.matchAll(/nonce=\\?"([^"\\]*)/g)].map(([, nonce]) => nonce);
const tokensIn = ({ html }: Answer) => [...html.matchAll(/eyJhbGciOiJkaXIi[\w.-]+/g)].map(([token]) => token);

/** The page without what is its visitor's own. */
const withoutOwn = (answer: Answer) =>
  [nonceOf(answer), ...tokensIn(answer)].reduce((html, own) => html.replaceAll(own, '*'), answer.html);

/**
 * The page as a template has it that Next has written without what is its visitor's own: the style sheet stands in it, and
 * the link to it is for print.
 */
async function withSheet(html: string): Promise<string> {
  const [link = '', path = ''] =
    /<link rel="stylesheet" href="([^"]+)" nonce="\*" data-precedence="next"\/>/.exec(html) ?? [];
  const sheet = await get(path);
  expect([sheet.status, sheet.headers['content-type']]).toEqual([200, 'text/css; charset=UTF-8']);
  const style = `<style nonce="*" data-precedence="next">${sheet.html}</style>`;
  return html.replace(link, () => `${style}${link.replace('/>', ' media="print"/>')}`);
}

/** Headers of the page itself, the nonce left out: not those of the connection, of the way it was packed, or of the moment. */
function headersOf(answer: Answer) {
  const { date: _, connection: _c, 'keep-alive': _k, ...headers } = answer.headers;
  const { 'content-length': _l, 'transfer-encoding': _t, 'content-encoding': _e, ...rest } = headers;
  return JSON.parse(JSON.stringify(rest).replaceAll(nonceOf(answer), '*')) as Record<string, string>;
}

test.describe('what is sent from a template', () => {
  for (const path of [
    PATH,
    `${PATH}&state=${STATE}`,
    '/de/sign-up',
    '/ar/sign-up?client_id=developers',
    '/en/embed/sign-up?client_id=shop',
  ])
    test(`is what Next would have sent, with the style sheet in it: ${path}`, async () => {
      for (const headers of [{}, { 'accept-language': 'de' }, { cookie: 'NEXT_LOCALE=ar' }]) {
        const [sent, next] = [await get(path, headers), await get(path, { ...headers, ...BY_NEXT })];
        expect([isFromTemplate(sent), isFromTemplate(next), sent.status]).toEqual([true, false, 200]);
        expect(withoutOwn(sent)).toBe(await withSheet(withoutOwn(next)));
        const [ours, theirs] = [headersOf(sent), headersOf(next)];
        const withoutTime = (one: Record<string, unknown>) => ({
          ...one,
          'set-cookie': String(one['set-cookie']).replace(/Expires=[^;]*/, ''),
        });
        expect(withoutTime(ours)).toEqual(withoutTime(theirs));
      }
    });

  test('has a nonce and a form token of its own for every visitor, in every place', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => get(PATH)));
    expect(answers.every(isFromTemplate)).toBe(true);
    expect(new Set(answers.map(nonceOf)).size).toBe(40);
    expect(new Set(answers.flatMap(tokensIn)).size).toBe(40);
    for (const answer of answers) {
      const nonces = noncesIn(answer);
      expect(nonces.length).toBeGreaterThan(10);
      expect(new Set(nonces)).toEqual(new Set([nonceOf(answer)]));
      expect(answer.headers['cache-control']).toBe('private, no-store');
    }
  });

  test('has the state that came along, and never the one of somebody before', async () => {
    const states = Array.from({ length: 5 }, (_, number) => `${STATE.slice(0, -1)}${number}`);
    for (const state of states) {
      const answer = await get(`${PATH}&state=${state}`);
      expect(isFromTemplate(answer)).toBe(true);
      const found = [...answer.html.matchAll(new RegExp(`${STATE.slice(0, -1)}.`, 'g'))].map(([one]) => one);
      expect(found.length).toBeGreaterThan(5);
      expect(new Set(found)).toEqual(new Set([state]));
    }
    expect((await get(PATH)).html).not.toContain(STATE.slice(0, -1));
  });

  test('comes packed to whoever can unpack it, and as it is to others', async () => {
    const [packed, plain] = [await get(PATH, { 'accept-encoding': 'gzip, br' }), await get(PATH)];
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(withoutOwn(packed)).toBe(withoutOwn(plain));
    expect(packed.body.length).toBeLessThan(plain.body.length / 3);
    for (const one of [packed, plain]) expect(String(one.headers.vary)).toContain('Accept-Encoding');
  });

  test('is whole, whatever part of it is asked for, or what the visitor says to have of it', async () => {
    const whole = await get(PATH);
    for (const asked of [
      { range: 'bytes=0-99' },
      { 'if-none-match': '*' },
      { 'if-modified-since': new Date().toUTCString() },
    ]) {
      const answer = await get(PATH, asked);
      expect([answer.status, withoutOwn(answer)]).toEqual([200, withoutOwn(whole)]);
    }
    const head = await get(PATH, {}, 'form', 'HEAD');
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([
      200,
      0,
      whole.headers['content-length'],
    ]);
    expect(nonceOf(head)).not.toBe(nonceOf(whole));
  });

  test('can be sent and used: a sign-up begins on it', async ({ page }) => {
    await page.goto(`${portal('form')}${PATH}`);
    await page.locator('#sign-up > button[type="submit"]').click();
    await expect(page.locator('#field-email-error')).not.toBeEmpty();
  });

  test('looks as it should with nothing but the page itself, in the brand’s own colours', async ({ page }) => {
    const lookOf = async () => {
      const button = page.locator('#sign-up > button[type="submit"]');
      return button.evaluate((element) => {
        const { backgroundColor, minHeight, borderRadius } = getComputedStyle(element);
        return { backgroundColor, minHeight, borderRadius, page: getComputedStyle(document.body).fontFamily };
      });
    };
    await page.route('**/_next/**', (route) => route.abort());
    await page.goto(`${portal('form')}${PATH}`);
    const alone = await lookOf();
    expect(alone).toMatchObject({ backgroundColor: 'rgb(11, 93, 102)', minHeight: '48px' });
    await page.unroute('**/_next/**');
    await page.goto(`${portal('form')}${PATH}&renewed=`);
    expect(await lookOf()).toEqual(alone);
  });

  test('is taken over by React as it stands, and its sheet loaded once for it and the next page', async ({ page }) => {
    const wrong: string[] = [];
    const sheets: string[] = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
    page.on('request', (request) => request.resourceType() === 'stylesheet' && sheets.push(request.url()));
    await page.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => {
        const parts = document.querySelectorAll('style, link[rel="stylesheet"], h1, form, input');
        window.partsAsTheyCame = [...parts];
      });
    });
    await page.goto(`${portal('form')}${PATH}`);
    const email = newAddress();
    await fillRequired(page, email);
    await submit(page);
    await expect(page.locator('#field-password-error')).not.toBeEmpty();
    const left = await page.evaluate(() => {
      const { partsAsTheyCame: parts = [] } = window;
      return { parts: parts.length, gone: parts.filter((part) => !part.isConnected).map((part) => part.outerHTML) };
    });
    expect(left.gone).toEqual([]);
    expect(left.parts).toBeGreaterThan(10);
    await expect(page.locator('link[rel="stylesheet"]')).toHaveCount(1);
    expect([wrong, sheets.length]).toEqual([[], 1]);
    await choosePassword(page);
    await submit(page);
    await page.waitForURL('**/check-email');
    const loadedAgain = () =>
      page.evaluate(() =>
        performance.getEntriesByType('resource').flatMap((entry) => {
          const { name, transferSize } = entry as PerformanceResourceTiming;
          return name.endsWith('.css') ? [transferSize] : [];
        }),
      );
    await expect.poll(loadedAgain).toEqual([0]);
  });
});

test.describe('the page that waits', () => {
  /** Signs somebody up, and looks at their next page as it comes. */
  async function waiting(page: Page, client: string) {
    await page.goto(`${portal('form')}/en/sign-up?client_id=${client}`);
    const email = newAddress();
    await fillRequired(page, email);
    await choosePassword(page);
    await submit(page);
    await page.waitForURL('**/check-email');
    const cookies = await page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    return { email, ask: (more = {}) => get('/en/sign-up/check-email', { cookie, ...more }) };
  }

  const DATA = /<script nonce="\*">self\.__next_f\.push\(\[1,"((?:[^"\\]|\\.)*)"\]\)<\/script>/g;

  /**
   * A page as React reads it. Its data come in rows that are numbered as what they wait for is done, in no certain order: each
   * is put where it is meant. The clock is left out; it runs.
   */
  function asRead(page: string) {
    const html = page.replace(/0:\d\d|\\"wait\\":\d+|&quot;wait&quot;:\d+/g, '*');
    const data: string = JSON.parse(`"${[...html.matchAll(DATA)].map(([, part]) => part).join('')}"`);
    const all = data.split('\n').map((row) => /^([0-9a-f]*):(.*)$/s.exec(row) ?? ['', '', row]);
    const rows = new Map<string, string>();
    // A list that is sent as it comes has a row for each of its items, under one number.
    for (const [, number = '', row = ''] of all) rows.set(number, `${rows.get(number) ?? ''}${row}`);
    const read = (number: string): string =>
      (rows.get(number) ?? '').replace(/"\$([A-Z@h]?)([0-9a-f]+)((?::[^"]*)?)"/g, (whole, kind, meant, path) =>
        rows.has(meant) ? `<${kind} ${read(meant)} ${path}>` : whole,
      );
    const hints = all.flatMap(([, number, row]) => (number === '' ? [row] : []));
    return { drawn: html.replace(DATA, ''), tree: read('0'), hints: hints.toSorted() };
  }

  test('is what Next would have sent, with the address in it and nothing of anybody else', async ({ browser }) => {
    const contexts = [await browser.newContext(), await browser.newContext()];
    const visitors = [];
    for (const context of contexts) visitors.push(await waiting(await context.newPage(), 'shop'));
    for (const { email, ask } of visitors) {
      // From the second time on that one like it is asked for; within a second, since it has a clock.
      const asked = [await ask(), await ask(), await ask()];
      const [sent = asked[0] as Answer, next] = [asked.find(isFromTemplate), await ask(BY_NEXT)];
      expect([isFromTemplate(sent), isFromTemplate(next), sent.status]).toEqual([true, false, 200]);
      const read = asRead(withoutOwn(sent));
      expect(read).toEqual(asRead(await withSheet(withoutOwn(next))));
      expect(read.tree.split(email).length).toBeGreaterThan(1);
      expect(sent.html.split(email).length).toBeGreaterThan(2);
      for (const other of visitors) if (other.email !== email) expect(sent.html).not.toContain(other.email);
    }
    for (const context of contexts) await context.close();
  });

  test('is nobody’s without the cookie, and Next’s with a made-up one', async () => {
    for (const headers of [{}, { cookie: 'vestibule-pending=made-up' }]) {
      const answer = await get('/en/sign-up/check-email', headers);
      expect([answer.status, answer.headers.location]).toEqual([307, '/en/sign-up']);
    }
  });
});

test.describe('what is one visitors is neither sent from a template, nor made one of', () => {
  const EMAIL = 'ada.lovelace@example.com';

  test('a page that knows something about its visitor', async ({ page }) => {
    await get(PATH);
    await page.goto(`${portal('form')}${PATH}&email=${encodeURIComponent(EMAIL)}`);
    await expect(page.locator('[name="email"]')).toHaveValue(EMAIL);
    const { pathname, search } = new URL(page.url());
    const filled = await get(`${pathname}${search}`);
    expect(isFromTemplate(filled)).toBe(false);
    expect(filled.html).toContain(EMAIL);
    for (const path of [PATH, '/en/sign-up', '/en/sign-up?client_id=shop'])
      expect((await get(path)).html).not.toContain(EMAIL);
  });

  for (const more of [
    '&state=of-a-visitor',
    '&state=of-a-visitor%20of-a-visitor',
    '&prefill=made-up',
    '&authorization=made-up',
    '&renewed=',
  ])
    test(`a link with ${more}`, async () => {
      const answer = await get(`${PATH}${more}`);
      expect([answer.status, isFromTemplate(answer)]).toEqual([200, false]);
      expect((await get(PATH)).html).not.toContain('of-a-visitor');
    });

  test('whatever else a browser brings along leaves no trace', async () => {
    const secret = 'a-secret-of-mine';
    const headers = {
      cookie: `vestibule-pending=${secret}; next-auth.session-token=${secret}; NEXT_LOCALE=en`,
      'user-agent': secret,
      'x-forwarded-for': '203.0.113.77',
      'x-vestibule-template': secret,
      'x-nonce': secret,
      'x-vestibule-client': 'developers',
      referer: `https://${secret}.example/`,
    };
    const fresh = '/en/sign-up?client_id=shop&redirect_uri=http%3A%2F%2Flocalhost%2Fnobody-was-here';
    const answers = [await get(fresh, headers), await get(fresh, headers), await get(fresh)];
    for (const { html, headers: said } of answers) {
      expect(`${html}${JSON.stringify(said)}`).not.toMatch(/a-secret-of-mine|203\.0\.113\.77/);
      expect(html).toContain('Harbour Shop');
    }
    expect(withoutOwn(answers[1] as Answer)).toBe(withoutOwn(answers[2] as Answer));
  });

  test('a page whose CAPTCHA depends on how often its visitor tried', async () => {
    const answer = await get('/en/sign-up', {}, 'stepped');
    expect([answer.status, isFromTemplate(answer)]).toEqual([200, false]);
  });
});

test('each client, language and place has a template of its own', async () => {
  const titles = async (path: string) => /<title>(.*?)<\/title>/.exec((await get(path)).html)?.[1] ?? '';
  const paths = ['en', 'de', 'ar'].flatMap((locale) =>
    ['shop', 'developers'].map((client) => `/${locale}/sign-up?client_id=${client}`),
  );
  const first = await Promise.all(paths.map(titles));
  expect(new Set(first).size).toBe(paths.length);
  expect(await Promise.all(paths.map(titles))).toEqual(first);
});

test.describe('the next page is new', () => {
  const REALM = 'changes';

  test('after the realm has changed', async () => {
    const admin = await realmAdmin();
    const key = 'profile.group.about';
    const query = { realm: REALM, selectedLocale: 'en', key };
    const before = (await admin.realms.getRealmLocalizationTexts({ realm: REALM, selectedLocale: 'en' }))[key] ?? '';
    expect(isFromTemplate(await get('/en/sign-up', {}, REALM))).toBe(true);
    try {
      await admin.realms.addLocalization(query, 'Whoever you are');
      expect((await refreshRealm(REALM)).status).toBe(200);
      const answer = await get('/en/sign-up', {}, REALM);
      expect(isFromTemplate(answer)).toBe(true);
      expect(answer.html).toContain('Whoever you are');
    } finally {
      await admin.realms.addLocalization(query, before);
      await refreshRealm(REALM);
    }
    expect((await get('/en/sign-up', {}, REALM)).html).not.toContain('Whoever you are');
  });

  test('after the configuration has changed', async () => {
    const path = '/en/sign-up?client_id=shop';
    expect(isFromTemplate(await get(path, {}, BRANDS))).toBe(true);
    try {
      await changeConfig((config) => {
        config.clients.shop = { ...config.clients.shop, brand: { name: 'Quay & Sons' } };
      });
      const answer = await get(path, {}, BRANDS);
      expect(isFromTemplate(answer)).toBe(true);
      expect(answer.html).toContain('Quay &amp; Sons');
    } finally {
      await restoreConfig();
    }
    expect((await get(path, {}, BRANDS)).html).not.toContain('Quay &amp; Sons');
  });
});
