import { randomUUID } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { beginSignIn } from '@/lib/auth/session';
import { settingsFor } from '@/lib/brand/config';
import { env } from '@/lib/env';
import { isFromOwnPage } from '@/lib/guards/own-page';
import { localeOf } from '@/lib/i18n/locales';
import { realmSnapshot } from '@/lib/keycloak/snapshot';
import { offeredProviders } from '@/lib/sign-up/form';
import { writePendingSignUp } from '@/lib/sign-up/pending';
import { readSignUpRequest, signUpParameters } from '@/lib/sign-up/request';

interface Context {
  readonly params: Promise<{ readonly provider: string }>;
}

/**
 * Sends the visitor to an identity provider of the realm, through the portal's own sign-in at Keycloak. A link and not a
 * form: `form-action` of our policy would have to name every host that a provider may redirect to.
 */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const query = request.nextUrl.searchParams;
  const locale = localeOf(query.get('locale'));
  const asked = await readSignUpRequest((name) => query.get(name));
  const goTo = (target: string) =>
    NextResponse.redirect(new URL(target, env().PORTAL_URL), {
      status: 303,
      headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
    });
  // Whoever is sent here from elsewhere gets the page with the choice, so that nobody is signed in without having asked.
  if (!isFromOwnPage(request.headers, env().PORTAL_URL))
    return goTo(`/${locale}/sign-up?${new URLSearchParams(await signUpParameters(asked))}`);

  const { provider } = await params;
  const snapshot = await realmSnapshot();
  const offered = snapshot === undefined ? [] : offeredProviders(snapshot, settingsFor(asked.clientId));
  if (!offered.some(({ alias }) => alias === provider)) return goTo(`/${locale}/sign-in-problem?error=UnknownProvider`);
  const target = await beginSignIn(locale, { provider });
  if (target === undefined) return goTo(`/${locale}/sign-in-problem?error=Unavailable`);
  await writePendingSignUp({ ...asked, userId: randomUUID(), own: 0, mail: 'sent', actions: [] });
  return goTo(target);
}
