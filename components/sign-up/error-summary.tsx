import { lazy, type Ref, Suspense } from 'react';
import { type FormLabels, type FormWait, fieldId } from './state';

/** Few visitors ever need it. */
const Countdown = lazy(() => import('./countdown'));

export interface SummaryEntry {
  readonly name: string;
  readonly text: string;
  /** Where the entry leads; the field's own control when absent. */
  readonly target?: string;
}

interface ErrorSummaryProps {
  readonly labels: FormLabels;
  readonly entries: readonly SummaryEntry[];
  readonly problem: string | undefined;
  readonly wait: FormWait | undefined;
  readonly ref: Ref<HTMLDivElement>;
}

/** All that is wrong, in one place above the form; takes the focus, so that everyone learns of it (WCAG 3.3.1, 4.1.3). */
export function ErrorSummary({ labels, entries, problem, wait, ref }: ErrorSummaryProps) {
  if (entries.length === 0 && problem === undefined) return null;
  return (
    <div
      ref={ref}
      tabIndex={-1}
      role="alert"
      className="mb-8 rounded-brand border border-danger bg-danger-wash px-5 py-4 outline-offset-4"
    >
      {problem === undefined ? null : <p className="font-medium">{problem}</p>}
      {wait === undefined ? null : (
        <Suspense>
          <Countdown wait={wait} />
        </Suspense>
      )}
      {entries.length === 0 ? null : (
        <>
          <h2 className="text-lg font-semibold">{labels.summaryTitle}</h2>
          <p className="mt-1 text-muted">{labels.summaryLead}</p>
          <ul className="mt-2 list-disc ps-5">
            {entries.map(({ name, text, target }) => (
              <li key={name}>
                <a href={`#${target ?? fieldId(name)}`} className="text-danger">
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
