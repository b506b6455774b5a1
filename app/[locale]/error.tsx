'use client';

import { unstable_isUnrecognizedActionError } from 'next/navigation';
import { useEffect } from 'react';
import { ErrorView } from '@/components/pages/error-view';

/** What a visitor meets when a page breaks: its own words, and one way on. */
export default function ErrorPage({ error }: { readonly error: Error }) {
  // A page of an older build sent a form that this build does not know: the same page of this build does. Once, since two
  // builds may answer side by side for a while.
  useEffect(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    const isReloaded = navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload';
    if (unstable_isUnrecognizedActionError(error) && !isReloaded) location.reload();
  }, [error]);
  const { title, lead, again } = document.body.dataset;
  return <ErrorView title={title} lead={lead} again={again} />;
}
