'use client';

import { useActionState } from 'react';

export interface ResendState {
  readonly text: string;
  readonly good: boolean;
}

interface ResendFormProps {
  readonly action: (state: ResendState, form: FormData) => Promise<ResendState>;
  readonly locale: string;
  readonly label: string;
  readonly pendingLabel: string;
}

/** The button that has the mail sent once more, and what came of it. */
export function ResendForm({ action, locale, label, pendingLabel }: ResendFormProps) {
  const [state, formAction, isPending] = useActionState(action, { text: '', good: true });
  return (
    <form
      action={formAction}
      onSubmit={(event) => {
        if (isPending) event.preventDefault();
      }}
    >
      <input type="hidden" name="locale" value={locale} />
      <button type="submit" className="button button-quiet" aria-disabled={isPending || undefined}>
        {isPending ? <span aria-hidden="true" className="spinner" /> : null}
        {isPending ? pendingLabel : label}
      </button>
      <p role="status" className={`min-h-7 pt-2 ${state.good ? 'text-good' : 'text-danger'}`}>
        {state.text}
      </p>
    </form>
  );
}
