'use client';

import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useReturn } from '@/components/ui/use-return';
import { nextQuestion } from './poll-schedule';
import { announceSignIn, onSignInElsewhere } from './tabs';

/** This many questions in a row without an answer are worth a word. */
const SILENCE = 3;
const PATIENCE_MS = 10_000;

/** Which sign-up this tab has gone on with by itself, so that "back" leads back and not forward again. */
const ADVANCED_KEY = 'vestibule.advanced';

/** The phases in which the page goes on asking; they are also the names of their words. */
const WATCHING = ['waiting', 'confirmed', 'offline', 'elsewhere'] as const;
export type WatchPhase = (typeof WATCHING)[number] | 'moving' | 'verified' | 'gone' | 'stopped' | 'tired';

export type WatchLabels = Readonly<Record<WatchPhase | 'stop' | 'start', string>>;

interface WatchProps {
  /** Answers with the sign-up's status; see its route. */
  readonly statusUrl: string;
  /** Where a visitor belongs who is signed in already. */
  readonly welcomeUrl: string;
  /** The form that starts the sign-in. */
  readonly formId: string;
  /** Tells this sign-up from another in the same tab; nothing secret. */
  readonly round: string;
  /** The phase to begin in, without ever asking, where the page is only looked at. */
  readonly still?: WatchPhase | undefined;
  readonly labels: WatchLabels;
  /** The way on once the address is verified; it holds that form. */
  readonly whenVerified: ReactNode;
  readonly whenGone: ReactNode;
  /** What can be done meanwhile; put away once there is nothing to wait for. */
  readonly children: ReactNode;
}

/** @returns the status; undefined when there is no answer */
async function askStatus(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    const answer: { status?: string } = response.ok ? await response.json() : {};
    return answer.status;
  } catch {
    return undefined;
  }
}

/** Storage may be switched off; the page then goes on as if it were the first time. */
function hasAdvanced(round: string): boolean {
  try {
    return sessionStorage.getItem(ADVANCED_KEY) === round;
  } catch {
    return false;
  }
}

function noteAdvance(round: string): void {
  try {
    sessionStorage.setItem(ADVANCED_KEY, round);
  } catch {
    // See above.
  }
}

/**
 * Waits for the address to be verified, on whichever device, and goes on to sign in by itself. Every change is told to
 * assistive technology (WCAG 4.1.3), and the waiting can be stopped (WCAG 2.2.2).
 */
export function Watch(props: WatchProps) {
  const { statusUrl, welcomeUrl, formId, round, still, labels, whenVerified, whenGone, children } = props;
  const [phase, setPhase] = useState<WatchPhase>(still ?? 'waiting');
  const isElsewhere = useRef(false);
  const isWatching = WATCHING.some((one) => one === phase);

  useEffect(() => {
    if (!isWatching || still) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let began = Date.now();
    let asked = 0;
    let unanswered = 0;
    let isAsking = false;
    let isOver = false;

    const onVerified = () => {
      if (isElsewhere.current) return setPhase('elsewhere');
      if (hasAdvanced(round)) return setPhase('verified');
      noteAdvance(round);
      announceSignIn();
      setPhase('moving');
      const form = document.getElementById(formId);
      if (form instanceof HTMLFormElement) form.requestSubmit();
    };
    const onStatus = (status: string | undefined) => {
      unanswered = status === undefined ? unanswered + 1 : 0;
      if (unanswered >= SILENCE) setPhase('offline');
      if (status === 'pending') setPhase('waiting');
      if (status === 'confirmed' || status === 'gone') setPhase(status);
      if (status === 'verified') onVerified();
      if (status === 'signed-in') location.replace(welcomeUrl);
    };
    const plan = () => {
      clearTimeout(timer);
      if (isOver || document.visibilityState === 'hidden') return;
      const wait = nextQuestion(asked, Date.now() - began);
      if (wait === undefined) setPhase('tired');
      else timer = setTimeout(ask, wait);
    };
    const ask = async () => {
      if (isAsking) return;
      isAsking = true;
      clearTimeout(timer);
      asked += 1;
      const status = await askStatus(statusUrl);
      isAsking = false;
      if (isOver) return;
      onStatus(status);
      plan();
    };
    const onShow = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'hidden') return;
      began = Date.now();
      asked = 0;
      void ask();
    };
    const stopListening = onSignInElsewhere(() => {
      isElsewhere.current = true;
    });
    plan();
    document.addEventListener('visibilitychange', onShow);
    return () => {
      isOver = true;
      clearTimeout(timer);
      stopListening();
      document.removeEventListener('visibilitychange', onShow);
    };
  }, [isWatching, still, statusUrl, welcomeUrl, formId, round]);

  // A page from the back-forward cache is on its way no longer.
  useReturn(useCallback(() => setPhase((before) => (before === 'moving' ? 'verified' : before)), []));

  const isVerified = phase === 'verified' || phase === 'moving' || phase === 'elsewhere';
  return (
    <>
      <section className="scripted rounded-brand border border-hairline bg-surface px-5 py-4">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <p role="status" className="flex min-w-0 flex-1 basis-64 items-center gap-3">
            {isWatching || phase === 'moving' ? (
              <span aria-hidden="true" className="spinner flex-none text-accent" />
            ) : null}
            <span className={isVerified ? 'font-medium text-good' : ''}>{labels[phase]}</span>
          </p>
          {isVerified || phase === 'gone' ? null : (
            <button
              type="button"
              className="min-h-11 cursor-pointer font-medium text-accent underline underline-offset-4"
              onClick={() => setPhase(isWatching ? 'stopped' : 'waiting')}
            >
              {isWatching ? labels.stop : labels.start}
            </button>
          )}
        </div>
        <div hidden={!isVerified} className="mt-3">
          {whenVerified}
        </div>
        {phase === 'gone' ? <div className="mt-3">{whenGone}</div> : null}
      </section>
      {isVerified || phase === 'gone' ? null : children}
    </>
  );
}
