interface SignInInsteadProps {
  readonly action: (form: FormData) => Promise<void>;
  readonly hidden: Readonly<Record<string, string>>;
  readonly question: string;
  readonly label: string;
}

/** The way on for someone who has an account already. */
export function SignInInstead({ action, hidden, question, label }: SignInInsteadProps) {
  return (
    <form action={action} className="mt-4 flex flex-wrap items-center gap-x-2 text-muted">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {question}
      <button type="submit" className="min-h-11 cursor-pointer font-medium text-accent underline underline-offset-4">
        {label}
      </button>
    </form>
  );
}
