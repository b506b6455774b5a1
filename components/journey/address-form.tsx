'use client';

import { useActionState } from 'react';

export interface AddressState {
  /** What was typed last. */
  readonly value: string;
  /** Why it can't be used; empty before the first try. */
  readonly problem: string;
}

interface AddressFormProps {
  readonly action: (state: AddressState, form: FormData) => Promise<AddressState>;
  readonly locale: string;
  /** What the visitor may have meant: filled in from the start, and the form open. */
  readonly meant: string | undefined;
  readonly labels: {
    readonly question: string;
    readonly lead: string;
    readonly label: string;
    readonly submit: string;
    readonly submitting: string;
  };
}

const ID = 'new-address';

/** Replaces a mistyped address. It opens without a script, too, and stays open while something is wrong. */
export function AddressForm({ action, locale, meant = '', labels }: AddressFormProps) {
  const [state, formAction, isPending] = useActionState(action, { value: meant, problem: '' });
  const isWrong = state.problem !== '';
  return (
    <details open={isWrong || meant !== '' || undefined} className="disclosure">
      <summary>{labels.question}</summary>
      <form
        action={formAction}
        noValidate
        className="pb-4"
        onSubmit={(event) => {
          if (isPending) event.preventDefault();
        }}
      >
        <p className="mb-3 text-muted">{labels.lead}</p>
        <input type="hidden" name="locale" value={locale} />
        <label htmlFor={ID} className="mb-1.5 block font-medium">
          {labels.label}
        </label>
        <input
          id={ID}
          name="email"
          type="email"
          className="control"
          autoComplete="email"
          defaultValue={state.value}
          aria-invalid={isWrong || undefined}
          aria-describedby={`${ID}-error`}
        />
        <p id={`${ID}-error`} role="status" className="min-h-6 pt-1 text-sm text-danger">
          {state.problem}
        </p>
        <button type="submit" className="button mt-2" aria-disabled={isPending || undefined}>
          {isPending ? <span aria-hidden="true" className="spinner" /> : null}
          {isPending ? labels.submitting : labels.submit}
        </button>
      </form>
    </details>
  );
}
