'use client';

/** What a visitor meets when a page breaks: its own words, and one way on. */
export default function ErrorPage() {
  const { title, lead } = document.body.dataset;
  return (
    <main className="mx-auto max-w-2xl px-5 py-16">
      <h1 className="text-3xl font-semibold">{title}</h1>
      <p className="mt-3 mb-8 text-lg text-muted">{lead}</p>
      <button type="button" className="button" onClick={() => location.reload()}>
        {document.body.dataset.again}
      </button>
    </main>
  );
}
