import type { ReactNode } from 'react';

/** The one heading of a page, with its lead. */
export function PageHeading({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="mb-8">
      <h1 className="text-3xl font-semibold text-balance ltr:tracking-tight sm:text-4xl">{title}</h1>
      {children === undefined ? null : <div className="mt-3 text-lg text-muted text-pretty">{children}</div>}
    </div>
  );
}
