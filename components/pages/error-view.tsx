'use client';

interface ErrorViewProps {
  readonly title: string | undefined;
  readonly lead: string | undefined;
  /** The words of the one way on. */
  readonly again: string | undefined;
}

/** What a visitor meets when a page breaks. It draws itself in the browser, when the server no longer answers. */
export function ErrorView({ title, lead, again }: ErrorViewProps) {
  return (
    <main className="mx-auto max-w-2xl px-5 py-16">
      <h1 className="text-3xl font-semibold">{title}</h1>
      <p className="mt-3 mb-8 text-lg text-muted">{lead}</p>
      <button type="button" className="button" onClick={() => location.reload()}>
        {again}
      </button>
    </main>
  );
}
