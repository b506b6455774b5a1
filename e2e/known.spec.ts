import { createHash } from 'node:crypto';
import { SIGN_UP_GROUP_PATH } from '../lib/sign-up-group';
import { SIGN_UP_MARK } from '../lib/sign-up-mark';
import { figure, MEASURED, median } from './figures';
import { expect, test } from './fixtures';
import { type Answer, openForm } from './quick';
import { mailServer, portal, realmAdmin } from './stack';
import { confirmAddress, mailedLink, mailsTo, newAddress, PASSWORD } from './visitor';

/** The realm and the portal of this file and of `sweep.spec.ts`. */
const PORTAL = 'known';
const realm = PORTAL;

let admin: Awaited<ReturnType<typeof realmAdmin>>;
test.beforeEach(async () => {
  admin = await realmAdmin();
});

async function accountsOf(email: string) {
  return admin.users.find({ realm, email, exact: true, briefRepresentation: false });
}

/** Somebody who was there before, made by an administrator. */
async function somebody(email: string, more: object = {}): Promise<string> {
  const names = { firstName: 'Olga', lastName: 'Owner', attributes: { country: ['DE'], locale: ['de'] } };
  const username = email.split('@')[0] ?? '';
  const { id } = await admin.users.create({
    realm,
    username,
    email,
    ...names,
    enabled: true,
    emailVerified: true,
    ...more,
  });
  return id;
}

/** An answer without what differs between any two: the time, and what is random of one width. */
function comparable({ status, headers, body }: Answer) {
  const { date: _date, 'set-cookie': cookie = '', 'content-security-policy': policy = '', ...rest } = headers;
  return {
    status,
    headers: { ...rest, policy: policy.replace(/nonce-[^']+/g, 'NONCE') },
    cookie: cookie.replace(/=[\w.-]{40,}/g, (value) => `=${value.length}`).replace(/Expires=[^;]+/g, 'Expires'),
    body,
  };
}

/** A page without its address, its nonce, and the digests that it makes of the account's id and its address. */
function comparablePage(html: string, email: string): string {
  const digest = createHash('sha256').update(email).digest('base64url').slice(0, 8);
  return html
    .replaceAll(email, 'ADDRESS')
    .replaceAll(digest, 'DIGEST')
    .replace(/(round\\":\\")[\w-]{8}/g, '$1ROUND')
    .replace(/(name="\$ACTION_KEY" value=")k[0-9a-f]{32}/g, '$1KEY')
    .replace(/nonce="[^"]+"|nonce-[\w+/=-]+|nonce\\":\\"[^"]+"/g, 'NONCE');
}

/** Cookies for a browser that goes on where a post without one has begun. */
function cookiesOf(header: string) {
  return header.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url: portal(PORTAL) };
  });
}

test('a known address is answered as a new one is, byte for byte, on the form and on the next page', async () => {
  const form = await openForm(PORTAL);
  const [known, unknown] = [newAddress(), newAddress()];
  await somebody(known);
  const answers = [await form.send({ email: known }), await form.send({ email: unknown })] as const;
  expect(answers[0].status).toBe(303);
  expect(comparable(answers[0])).toEqual(comparable(answers[1]));
  const pages = await Promise.all(answers.map(({ cookie }) => form.checkEmail(cookie)));
  expect(comparablePage(pages[0] ?? '', known)).toBe(comparablePage(pages[1] ?? '', unknown));
  expect(pages[0]).toContain(known);
  // Again with the cookie of the first time, and again from nobody.
  const again = [
    await form.send({ email: known }, { cookie: answers[0].cookie }),
    await form.send({ email: unknown }, { cookie: answers[1].cookie }),
  ] as const;
  expect(comparable(again[0])).toEqual(comparable(again[1]));
  expect(await accountsOf(known)).toMatchObject([{ firstName: 'Olga' }]);
  expect(await accountsOf(unknown)).toMatchObject([{ firstName: 'Ada' }]);
});

test('the rules that only Keycloak can judge are told for a known address as for a new one', async () => {
  const form = await openForm(PORTAL);
  const [known, unknown] = [newAddress(), newAddress()];
  await somebody(known);
  const username = `taken-${Date.now()}`;
  await somebody(newAddress(), { username });
  const [one, other] = [await form.send({ email: known, username }), await form.send({ email: unknown, username })];
  for (const { status, body } of [one, other]) {
    expect(status).toBe(200);
    expect(body).toContain('This username is taken.');
  }
  expect(one.body.replaceAll(known, 'ADDRESS').length).toBe(other.body.replaceAll(unknown, 'ADDRESS').length);
});

test('no username tells of an address', async () => {
  const form = await openForm(PORTAL);
  const owner = newAddress();
  await somebody(owner, { username: owner });
  expect((await form.send({ email: newAddress(), username: owner })).status).toBe(303);
  // A handle that looks like an address, and isn't its owner's, is a handle.
  const handle = `crew-${Date.now()}@harbour`;
  await somebody(newAddress(), { username: handle });
  expect((await form.send({ email: newAddress(), username: handle })).body).toContain('This username is taken.');
});

test('while no mail goes out, a known address is told the same as a new one', async () => {
  const form = await openForm(PORTAL);
  const known = newAddress();
  await somebody(known);
  await mailServer('refuse');
  try {
    const unknown = [newAddress(), newAddress()];
    const failed: Answer[] = [];
    for (const email of unknown) failed.push(await form.send({ email }));
    const echo = await form.send({ email: known });
    const page = await form.checkEmail(echo.cookie);
    expect(page).toContain('the e-mail is not');
    expect(comparablePage(page, known)).toBe(
      comparablePage(await form.checkEmail(failed[1]?.cookie ?? ''), unknown[1] ?? ''),
    );
  } finally {
    await mailServer('accept');
  }
  expect(await form.checkEmail((await form.send({ email: newAddress() })).cookie)).not.toContain('the e-mail is not');
  expect(await form.checkEmail((await form.send({ email: known })).cookie)).not.toContain('the e-mail is not');
});

test('how long the answer takes tells nothing, over 200 tries each', MEASURED, async () => {
  test.slow();
  const form = await openForm(PORTAL);
  const known = newAddress();
  await somebody(known);
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let round = 0; round < 200; round++) {
    times.unknown.push((await form.send({ email: newAddress() })).duration);
    times.known.push((await form.send({ email: known })).duration);
  }
  const [one, other] = [median(times.known), median(times.unknown)];
  figure('known-address', {
    tries: 200,
    'known, median ms': Number(one.toFixed(1)),
    'unknown, median ms': Number(other.toFixed(1)),
    'difference ms': Number(Math.abs(one - other).toFixed(1)),
  });
  expect(Math.abs(one - other)).toBeLessThan(50);
});

test.describe('the owner of a known address', () => {
  test('gets one mail, in their own language, that leads to sign-in and to a new password', async ({ page }) => {
    const form = await openForm(PORTAL, '?client_id=shop&redirect_uri=https://evil.example/');
    const owner = newAddress();
    await somebody(owner);
    await form.send({ email: owner });
    const [mail] = await mailsTo(owner);
    expect(mail?.subject).toBe('Sie haben bereits ein Konto bei Harbour Shop');
    expect(mail?.html).toContain('<html lang="de" dir="ltr">');
    expect(mail?.text).not.toMatch(/Ada|evil/);
    const [signIn, reset] = mail?.links ?? [];
    expect(signIn).toBe(`${portal(PORTAL)}/de/sign-in?client_id=shop`);
    await page.goto(reset ?? '');
    await expect(page.locator('#username')).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await page.goto(signIn ?? '');
    await page.locator('main').getByRole('button', { name: 'Anmelden' }).click();
    await page.locator('#password').waitFor();
    // No more than one an hour: the next owner's comes, and no second one to the first.
    const next = newAddress();
    await somebody(next);
    await form.send({ email: owner });
    await form.send({ email: next });
    await mailsTo(next);
    expect(await mailsTo(owner, 0, 0)).toHaveLength(1);
  });

  test('gets none whose account is disabled', async () => {
    const form = await openForm(PORTAL);
    const [disabled, other] = [newAddress(), newAddress()];
    await somebody(disabled, { enabled: false });
    await somebody(other);
    expect((await form.send({ email: disabled })).status).toBe(303);
    await form.send({ email: other });
    await mailsTo(other);
    expect(await mailsTo(disabled, 0, 0)).toHaveLength(0);
  });
});

test.describe('a sign-up that nobody has confirmed', () => {
  test('is replaced by a newer one; the old link says so, and verifies nothing', async ({ page, browser }) => {
    const form = await openForm(PORTAL);
    const email = newAddress();
    const first = await form.send({ email, username: `first-${Date.now()}`, firstName: 'First' });
    const oldLink = await mailedLink(email);
    const [old] = await accountsOf(email);
    const second = await form.send({ email, username: old?.username ?? '', firstName: 'Second' });
    expect(comparable(second)).toEqual(comparable(first));
    const after = await accountsOf(email);
    expect(after).toMatchObject([{ firstName: 'Second', username: old?.username, emailVerified: false }]);
    expect(after[0]?.id).not.toBe(old?.id);
    await expect.poll(() => admin.users.findOne({ realm, id: old?.id ?? '' })).toBeFalsy();
    await page.goto(oldLink);
    await expect(page.locator('h1')).not.toHaveText(/Confirm/);
    expect((await accountsOf(email))[0]?.emailVerified).toBe(false);
    // The page of the first one says that it is gone.
    const status = await fetch(`${portal(PORTAL)}/api/sign-up/status`, { headers: { cookie: first.cookie } });
    expect(await status.json()).toEqual({ status: 'gone' });
    await mailsTo(email, 2);
    const other = await (await browser.newContext()).newPage();
    await confirmAddress(other, email);
    expect((await accountsOf(email))[0]).toMatchObject({ firstName: 'Second', emailVerified: true });
    await other.context().close();
  });

  test('is replaced by its own visitor, who went back and gave another name', async () => {
    const form = await openForm(PORTAL);
    const email = newAddress();
    const { cookie } = await form.send({ email, firstName: 'Adda' });
    await form.send({ email, firstName: 'Ada' }, { cookie });
    expect(await accountsOf(email)).toMatchObject([{ firstName: 'Ada' }]);
    expect(await mailsTo(email, 2)).toHaveLength(2);
  });

  test('stays as it is when the same form comes again', async () => {
    const form = await openForm(PORTAL);
    const [email, username] = [newAddress(), `same-${Date.now()}`];
    const { cookie } = await form.send({ email, username });
    const [before] = await accountsOf(email);
    await form.send({ email, username }, { cookie });
    expect((await accountsOf(email)).map(({ id }) => id)).toEqual([before?.id]);
    expect(await mailsTo(email, 1)).toHaveLength(1);
  });

  test('stays where somebody else made it, or has had to do with it', async () => {
    const form = await openForm(PORTAL);
    const mark = (email: string) => ({ [SIGN_UP_MARK]: ['portal', email], country: ['DE'] });
    const others: [string, object][] = [];
    for (const make of [
      () => ({}),
      (email: string) => ({ attributes: mark(email), enabled: false }),
      (email: string) => ({ attributes: mark(`old-${email}`) }),
      (email: string) => ({
        attributes: mark(email),
        createdTimestamp: Date.now() - 3_600_000,
        credentials: [{ type: 'password', value: PASSWORD }],
      }),
    ]) {
      const email = newAddress();
      others.push([email, make(email)]);
    }
    for (const [email, more] of others) {
      // All of them the portal's to change: it is what they are that keeps them.
      const id = await somebody(email, { emailVerified: false, groups: [SIGN_UP_GROUP_PATH], ...more });
      expect((await form.send({ email })).status).toBe(303);
      expect(await accountsOf(email)).toMatchObject([{ id, firstName: 'Olga' }]);
    }
  });

  test('gives its address to another sign-up that is changed to it', async ({ page }) => {
    const form = await openForm(PORTAL);
    const [email, mistyped] = [newAddress(), newAddress()];
    await form.send({ email, firstName: 'Older' });
    const { cookie } = await form.send({ email: mistyped, firstName: 'Newer' });
    await page.context().addCookies(cookiesOf(cookie));
    await page.goto(`${portal(PORTAL)}/en/sign-up/check-email`);
    await page.getByText('Wrong address? Change it').click();
    await page.locator('#new-address').fill(email);
    await page.getByRole('button', { name: 'Change and send' }).click();
    await page.waitForURL('**/check-email?changed=*');
    expect(await accountsOf(email)).toMatchObject([{ firstName: 'Newer' }]);
    expect(await accountsOf(mistyped)).toEqual([]);
    await mailsTo(email, 2);
    await confirmAddress(await await page.context().newPage(), email);
    expect((await accountsOf(email))[0]).toMatchObject({ firstName: 'Newer', emailVerified: true });
  });
});

for (const [what, names] of [
  ['at one instance', [PORTAL]],
  ['at two instances', [PORTAL, 'known-too']],
] as const) {
  test(`ten equal submits at once, ${what}: one account, a mail of each at most, and a way on for everyone`, async ({
    browser,
  }) => {
    const forms = await Promise.all(names.map((name) => openForm(name)));
    const [email, username] = [newAddress(), `ten-${Date.now()}`];
    const submits = Array.from({ length: 10 }, (_, index) => {
      const form = forms[index % forms.length];
      return form?.send({ email, username });
    });
    const answers = await Promise.all(submits);
    expect(answers.map((answer) => answer?.status)).toEqual(Array(10).fill(303));
    expect(await accountsOf(email)).toHaveLength(1);
    // Instances that count for themselves know nothing of each other's mails, and one that has ended has sent none.
    const mails = await mailsTo(email, 1);
    expect(mails.length).toBeGreaterThan(0);
    expect(mails.length).toBeLessThanOrEqual(names.length);
    const page = await (await browser.newContext()).newPage();
    await confirmAddress(page, email);
    for (const [index, answer] of answers.entries()) {
      const url = `${portal(names[index % names.length] ?? PORTAL)}/api/sign-up/status`;
      const status = await fetch(url, { headers: { cookie: answer?.cookie ?? '' } });
      expect(await status.json()).toEqual({ status: 'verified' });
    }
    await page.context().close();
  });
}

test('an equal submit makes a new account where the first one is gone', async () => {
  const form = await openForm(PORTAL);
  const [email, username] = [newAddress(), `anew-${Date.now()}`];
  await form.send({ email, username });
  const [first] = await accountsOf(email);
  await admin.users.del({ realm, id: first?.id ?? '' });
  await form.send({ email, username });
  expect(await accountsOf(email)).toHaveLength(1);
});

test('whoever signs in is no sign-up any more: the portal’s mark goes', async ({ page }) => {
  const form = await openForm(PORTAL);
  const email = newAddress();
  const { cookie } = await form.send({ email });
  expect((await accountsOf(email))[0]?.attributes?.[SIGN_UP_MARK]).toEqual(['portal', email, expect.any(String)]);
  await page.context().addCookies(cookiesOf(cookie));
  await confirmAddress(page, email);
  await page.locator('#password').waitFor();
  await page.locator('#password').fill(PASSWORD);
  await page.locator('#kc-login').click();
  await page.waitForURL('**/welcome');
  const [user] = await accountsOf(email);
  expect(user).toMatchObject({ firstName: 'Ada', lastName: 'Harbour', emailVerified: true });
  expect(user?.attributes).toMatchObject({ country: ['DE'], locale: ['en'] });
  expect(user?.attributes).not.toHaveProperty(SIGN_UP_MARK);
});
