'use client';

import { useEffect } from 'react';
import { reportHeight, tellParent } from './parent';

/** Tells the page around a frame that there is no form to show. */
export function EmbeddedProblem({ origins }: { readonly origins: readonly string[] }) {
  useEffect(() => {
    tellParent(origins, { event: 'ready' });
    tellParent(origins, { event: 'error', reason: 'unavailable' });
    return reportHeight(origins);
  }, [origins]);
  return null;
}
