import { type Answer, raw } from './attacks/raw';
import { expect, type Page, test } from './fixtures';
import { portal, realmAdmin } from './stack';
import { fillRequired, newAddress, newVisitor, submit } from './visitor';

/** Without CAPTCHA, and each visitor with an address of their own. */
const PORTAL = 'known';

/** A call of the form's action, as a browser has made it. */
interface Recorded {
  readonly email: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const FORM_TOKEN = /eyJhbGciOiJkaXIi[\w.-]+/;
const KEPT = ['accept', 'content-type', 'next-action', 'next-router-state-tree'];

async function record(page: Page): Promise<Recorded> {
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': newVisitor() });
  await page.goto(`${portal(PORTAL)}/en/sign-up`);
  const email = newAddress();
  await fillRequired(page, email);
  const posted = page.waitForRequest((one) => one.method() === 'POST');
  await submit(page);
  const call = await posted;
  await page.waitForURL('**/check-email');
  const kept = Object.entries(call.headers()).filter(([name]) => KEPT.includes(name));
  return { email, headers: Object.fromEntries(kept), body: call.postData() ?? '' };
}

/** The same call of somebody else, from a page of their own. */
async function asSomebody(call: Recorded, change: (body: string) => string = (body) => body) {
  const email = newAddress();
  const [token = ''] = FORM_TOKEN.exec(await (await fetch(`${portal(PORTAL)}/en/sign-up`)).text()) ?? [];
  const [was, is] = [call.email.split('@')[0] ?? '', email.split('@')[0] ?? ''];
  return { email, body: change(call.body.replaceAll(was, is).replace(FORM_TOKEN, token)) };
}

/** @param inPieces sends no length, so that the call is left to Next */
function send(
  call: Recorded,
  body: string,
  { inPieces = false, headers = {} }: { inPieces?: boolean; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { host, origin } = new URL(portal(PORTAL));
  const visitor = { 'accept-language': 'en', host, origin, 'x-forwarded-for': newVisitor() };
  const way = inPieces ? { 'transfer-encoding': 'chunked' } : {};
  return raw(PORTAL, '/en/sign-up', {
    method: 'POST',
    headers: { ...visitor, ...call.headers, ...way, ...headers },
    body,
  });
}

/** Next sends an answer piece by piece. */
const isByNext = ({ headers }: Answer) => headers['content-length'] === undefined;

const rowsOf = ({ body }: Answer) =>
  Object.fromEntries(
    body
      .split('\n')
      .filter((row) => row !== '')
      .map((row) => [row.slice(0, row.indexOf(':')), JSON.parse(row.slice(row.indexOf(':') + 1))]),
  );

const accountsOf = async (email: string) => (await realmAdmin()).users.find({ realm: PORTAL, email, exact: true });

test.describe("a script's call of the form", () => {
  test('that makes a sign-up is answered as Next would have answered it', async ({ page }) => {
    const call = await record(page);
    const [one, other] = [await asSomebody(call), await asSomebody(call)];
    const [next, ours] = [await send(call, one.body, { inPieces: true }), await send(call, other.body)];
    expect([isByNext(next), isByNext(ours), next.status, ours.status]).toEqual([true, false, 200, 200]);
    for (const { email } of [one, other]) expect(await accountsOf(email)).toHaveLength(1);

    expect(rowsOf(ours)[1]).toEqual(rowsOf(next)[1]);
    // Next also says which page the call came from, and of which build: for a page that it sends along.
    const { q: _, b: _b, ...said } = rowsOf(next)[0];
    expect(rowsOf(ours)[0]).toEqual({ ...said, q: '' });

    const own = (value: unknown) =>
      String(value)
        .replace(/'nonce-[^']+'/g, '*')
        .replace(/=eyJ[\w.-]+|Expires=[^;]*/g, '*');
    const { date: _d, connection: _c, 'keep-alive': _k, 'content-length': _l, ...headers } = ours.headers;
    for (const [name, value] of Object.entries(headers))
      expect([name, own(value)]).toEqual([name, own(next.headers[name])]);
    const ofTheWay = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-encoding', 'vary'];
    expect(Object.keys(next.headers).filter((name) => !(name in headers) && !ofTheWay.includes(name))).toEqual([]);
  });

  test('that makes none is said in words by Next, and judged once', async ({ page }) => {
    const call = await record(page);
    const nobody = await asSomebody(call, (body) => body.replace(/(name="_1_firstName"\r\n\r\n)[^\r]*/, '$1'));
    for (const inPieces of [true, false]) {
      const answer = await send(call, nobody.body, { inPieces });
      expect([answer.status, isByNext(answer)]).toEqual([200, true]);
      expect(rowsOf(answer)[1].errors.firstName).toMatch(/first name/i);
      expect(rowsOf(answer)[1].values.email).toEqual([nobody.email]);
    }
    expect(await accountsOf(nobody.email)).toHaveLength(0);
    // Of each submit one is taken: two would be, where two had judged.
    const submits = async (inPieces: boolean) => {
      const withoutName = (body: string) => body.replace(/(name="_1_firstName"\r\n\r\n)[^\r]*/, '$1');
      const [{ body }, visitor] = [await asSomebody(call, withoutName), { 'x-forwarded-for': newVisitor() }];
      for (let count = 1; count < 100; count++)
        if ((await send(call, body, { headers: visitor, inPieces })).status === 429) return count;
      return undefined;
    };
    expect(await submits(false)).toBe(await submits(true));
  });

  test('from another site makes nothing', async ({ page }) => {
    const call = await record(page);
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const somebody = await asSomebody(call);
      const answer = await send(call, somebody.body, { headers: headers as Record<string, string> });
      expect([303, 403]).toContain(answer.status);
      expect(await accountsOf(somebody.email)).toHaveLength(0);
    }
  });

  test('with more than our pages send is left to Next, and to its door', async ({ page }) => {
    const call = await record(page);
    const [, boundary = ''] = /boundary=(\S+)/.exec(call.headers['content-type'] ?? '') ?? [];
    const part = (name: string, value: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    for (const more of [part('_2_email', 'a'), part('0', '[]'), part('1', '"$F1"')]) {
      const somebody = await asSomebody(call, (body) => `${more}${body}`);
      const answer = await send(call, somebody.body);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(await accountsOf(somebody.email)).toHaveLength(0);
    }
  });
});
