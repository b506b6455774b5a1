import { createHash } from 'node:crypto';
import type RequiredActionProviderRepresentation from '@keycloak/keycloak-admin-client/lib/defs/requiredActionProviderRepresentation.js';
import { expectAccessible } from './accessible';
import { expect, type Page, test } from './fixtures';
import { BRANDS, changeConfig, restoreConfig } from './portal-config';
import { portal, realmAdmin, refreshRealm } from './stack';
import {
  choosePassword,
  confirmAddress,
  fillRequired,
  newAddress,
  signInAtKeycloak,
  signInByHand,
  submit,
} from './visitor';

const realm = BRANDS;

/** The client that has terms and an offer, and the one that has neither. */
const [WITH_TERMS, WITHOUT] = ['developers', 'shop'];

const TERMS = '[name="$terms"]';
const OFFER = '[name="$marketing"]';

const NOTE =
  'You may call the service as often as your plan allows.\nKeep your keys secret; whoever holds one acts for you.\nTide tables are predictions. Nobody should navigate by them alone.';

const signUpPage = (clientId: string, locale = 'en') => `${portal(BRANDS)}/${locale}/sign-up?client_id=${clientId}`;

let admin: Awaited<ReturnType<typeof realmAdmin>>;

test.beforeEach(async () => {
  admin = await realmAdmin();
});

test.afterEach(restoreConfig);

async function accountOf(email: string) {
  const [user] = await admin.users.find({ realm, email, exact: true });
  return user?.id === undefined ? undefined : admin.users.findOne({ realm, id: user.id });
}

/** The evidence on somebody's account. */
async function evidenceOf(email: string, attribute: string): Promise<Record<string, string>[]> {
  const values: string[] = (await accountOf(email))?.attributes?.[attribute] ?? [];
  return values.map((value) => JSON.parse(value));
}

async function fill(page: Page, email: string, clientId: string): Promise<void> {
  await page.goto(signUpPage(clientId));
  await fillRequired(page, email);
  await choosePassword(page);
}

/** Signs somebody up who accepts the terms. */
async function signUp(page: Page, email: string, clientId = WITH_TERMS): Promise<void> {
  await fill(page, email, clientId);
  if (await page.locator(TERMS).count()) await page.locator(TERMS).check();
  await submit(page);
  await page.waitForURL('**/en/sign-up/check-email');
}

/** Comes back another day, without a cookie, as somebody who has an account. */
async function comeBack(page: Page, email: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(signUpPage(WITH_TERMS));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await signInByHand(page, email);
}

function newVersion(): Promise<void> {
  return changeConfig((config) => {
    const documents = { en: { text: 'Be kind to the tide.' }, de: { url: '/bedingungen' } };
    config.clients[WITH_TERMS] = { ...config.clients[WITH_TERMS], terms: { version: '2026-02', documents } };
  });
}

test('without the tick there is no account, with and without JavaScript', async ({ browser }) => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
    const email = newAddress();
    await fill(page, email, WITH_TERMS);
    await expect(page.locator(`${TERMS}, ${OFFER}`)).toHaveCount(2);
    for (const box of await page.locator(`${TERMS}, ${OFFER}`).all()) await expect(box).not.toBeChecked();
    await submit(page);
    await expect(page.locator('#sign-up [role="alert"] a')).toHaveText(
      'Please accept the terms. Without them no account can be created.',
    );
    await expect(page.locator('#sign-up [role="alert"] a')).toHaveAttribute('href', '#field-$terms');
    expect(await accountOf(email)).toBeUndefined();
    await page.locator(TERMS).check();
    if (!javaScriptEnabled) await choosePassword(page);
    await submit(page);
    await page.waitForURL('**/en/sign-up/check-email');
    expect(await accountOf(email)).toBeDefined();
    await page.context().close();
  }
});

test('what was accepted is on the account as evidence, and nothing that was not', async ({ page }) => {
  const [only, both] = [newAddress(), newAddress()];
  const began = Date.now();
  await signUp(page, only);
  const [accepted, ...more] = await evidenceOf(only, 'vestibule_terms');
  expect(more).toEqual([]);
  expect(accepted).toEqual({
    for: WITH_TERMS,
    version: '2026-01',
    sha256: createHash('sha256').update(NOTE).digest('hex'),
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    locale: 'en',
  });
  expect(Date.parse(accepted?.at ?? '')).toBeGreaterThanOrEqual(began - 1_000);
  expect(await evidenceOf(only, 'vestibule_marketing')).toEqual([]);

  await page.context().clearCookies();
  await fill(page, both, WITH_TERMS);
  await page.locator(TERMS).check();
  await page.locator(OFFER).check();
  await submit(page);
  await page.waitForURL('**/en/sign-up/check-email');
  expect(await evidenceOf(both, 'vestibule_marketing')).toEqual([expect.objectContaining({ version: '2026-01' })]);
});

test('nobody but administrators sees or writes the evidence, and it is on no form', async ({ page }) => {
  const profile = await admin.users.getProfile({ realm });
  for (const name of ['vestibule_terms', 'vestibule_marketing'])
    expect(profile.attributes?.find((one) => one.name === name)?.permissions).toEqual({
      view: ['admin'],
      edit: ['admin'],
    });
  const email = newAddress();
  await fill(page, email, WITHOUT);
  await expect(page.locator('[name^="vestibule"]')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Consent' })).toHaveCount(0);
  await page.locator('#sign-up').evaluate((form) => {
    const forged = document.createElement('input');
    forged.name = 'vestibule_terms';
    forged.value = '{"for":"developers","version":"2026-01","sha256":"","at":"","locale":"en"}';
    form.append(forged);
  });
  await submit(page);
  await page.waitForURL('**/en/sign-up/check-email');
  expect(await evidenceOf(email, 'vestibule_terms')).toEqual([]);
});

test('where no terms are configured there is no checkbox, and sign-up works', async ({ page }) => {
  const email = newAddress();
  await fill(page, email, WITHOUT);
  await expect(page.locator('#sign-up input[type="checkbox"][name^="$"]')).toHaveCount(0);
  await submit(page);
  await page.waitForURL('**/en/sign-up/check-email');
  await confirmAddress(page, email);
  await signInAtKeycloak(page, email);
  await page.waitForURL('**/en/welcome');
  expect((await accountOf(email))?.attributes).not.toHaveProperty('vestibule_terms');
});

test('Keycloak’s own terms are not asked again of who accepted the client’s, and are of everyone else', async ({
  browser,
}) => {
  const query = { realm, alias: 'TERMS_AND_CONDITIONS' };
  const before: RequiredActionProviderRepresentation =
    await admin.authenticationManagement.getRequiredActionForAlias(query);
  await admin.authenticationManagement.updateRequiredAction(query, { ...before, enabled: true, defaultAction: true });
  try {
    expect((await refreshRealm(BRANDS)).status).toBe(200);
    for (const [clientId, isAsked] of [
      [WITH_TERMS, false],
      [WITHOUT, true],
    ] as const) {
      const page = await (await browser.newContext()).newPage();
      const email = newAddress();
      await signUp(page, email, clientId);
      expect((await accountOf(email))?.requiredActions?.includes('TERMS_AND_CONDITIONS')).toBe(isAsked);
      if (!isAsked) {
        await confirmAddress(page, email);
        await signInAtKeycloak(page, email);
        await page.waitForURL('**/en/welcome');
      }
      await page.context().close();
    }
  } finally {
    await admin.authenticationManagement.updateRequiredAction(query, before);
    await refreshRealm(BRANDS);
  }
});

test('a new version is asked for at the next sign-in, once, and the old evidence stays', async ({ page }) => {
  const email = newAddress();
  await signUp(page, email);
  await confirmAddress(page, email);
  await signInAtKeycloak(page, email);
  await page.waitForURL('**/en/welcome');
  const account = await accountOf(email);

  await newVersion();
  await comeBack(page, email);
  await page.waitForURL('**/en/terms');
  await expect(page.getByText('Be kind to the tide.')).toBeVisible();
  await expectAccessible(page);
  // Nobody is let past, and nobody is held: the way out is there.
  await page.goto(`${portal(BRANDS)}/en/welcome`);
  await page.waitForURL('**/en/terms');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/en/signed-out');

  await comeBack(page, email);
  await page.waitForURL('**/en/terms');
  await page.getByRole('button', { name: 'Accept and continue' }).click();
  await page.waitForURL('**/en/welcome');
  expect((await evidenceOf(email, 'vestibule_terms')).map(({ version }) => version)).toEqual(['2026-01', '2026-02']);
  const { attributes: held = {}, ...root } = account ?? {};
  const { attributes: now = {}, ...rest } = (await accountOf(email)) ?? {};
  expect({ ...now, vestibule_terms: held.vestibule_terms }).toEqual(held);
  expect(rest).toEqual(root);

  await comeBack(page, email);
  await page.waitForURL('**/en/welcome');
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
});

test('who accepts a version that was replaced meanwhile is told so, and loses nothing', async ({ page }) => {
  const email = newAddress();
  await fill(page, email, WITH_TERMS);
  await page.locator(TERMS).check();
  await newVersion();
  await submit(page);
  await expect(page.locator('#sign-up [role="alert"]')).toContainText(
    'The terms have changed while this page was open',
  );
  expect(await accountOf(email)).toBeUndefined();
  await page.reload();
  await expect(page.locator('[name="email"]')).toHaveValue(email);
  await expect(page.locator(TERMS)).not.toBeChecked();
  await page.locator('summary', { hasText: 'Terms, version 2026-02' }).click();
  await expect(page.getByText('Be kind to the tide.')).toBeVisible();
  await page.goto(signUpPage(WITH_TERMS, 'de'));
  await expect(page.getByRole('link', { name: 'Nutzungsbedingungen lesen' })).toHaveAttribute('href', '/bedingungen');
});
