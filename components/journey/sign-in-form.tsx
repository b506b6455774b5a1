interface SignInFormProps {
  readonly id?: string;
  readonly action: (form: FormData) => Promise<void>;
  readonly locale: string;
  /** Whatever else the action has to know. */
  readonly hidden?: Readonly<Record<string, string>>;
  readonly label: string;
  readonly quiet?: boolean;
}

/** One button that starts or ends a sign-in. */
export function SignInForm({ id, action, locale, hidden = {}, label, quiet }: SignInFormProps) {
  return (
    <form id={id} action={action}>
      <input type="hidden" name="locale" value={locale} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" className={`button ${quiet ? 'button-quiet' : ''}`}>
        {label}
      </button>
    </form>
  );
}
