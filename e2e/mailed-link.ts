import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { portal, realmAdmin, STOCK_REALM, stack } from './stack';
import { mailedLink, mailsTo, newAddress } from './visitor';

/** The mailed link and the pages behind it, without the portal's form before them. */

export const LOCALES = ['en', 'de', 'ar'] as const;
export const REALM = stack.keycloak.realm;
export const BUTTON = '#kc-info-message button';
export const HEADING = '#kc-page-title';

/** The theme's own words for a key, as its bundle has them. */
export function words(locale: string, key: string): string {
  const file = join('keycloak', 'theme', 'vestibule', 'login', 'messages', `messages_${locale}.properties`);
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${key}=`));
  return line?.slice(key.length + 1) ?? '';
}

export interface Mailed {
  readonly id: string;
  readonly email: string;
  readonly link: string;
}

const verifiedPage = (realm: string, locale: string) =>
  `${portal(realm === STOCK_REALM ? 'changes' : 'main')}/${locale}/sign-up/verified`;

/** Has Keycloak send one more mail, just as the portal does; `lifespan` in seconds. */
export async function mail(
  { id, email }: { id: string; email: string },
  { realm = REALM, locale = 'en', actions = ['VERIFY_EMAIL'], lifespan = 3600 } = {},
): Promise<Mailed> {
  const admin = await realmAdmin();
  const before = (await mailsTo(email, 0, 0)).length;
  const redirectUri = verifiedPage(realm, locale);
  await admin.users.executeActionsEmail({ realm, id, actions, lifespan, clientId: 'portal', redirectUri });
  await mailsTo(email, before + 1);
  return { id, email, link: await mailedLink(email) };
}

/** An account without a password and unverified, as the portal makes it, and its mail. */
export async function account(
  options: { realm?: string; locale?: string; actions?: string[]; lifespan?: number; firstName?: string } = {},
): Promise<Mailed> {
  const email = newAddress();
  const { realm = REALM, locale = 'en', firstName = 'Ada' } = options;
  const admin = await realmAdmin();
  const { id } = await admin.users.create({
    realm,
    username: email.split('@')[0] ?? '',
    email,
    firstName,
    lastName: 'Harbour',
    enabled: true,
    emailVerified: false,
    attributes: { country: ['DE'], locale: [locale] },
  });
  return mail({ id, email }, options);
}

export async function isVerified(id: string, realm = REALM): Promise<boolean | undefined> {
  const admin = await realmAdmin();
  return (await admin.users.findOne({ realm, id }))?.emailVerified;
}

/** Another device: nothing is known of the person there. */
export async function elsewhere<T>(browser: Browser, use: (page: Page) => Promise<T>, options = {}): Promise<T> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}
