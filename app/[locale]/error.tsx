'use client';

import { unstable_isUnrecognizedActionError } from 'next/navigation';
import { useEffect } from 'react';

/** What a visitor meets when a page breaks: its own words, and one way on. */
export default function ErrorPage({ error }: { readonly error: Error }) {
  // A page of an older build sent a form that this build does not know: the same page of this build does. Once, since two
  // builds may answer side by side for a while.
  useEffect(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    const isReloaded = navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload';
    if (unstable_isUnrecognizedActionError(error) && !isReloaded) location.reload();
  }, [error]);
  const { title, lead } = document.body.dataset;
  return (
    <main className="mx-auto max-w-2xl px-5 py-16">
      <h1 className="text-3xl font-semibold">{title}</h1>
      <p className="mt-3 mb-8 text-lg text-muted">{lead}</p>
      <button type="button" className="button" onClick={() => location.reload()}>
        {document.body.dataset.again}
      </button>
    </main>
  );
}
