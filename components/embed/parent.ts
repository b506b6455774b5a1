/** What a page in a frame tells the page that shows it; never anything about the visitor. */
export type FrameMessage =
  | { readonly event: 'ready' | 'submitted' | 'verified' }
  | { readonly event: 'error'; readonly reason: 'problem' | 'unavailable' }
  /** In CSS pixels. */
  | { readonly height: number };

function parentOrigin(): string | undefined {
  // Firefox has no ancestorOrigins, and a page may keep its address to itself.
  const [nearest] = location.ancestorOrigins ?? [];
  return nearest ?? (URL.canParse(document.referrer) ? new URL(document.referrer).origin : undefined);
}

/**
 * Tells the page that shows this one something; only a page of an origin that the client has named gets it.
 * @param origins the client's
 */
export function tellParent(origins: readonly string[], message: FrameMessage): void {
  if (window.parent === window) return;
  const nearest = parentOrigin();
  const targets = nearest === undefined ? origins : origins.filter((origin) => origin === nearest);
  for (const origin of targets) window.parent.postMessage({ vestibule: message }, origin);
}

/**
 * Tells the parent how high the page is, now and whenever that changes.
 * @returns ends it
 */
export function reportHeight(origins: readonly string[]): () => void {
  const page = document.documentElement;
  const observer = new ResizeObserver(() =>
    tellParent(origins, { height: Math.ceil(page.getBoundingClientRect().height) }),
  );
  observer.observe(page);
  return () => observer.disconnect();
}
