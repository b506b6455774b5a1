import { PASSKEY_ACTION } from '../keycloak/passkeys';
import { MEASURED } from './figures';
import { expect, test } from './fixtures';
import { Person } from './person';
import { logFromNow, refreshRealm } from './stack';
import { mailedLink } from './visitor';
import { accountOf, changeAction, PASSKEY_CLIENT, PORTAL, putRealmBack, signUp, signUpPage } from './ways';

/** Who comes from here is asked to set up an authenticator app, besides the password. */
const TOTP_CLIENT = 'vault';

putRealmBack();

/** From the mail to the welcome page, counted from the click in the mail on. */
async function fromMail(person: Person, email: string, way: string): Promise<void> {
  const link = await mailedLink(email);
  person.restart();
  person.clicks += 1;
  await person.page.goto(link);
  await person.untilSignedIn();
  await person.page.waitForURL('**/en/welcome');
  person.tell('first-time', way);
}

/** Signs out, and in again with what the visitor has. */
async function comeBack(person: Person, email: string, way: string): Promise<void> {
  const { page } = person;
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/en/signed-out');
  person.restart();
  await person.click(page.getByRole('button', { name: 'Sign in again' }));
  person.username = email;
  await person.untilSignedIn();
  await page.waitForURL('**/en/welcome');
  person.tell('later', way);
}

for (const [way, name] of [
  ['after-verification', PORTAL],
  ['form', 'form'],
] as const) {
  test(`the way "${way}" ends signed in`, MEASURED, async ({ page }) => {
    const email = await signUp(page, undefined, name);
    await fromMail(new Person(page), email, way);
  });
}

test(
  'a passkey stands in for a password: it is made behind the link, and signs in now and later',
  MEASURED,
  async ({ page }) => {
    const person = new Person(page);
    await person.carryAuthenticator();
    await page.goto(signUpPage(PASSKEY_CLIENT));
    await expect(page.getByText('there is no password to remember')).toBeVisible();
    const email = await signUp(page, PASSKEY_CLIENT);
    await expect(page.getByText('to create your passkey')).toBeVisible();
    expect(await accountOf(email)).toMatchObject({ requiredActions: [PASSKEY_ACTION], credentials: [] });
    await fromMail(person, email, 'passkey');
    // The mail's link, the button that no scanner presses, and the passkey in the browser's list at sign-in.
    expect([person.clicks, person.fields, person.touches]).toEqual([3, 0, 2]);
    expect(await accountOf(email)).toMatchObject({
      emailVerified: true,
      requiredActions: [],
      credentials: ['webauthn-passwordless'],
    });
    await comeBack(person, email, 'passkey');
  },
);

test('whoever says no to the browser’s dialog finds the page with its button, and makes the passkey later', async ({
  page,
}) => {
  const person = new Person(page);
  const recognize = await person.carryAuthenticator();
  await recognize(false);
  const email = await signUp(page, PASSKEY_CLIENT);
  await page.goto(await mailedLink(email));
  await page.locator('#kc-info-message button').click();
  const button = page.locator('#registerWebAuthn');
  await expect(button).toBeVisible();
  expect(await accountOf(email)).toMatchObject({ requiredActions: [PASSKEY_ACTION], credentials: [] });
  await recognize(true);
  // A press while the browser still refuses the first try does nothing.
  await expect(async () => {
    await button.click({ timeout: 1_000 });
    await expect(button).toBeHidden({ timeout: 3_000 });
  }).toPass();
  await person.untilSignedIn();
  await page.waitForURL('**/en/welcome');
  expect(await accountOf(email)).toMatchObject({ requiredActions: [], credentials: ['webauthn-passwordless'] });
});

test('where the realm makes no passkeys the log says so, and a password is asked for', MEASURED, async ({ page }) => {
  const logged = logFromNow(PORTAL);
  await changeAction(PASSKEY_ACTION, { enabled: false });
  await refreshRealm(PORTAL);
  await refreshRealm(PORTAL);
  const email = await signUp(page, PASSKEY_CLIENT);
  // A line that comes after all that was said of the realm.
  await expect.poll(() => logged('sign-up.created')).not.toEqual([]);
  expect(logged('realm.way-fault')).toEqual([
    expect.objectContaining({
      level: 'error',
      way: 'passkey',
      askedBy: 'client shop in PORTAL_CONFIG',
      mend: 'npm run keycloak:setup -- --passkeys',
    }),
  ]);
  expect(await accountOf(email)).toMatchObject({ requiredActions: ['UPDATE_PASSWORD'] });
  await fromMail(new Person(page), email, 'passkey, without the realm’s help');
});

test(
  'an extra action goes into the link: an authenticator app is set up, and asked for from then on',
  MEASURED,
  async ({ page }) => {
    const person = new Person(page);
    const email = await signUp(page, TOTP_CLIENT);
    await expect(page.getByText('Have your authenticator app ready')).toBeVisible();
    await fromMail(person, email, 'after-verification with CONFIGURE_TOTP');
    expect(await accountOf(email)).toMatchObject({ requiredActions: [], credentials: ['otp', 'password'] });
    await comeBack(person, email, 'after-verification with CONFIGURE_TOTP');
  },
);

test(
  'an extra action that the realm has not enabled is named in the log and left out of the link',
  MEASURED,
  async ({ page }) => {
    const logged = logFromNow(PORTAL);
    await changeAction('CONFIGURE_TOTP', { enabled: false });
    await refreshRealm(PORTAL);
    await expect
      .poll(() => logged('realm.way-fault'))
      .toEqual([expect.objectContaining({ way: 'CONFIGURE_TOTP', level: 'error' })]);
    const email = await signUp(page, TOTP_CLIENT);
    await fromMail(new Person(page), email, 'after-verification, CONFIGURE_TOTP disabled');
  },
);
