'use client';

import { useEffect, useRef, useState } from 'react';
import { TimeLeft } from '@/components/ui/time-left';
import type { FormWait } from './state';

/**
 * Counts down to when the form can be sent again, and sends it where the server asked for that: what was typed stands in it
 * still. A page that nobody looks at waits until somebody does.
 */
export default function Countdown({ wait }: { readonly wait: FormWait }) {
  const [left, setLeft] = useState(wait.seconds);
  const place = useRef<HTMLParagraphElement>(null);

  useEffect(() => {
    const until = Date.now() + wait.seconds * 1_000;
    const tick = () => {
      const now = Math.max(0, Math.ceil((until - Date.now()) / 1_000));
      setLeft(now);
      if (now === 0) clearInterval(timer);
    };
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [wait]);

  const isDue = left === 0 && wait.again;
  useEffect(() => {
    if (!isDue) return;
    const send = () => {
      if (document.visibilityState === 'hidden') return;
      document.removeEventListener('visibilitychange', send);
      place.current?.closest('form')?.requestSubmit();
    };
    document.addEventListener('visibilitychange', send);
    send();
    return () => document.removeEventListener('visibilitychange', send);
  }, [isDue]);

  return (
    <>
      {/* Not announced: a voice that counts seconds helps nobody. */}
      <p ref={place} className="mt-2 text-muted">
        {left === 0 ? null : <TimeLeft words={wait.text} seconds={left} />}
      </p>
      <p role="status" className="text-muted">
        {left === 0 && !wait.again ? wait.over : ''}
      </p>
    </>
  );
}
