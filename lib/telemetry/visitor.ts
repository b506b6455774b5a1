import 'server-only';
import { createHmac } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { answering } from '@/lib/answering';
import { pageClient } from '@/lib/brand/page-client';
import { env } from '@/lib/env';
import { clientAddress, throttleKey } from '@/lib/guards/client-address';
import { localeOf } from '@/lib/i18n/locales';
import { LOCALE_COOKIE } from '@/lib/i18n/routing';
import { keyFor } from '@/lib/keys';
import { REQUEST_ID } from '@/lib/requests';

/** Where next-intl's middleware tells the page its language. */
const PAGE_LOCALE = 'x-next-intl-locale';

/** What is known of whoever caused an event, without knowing them. */
export interface Visitor {
  readonly requestId?: string | undefined;
  /** See {@link addressDigest}. */
  readonly address?: string | undefined;
  /** One of the portal's languages. */
  readonly locale?: string | undefined;
  /** The client whose page it is, where the configuration knows it. */
  readonly clientId?: string | undefined;
}

/**
 * A name for a client address by which lines about the same one can be told, and which leads back to it only with the portal's
 * secret. Like the limits it takes an IPv6 address by its network.
 * @param address see `clientAddress`
 */
export function addressDigest(address: string): string {
  return createHmac('sha256', keyFor('audit address')).update(throttleKey(address)).digest('base64url').slice(0, 22);
}

/** Whose request is being answered; nothing outside of one. */
export async function currentVisitor(): Promise<Visitor> {
  const own = answering();
  if (own !== undefined) return own.visitor;
  try {
    const [head, jar] = await Promise.all([headers(), cookies()]);
    return {
      requestId: head.get(REQUEST_ID) ?? undefined,
      address: addressDigest(clientAddress(head.get('x-forwarded-for'), env().TRUSTED_PROXIES)),
      locale: localeOf(head.get(PAGE_LOCALE) ?? jar.get(LOCALE_COOKIE)?.value),
      clientId: await pageClient(),
    };
  } catch {
    // Next has no request here: a scheduler's work, or what is done after a page's answer.
    return {};
  }
}
