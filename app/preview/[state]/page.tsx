import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { previewAccess } from '@/lib/auth/session';
import { shownChoices } from '@/lib/preview/request';
import { isPreviewState } from '@/lib/preview/states';
import { DRAWINGS } from './drawings';
import { stageFor } from './stage';

interface StateProps {
  readonly params: Promise<{ readonly state: string }>;
}

export async function generateMetadata({ params }: StateProps): Promise<Metadata> {
  const { state } = await params;
  if (!isPreviewState(state)) return {};
  const t = await getTranslations({ locale: (await shownChoices()).lang, namespace: 'preview' });
  return { title: `${t(`states.${state}`)} · ${t('title')}` };
}

/** One state of a page, alone. */
export default async function StatePage({ params }: StateProps) {
  const access = await previewAccess();
  if (access === 'anonymous') redirect('/preview');
  const { state } = await params;
  if (access === 'refused' || !isPreviewState(state)) notFound();
  const Drawing = DRAWINGS[state];
  return <Drawing {...(await stageFor({ ...(await shownChoices()), state }))} />;
}
