import { ProviderIcon } from './provider-icon';

interface ProvidersProps {
  /** Each with the address that begins signing in with it, and its link's words. */
  readonly providers: readonly {
    readonly alias: string;
    readonly kind: string;
    readonly href: string;
    readonly label: string;
  }[];
  readonly title: string;
  /** Stands between the providers and the form. */
  readonly divider: string;
  /** Set in a frame: signing in takes the whole window. */
  readonly target?: '_top';
}

/** The accounts elsewhere that a visitor may use instead of the form. */
export function Providers({ providers, title, divider, target }: ProvidersProps) {
  return (
    <>
      <nav aria-label={title}>
        <ul className={`grid gap-3 ${providers.length > 1 ? 'sm:grid-cols-2' : ''}`}>
          {providers.map(({ alias, kind, href, label }) => (
            <li key={alias}>
              <a href={href} target={target} className="button button-quiet h-full w-full bg-surface text-ink">
                <ProviderIcon kind={kind} />
                <span className="min-w-0 break-words">{label}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p className="my-8 flex items-center gap-4 text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {divider}
      </p>
    </>
  );
}
