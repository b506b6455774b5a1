'use client';

import { useActionState, useEffect, useRef, useState } from 'react';
import { TimeLeft } from '@/components/ui/time-left';

export interface ResendState {
  /** What came of the last press; empty before the first. */
  readonly text: string;
  readonly good: boolean;
  /** When the next mail can be asked for, in seconds. */
  readonly wait: number;
  /** The last mail did not go out: the page tries again by itself. */
  readonly failed: boolean;
}

interface ResendFormProps {
  readonly action: (state: ResendState, form: FormData) => Promise<ResendState>;
  readonly locale: string;
  readonly initial: Pick<ResendState, 'wait' | 'failed'> & Partial<ResendState>;
  readonly labels: {
    readonly resend: string;
    readonly resending: string;
    /** With `{time}` for the time that is left. */
    readonly wait: string;
    readonly retry: string;
  };
}

const WAIT_ID = 'resend-wait';

/**
 * The button that has the mail sent once more. How long it must wait is the server's to say and to enforce; the page only
 * counts it down. A mail that did not go out is tried again whenever the server allows it, while somebody looks.
 */
export function ResendForm({ action, locale, initial, labels }: ResendFormProps) {
  const [state, formAction, isPending] = useActionState(action, { text: '', good: true, ...initial });
  /** Undefined before a script runs: the button is nobody's but the server's to refuse then. */
  const [clock, setClock] = useState<{ readonly of: ResendState; readonly left: number }>();
  const form = useRef<HTMLFormElement>(null);
  // Until the clock has been set anew, a fresh answer's own word counts.
  const left = clock?.of === state ? clock.left : state.wait;

  useEffect(() => {
    const until = Date.now() + state.wait * 1_000;
    const tick = () => setClock({ of: state, left: Math.max(0, Math.ceil((until - Date.now()) / 1_000)) });
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [state]);

  const isDue = state.failed && left === 0 && !isPending;
  useEffect(() => {
    if (!isDue) return;
    const retry = () => {
      if (document.visibilityState === 'visible') form.current?.requestSubmit();
    };
    retry();
    document.addEventListener('visibilitychange', retry);
    return () => document.removeEventListener('visibilitychange', retry);
  }, [isDue]);

  const isWaiting = left > 0 && !isPending;
  return (
    <form
      ref={form}
      action={formAction}
      onSubmit={(event) => {
        if (isPending || left > 0) event.preventDefault();
      }}
    >
      <input type="hidden" name="locale" value={locale} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <button
          type="submit"
          className="button button-quiet"
          aria-disabled={isPending || (isWaiting && clock !== undefined) || undefined}
          aria-describedby={WAIT_ID}
        >
          {isPending ? <span aria-hidden="true" className="spinner" /> : null}
          {isPending ? labels.resending : labels.resend}
        </button>
        {/* Not announced: a voice that counts seconds helps nobody. */}
        <p id={WAIT_ID} className="text-muted">
          {isWaiting ? <TimeLeft words={state.failed ? labels.retry : labels.wait} seconds={left} /> : null}
        </p>
      </div>
      <p role="status" className={`min-h-7 pt-2 ${state.good ? 'text-good' : 'text-danger'}`}>
        {state.text}
      </p>
    </form>
  );
}
