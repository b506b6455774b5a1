interface SignInFormProps {
  readonly id?: string;
  readonly action: (form: FormData) => Promise<void>;
  readonly locale: string;
  readonly label: string;
  readonly quiet?: boolean;
}

/** One button that starts or ends a sign-in. */
export function SignInForm({ id, action, locale, label, quiet }: SignInFormProps) {
  return (
    <form id={id} action={action}>
      <input type="hidden" name="locale" value={locale} />
      <button type="submit" className={`button ${quiet ? 'button-quiet' : ''}`}>
        {label}
      </button>
    </form>
  );
}
