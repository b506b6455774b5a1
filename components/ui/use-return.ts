'use client';

import { useEffect } from 'react';

/**
 * Does something when the page comes back from the back-forward cache, as it was left.
 * @param then stays the same from one rendering to the next
 */
export function useReturn(then: () => void): void {
  useEffect(() => {
    const onShow = ({ persisted }: PageTransitionEvent) => {
      if (persisted) then();
    };
    addEventListener('pageshow', onShow);
    return () => removeEventListener('pageshow', onShow);
  }, [then]);
}
