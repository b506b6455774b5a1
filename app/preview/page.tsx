import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Gallery } from '@/components/preview/gallery';
import { SignInToPreview } from '@/components/preview/sign-in-to-preview';
import { previewAccess } from '@/lib/auth/session';
import { portalConfig, settingsFor } from '@/lib/brand/config';
import { readChoices } from '@/lib/preview/choices';
import { shownChoices } from '@/lib/preview/request';
import { signInToPreview } from './actions';

interface PreviewProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations({ locale: (await shownChoices()).lang, namespace: 'preview' });
  return { title: `${t('title')} · Vestibule` };
}

/** Every page and every state with made-up data, for a team that looks before it goes live. */
export default async function PreviewPage({ searchParams }: PreviewProps) {
  const access = await previewAccess();
  if (access === 'refused') notFound();
  const { lang: locale } = await shownChoices();
  const query = await searchParams;
  if (access === 'anonymous')
    return <SignInToPreview locale={locale} hasFailed={'failed' in query} signIn={signInToPreview} />;
  const said = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const clients = Object.keys(portalConfig().clients).map((id) => ({ id, name: settingsFor(id).clientName ?? id }));
  // What is looked at is in the visitor's own language until another is chosen.
  return (
    <Gallery
      locale={locale}
      choices={readChoices(new URLSearchParams({ lang: locale, ...Object.fromEntries(said) }))}
      clients={clients}
    />
  );
}
