import 'server-only';
import { clientConfig, settingsFor } from '@/lib/brand/config';
import { palettes } from '@/lib/brand/contrast';
import { brandView } from '@/lib/brand/view';
import { env } from '@/lib/env';
import { throttle } from '@/lib/guards/throttle';
import { type Locale, offeredLocales } from '@/lib/i18n/locales';
import { translator } from '@/lib/i18n/translator';
import type { Account } from '@/lib/keycloak/accounts';
import { resetPasswordUrl } from '@/lib/keycloak/public';
import type { RealmSnapshot } from '@/lib/keycloak/snapshot';
import { type MailParts, mailHtml, mailText } from '@/lib/mail/frame';
import { canSendMail, sendMail } from '@/lib/mail/transport';
import { audit } from '@/lib/telemetry/audit';
import { reason } from '@/lib/telemetry/log';
import type { SignUpRequest } from './form';
import { later } from './later';

/**
 * Tells the owner of an address, after the visitor has had their answer, that somebody wanted to sign up with it: perhaps
 * themselves, having forgotten that they have an account. In their language, once an hour at most, and only where the portal
 * has a mail server of its own.
 * @param owner whose address it is
 * @param snapshot the realm
 * @param request whom the visitor came from
 */
export function tellOwner(owner: Account, snapshot: RealmSnapshot, request: SignUpRequest): void {
  if (!canSendMail() || !owner.enabled || owner.email === '') return;
  later('sign-up.owner-not-told', async () => {
    const passage = await throttle('owner-mail', owner.id);
    if (!passage.passed) return true;
    const language = languageOf(owner, snapshot);
    const { parts, subject } = await written(language, snapshot, request);
    try {
      await sendMail({ to: owner.email, subject, text: mailText(parts), html: mailHtml(parts), language });
    } catch (error) {
      audit('sign-up.owner-not-told', { userId: owner.id, reason: reason(error) }, request.clientId);
      return true;
    }
    audit('sign-up.owner-told', { userId: owner.id }, request.clientId);
    return true;
  });
}

function languageOf({ attributes }: Account, snapshot: RealmSnapshot): Locale {
  const offered = offeredLocales(snapshot.supportedLocales);
  const wanted = [attributes.locale?.[0], snapshot.defaultLocale];
  return wanted.map((tag) => offered.find((locale) => locale === tag)).find((locale) => locale !== undefined) ?? 'en';
}

async function written(
  locale: Locale,
  snapshot: RealmSnapshot,
  { clientId }: SignUpRequest,
): Promise<{ parts: MailParts; subject: string }> {
  const settings = settingsFor(clientId);
  const { name } = brandView(settings, snapshot.displayName, locale);
  const t = await translator(locale, settings.texts, 'ownerMail');
  // The name of the client is anyone's word until the configuration knows it; where to go on to is not asked at all.
  const query =
    clientId !== undefined && clientConfig(clientId) ? `?${new URLSearchParams({ client_id: clientId })}` : '';
  const url = `${env().PORTAL_URL}/${locale}/sign-in${query}`;
  const parts: MailParts = {
    language: locale,
    brand: name,
    colours: palettes(settings.brand).light,
    lead: [t('lead', { brand: name }), t('known')],
    button: { label: t('signIn'), url },
    link: snapshot.resetPasswordAllowed
      ? { question: t('forgotten'), label: t('reset'), url: resetPasswordUrl(locale) }
      : undefined,
    footnote: t('notYou'),
  };
  return { parts, subject: t('subject', { brand: name }) };
}
