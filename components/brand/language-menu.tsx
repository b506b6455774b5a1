import { LOCALE_NAMES, type Locale } from '@/lib/i18n/locales';

interface LanguageMenuProps {
  readonly label: string;
  readonly locale: Locale;
  readonly locales: readonly Locale[];
  readonly addressIn: (locale: Locale) => string;
}

/**
 * The languages of this page, as links. They are no buttons of a form that stands on the page: a form's first button is
 * the one that Enter presses. The form itself sees to it that what was typed is there again.
 */
export function LanguageMenu({ label, locale, locales, addressIn }: LanguageMenuProps) {
  if (locales.length < 2) return null;
  const entry = 'block w-full cursor-pointer px-4 py-2.5 text-start text-ink no-underline hover:bg-page';
  return (
    <details className="group relative z-20 text-sm">
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 rounded-brand px-3 hover:bg-on-panel/10 focus-visible:outline-on-panel">
        <span className="sr-only">{label}: </span>
        <svg
          aria-hidden="true"
          viewBox="0 0 20 20"
          className="size-5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        >
          <circle cx="10" cy="10" r="7.5" />
          <path d="M2.5 10h15M10 2.5c2.5 2 3.5 4.6 3.5 7.5s-1 5.5-3.5 7.5c-2.5-2-3.5-4.6-3.5-7.5s1-5.5 3.5-7.5Z" />
        </svg>
        {LOCALE_NAMES[locale]}
        <svg
          aria-hidden="true"
          viewBox="0 0 12 12"
          className="size-3 transition-transform group-open:rotate-180"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        >
          <path d="m2.5 4.5 3.5 3.5 3.5-3.5" />
        </svg>
      </summary>
      <ul className="absolute end-0 mt-1 min-w-44 overflow-hidden rounded-brand border border-hairline bg-surface py-1 shadow-lg">
        {locales.map((one) => (
          <li key={one} lang={one}>
            <a
              href={addressIn(one)}
              hrefLang={one}
              className={entry}
              aria-current={one === locale ? 'true' : undefined}
            >
              {LOCALE_NAMES[one]}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
