import { TermsDocument, type TermsView } from '@/components/consent/terms-document';
import { FieldError } from './field';
import { errorId, fieldId } from './state';

/** What the form asks to be accepted, and what it offers to agree to. */
export interface ConsentView {
  readonly terms?:
    | (TermsView & { readonly field: string; readonly accept: string; readonly missing: string })
    | undefined;
  readonly marketing?: { readonly field: string; readonly sha256: string; readonly text: string } | undefined;
}

interface ConsentProps {
  readonly view: ConsentView;
  readonly optional: string;
  readonly errorOf: (name: string) => string | undefined;
}

const row = 'flex min-h-11 cursor-pointer items-start gap-3 py-2';

/** The checkboxes under the form. None is ever ticked beforehand (GDPR, recital 32). */
export function Consent({ view: { terms, marketing }, optional, errorOf }: ConsentProps) {
  const error = terms && errorOf(terms.field);
  return (
    <div className="border-t border-hairline pt-3">
      {terms === undefined ? null : (
        <>
          <TermsDocument terms={terms} />
          <label className={row}>
            <input
              type="checkbox"
              id={fieldId(terms.field)}
              name={terms.field}
              value={terms.sha256}
              aria-required
              aria-invalid={error === undefined ? undefined : true}
              aria-describedby={errorId(terms.field)}
              className="tick"
            />
            {terms.accept}
          </label>
          <FieldError name={terms.field} error={error} />
        </>
      )}
      {marketing === undefined ? null : (
        <label className={row}>
          <input type="checkbox" name={marketing.field} value={marketing.sha256} className="tick" />
          <span>
            {marketing.text} <span className="text-muted">{optional}</span>
          </span>
        </label>
      )}
    </div>
  );
}
