'use client';

import { useEffect } from 'react';
import { announceSignIn } from './tabs';

/**
 * Sends a form as soon as the page is there, so that nobody has to press its button. Not when the visitor came back to
 * the page: that would make it a trap.
 */
export function ContinueByItself({ formId }: { readonly formId: string }) {
  useEffect(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    if (navigation instanceof PerformanceNavigationTiming && navigation.type === 'back_forward') return;
    const form = document.getElementById(formId);
    if (!(form instanceof HTMLFormElement)) return;
    announceSignIn();
    form.requestSubmit();
  }, [formId]);
  return null;
}
