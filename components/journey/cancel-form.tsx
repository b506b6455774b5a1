interface CancelFormProps {
  readonly action: (form: FormData) => Promise<void>;
  readonly locale: string;
  readonly labels: { readonly question: string; readonly lead: string; readonly submit: string };
}

/** Cancels the sign-up: what opens is the one confirmation that it takes. */
export function CancelForm({ action, locale, labels }: CancelFormProps) {
  return (
    <details className="disclosure">
      <summary>{labels.question}</summary>
      <form action={action} className="pb-4">
        <p className="mb-3 text-muted">{labels.lead}</p>
        <input type="hidden" name="locale" value={locale} />
        <button type="submit" className="button button-danger">
          {labels.submit}
        </button>
      </form>
    </details>
  );
}
