import { direction } from '@/lib/i18n/locales';

/** Terms as a page shows them, with their words in the page's language. */
export interface TermsView {
  /** What the checkbox posts: it stands for this very document. */
  readonly sha256: string;
  readonly language: string;
  readonly text?: string | undefined;
  readonly url?: string | undefined;
  /** What the document is called, with its version. */
  readonly name: string;
  /** The words of the link to it. */
  readonly read: string;
}

interface TermsDocumentProps {
  readonly terms: TermsView;
  /** True where they are what the page is about. */
  readonly open?: boolean;
}

/** The terms themselves, or the way to them. */
export function TermsDocument({ terms, open }: TermsDocumentProps) {
  if (terms.text === undefined) {
    return (
      <a
        href={terms.url}
        hrefLang={terms.language}
        target="_blank"
        rel="noopener noreferrer"
        className="inline-flex min-h-11 items-center font-medium"
      >
        {terms.read}
      </a>
    );
  }
  return (
    <details className="disclosure" open={open}>
      <summary>{terms.name}</summary>
      <div
        lang={terms.language}
        dir={direction(terms.language)}
        className="mb-4 rounded-brand bg-surface px-5 py-4 whitespace-pre-line"
      >
        {terms.text}
      </div>
    </details>
  );
}
