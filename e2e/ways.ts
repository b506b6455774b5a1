import type IdentityProviderRepresentation from '@keycloak/keycloak-admin-client/lib/defs/identityProviderRepresentation.js';
import type RequiredActionProviderRepresentation from '@keycloak/keycloak-admin-client/lib/defs/requiredActionProviderRepresentation.js';
import { expect, type Page, test } from './fixtures';
import { portal, realmAdmin, refreshRealm } from './stack';
import { choosePassword, fillRequired, newAddress, submit } from './visitor';

/** The portal, and the realm of the same name, that offers every way to a credential. */
export const PORTAL = 'ways';
const realm = PORTAL;
/** Who comes from here makes a passkey. */
export const PASSKEY_CLIENT = 'shop';

/** How to put back what a test has changed, the latest change last. */
const undo: (() => Promise<unknown>)[] = [];

/** Puts the realm back after each test of the file that calls this. */
export function putRealmBack(): void {
  test.afterEach(async () => {
    const isChanged = undo.length > 0;
    for (const step of undo.splice(0).reverse()) await step();
    if (isChanged) expect((await refreshRealm(PORTAL)).status).toBe(200);
  });
}

/** Changes settings of the realm until the test ends. */
export async function changeRealm(settings: { verifyEmail: boolean }): Promise<void> {
  const admin = await realmAdmin();
  const { verifyEmail = true } = (await admin.realms.findOne({ realm })) ?? {};
  undo.push(() => admin.realms.update({ realm }, { verifyEmail }));
  await admin.realms.update({ realm }, settings);
}

/** Changes an identity provider of the realm until the test ends. */
export async function changeProvider(alias: string, change: { trustEmail: boolean }): Promise<void> {
  const admin = await realmAdmin();
  const query = { realm, alias };
  const before = await admin.identityProviders.findOne(query);
  undo.push(() => admin.identityProviders.update(query, before ?? {}));
  await admin.identityProviders.update(query, { ...before, ...change });
}

/** Changes a required action of the realm until the test ends. */
export async function changeAction(alias: string, change: RequiredActionProviderRepresentation): Promise<void> {
  const admin = await realmAdmin();
  const query = { realm, alias };
  const before: RequiredActionProviderRepresentation =
    await admin.authenticationManagement.getRequiredActionForAlias(query);
  undo.push(() => admin.authenticationManagement.updateRequiredAction(query, before));
  await admin.authenticationManagement.updateRequiredAction(query, { ...before, ...change });
}

/** Adds an identity provider to the realm until the test ends. */
export async function addProvider(provider: IdentityProviderRepresentation & { alias: string }): Promise<void> {
  const admin = await realmAdmin();
  const endpoints = { authorizationUrl: 'https://idp.example/auth', tokenUrl: 'https://idp.example/token' };
  const config = { clientId: 'harbour', clientSecret: 'unused', ...endpoints, ...provider.config };
  await admin.identityProviders.create({ realm, providerId: 'oidc', enabled: true, ...provider, config });
  undo.push(() => admin.identityProviders.del({ realm, alias: provider.alias }));
}

export const signUpPage = (clientId?: string, name = PORTAL) =>
  `${portal(name)}/en/sign-up${clientId === undefined ? '' : `?client_id=${clientId}`}`;

/** Fills in the form and sends it, as somebody who comes from a client. */
export async function signUp(page: Page, clientId?: string, name = PORTAL): Promise<string> {
  const email = newAddress();
  await page.goto(signUpPage(clientId, name));
  await fillRequired(page, email);
  if (await page.locator('[name="password"]').count()) await choosePassword(page);
  await submit(page);
  await page.waitForURL('**/en/sign-up/check-email');
  return email;
}

/** An account of the realm, with what it signs in by. */
export async function accountOf(email: string) {
  const admin = await realmAdmin();
  const [user] = await admin.users.find({ realm, email, exact: true });
  if (user?.id === undefined) throw new Error('No such account');
  const id = user.id;
  const credentials = await admin.users.getCredentials({ realm, id });
  const { attributes } = (await admin.users.findOne({ realm, id })) ?? {};
  return { ...user, attributes, credentials: credentials.map(({ type }) => type).sort() };
}
