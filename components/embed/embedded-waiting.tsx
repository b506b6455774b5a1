'use client';

import { useEffect, useRef, useState } from 'react';
import { nextQuestion } from '@/components/journey/poll-schedule';
import { ResendForm, type ResendState } from '@/components/journey/resend-form';
import { EmailAddress } from '@/components/ui/email-address';
import { PageHeading } from '@/components/ui/page-heading';

/** A sign-up as the page in a frame remembers it. */
export interface SentSignUp {
  /** Only the portal can read it. */
  readonly sealed: string;
  readonly email: string;
  readonly actions: readonly string[];
  readonly failed: boolean;
  /** See `ResendState`. */
  readonly wait: number;
  /** The phase to begin in, without ever asking, where the page is only looked at. */
  readonly still?: Phase;
}

type Phase = 'waiting' | 'confirmed' | 'verified' | 'gone' | 'tired';

export interface WaitingLabels {
  readonly title: string;
  readonly failedTitle: string;
  readonly sent: string;
  readonly failed: string;
  /** By the credential that the mailed link asks for. */
  readonly next: { readonly password: string; readonly passkey: string; readonly none: string };
  readonly phases: Readonly<Record<Phase, string>>;
  readonly again: string;
  readonly signIn: string;
  readonly startOver: string;
  readonly resend: Parameters<typeof ResendForm>[0]['labels'];
}

interface EmbeddedWaitingProps {
  readonly sent: SentSignUp;
  readonly locale: string;
  readonly labels: WaitingLabels;
  readonly resend: (state: ResendState, form: FormData) => Promise<ResendState>;
  readonly pendingField: string;
  readonly continueUrl: string;
  readonly onVerified: () => void;
  readonly onStartOver: () => void;
}

const PATIENCE_MS = 10_000;

async function askStatus(sealed: string): Promise<string | undefined> {
  try {
    const response = await fetch('/api/sign-up/status', {
      headers: { 'x-sign-up': sealed },
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer: { status?: string } = response.ok ? await response.json() : {};
    return answer.status;
  } catch {
    return undefined;
  }
}

function nextWords(actions: readonly string[], next: WaitingLabels['next']): string {
  if (actions.includes('webauthn-register-passwordless')) return next.passkey;
  return actions.includes('UPDATE_PASSWORD') ? next.password : next.none;
}

/** Waits in the frame for the mailed link to be opened, anywhere; signing in then takes the whole window. */
export function EmbeddedWaiting(props: EmbeddedWaitingProps) {
  const { sent, labels, resend, pendingField, locale } = props;
  const [phase, setPhase] = useState<Phase>(sent.still ?? 'waiting');
  const onVerified = useRef(props.onVerified);
  const top = useRef<HTMLDivElement>(null);
  const isWatching = phase === 'waiting' || phase === 'confirmed';

  useEffect(() => {
    onVerified.current = props.onVerified;
  });

  // The form that had the focus is gone: whoever can't see the page must hear what came in its place.
  useEffect(() => top.current?.focus(), []);

  useEffect(() => {
    if (!isWatching || sent.still) return;
    const began = Date.now();
    let asked = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const plan = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'hidden') return;
      const wait = nextQuestion(asked, Date.now() - began);
      if (wait === undefined) setPhase('tired');
      else timer = setTimeout(ask, wait);
    };
    const ask = async () => {
      asked += 1;
      const status = await askStatus(sent.sealed);
      if (timer === undefined) return;
      if (status === 'confirmed' || status === 'gone') setPhase(status);
      if (status === 'verified') {
        setPhase('verified');
        onVerified.current();
      } else plan();
    };
    plan();
    document.addEventListener('visibilitychange', plan);
    return () => {
      clearTimeout(timer);
      timer = undefined;
      document.removeEventListener('visibilitychange', plan);
    };
  }, [isWatching, sent]);

  const isVerified = phase === 'verified';
  return (
    <div ref={top} tabIndex={-1} className="outline-none">
      <PageHeading title={sent.failed ? labels.failedTitle : labels.title}>
        <p>{sent.failed ? labels.failed : labels.sent}</p>
        <p className="my-3 rounded-brand bg-page px-4 py-3 font-semibold text-ink">
          <EmailAddress address={sent.email} />
        </p>
        {sent.failed ? null : <p>{nextWords(sent.actions, labels.next)}</p>}
      </PageHeading>
      <p role="status" className="flex items-center gap-3">
        {isWatching ? <span aria-hidden="true" className="spinner flex-none text-accent" /> : null}
        <span className={isVerified ? 'font-medium text-good' : ''}>{labels.phases[phase]}</span>
      </p>
      {isVerified ? (
        <form method="post" action={props.continueUrl} target="_top" className="mt-4">
          <input type="hidden" name="locale" value={locale} />
          <input type="hidden" name="pending" value={sent.sealed} />
          <button type="submit" className="button">
            {labels.signIn}
          </button>
        </form>
      ) : (
        <div className="mt-6 grid gap-2">
          {phase === 'tired' ? (
            <button type="button" className="button justify-self-start" onClick={() => setPhase('waiting')}>
              {labels.again}
            </button>
          ) : null}
          {phase === 'gone' ? null : (
            <ResendForm
              action={(state, form) => {
                form.set(pendingField, sent.sealed);
                return resend(state, form);
              }}
              locale={locale}
              initial={{ wait: sent.wait, failed: sent.failed }}
              labels={labels.resend}
            />
          )}
          <button
            type="button"
            className="min-h-11 cursor-pointer justify-self-start font-medium text-accent underline underline-offset-4"
            onClick={props.onStartOver}
          >
            {labels.startOver}
          </button>
        </div>
      )}
    </div>
  );
}
