import type { ConsoleMessage, TestInfo } from '@playwright/test';

/** Something that a content security policy has stopped: where, and the browser's own words. */
export interface Violation {
  /** The document; where the browser names none, as for what a script adds, all documents of the tab. */
  readonly documents: readonly string[];
  readonly text: string;
}

const PROVOKED = 'provokes a violation';

/**
 * Marks a test that makes a policy stop something: it then has to, and nothing else may be stopped.
 * @param words part of what the browser says about it
 */
export const provokes = (words: string) => ({ annotation: { type: PROVOKED, description: words } });

/**
 * Reads a browser's message. Chromium writes one to the console for whatever a policy stops, in pages and frames, with and
 * without scripts, where an event `securitypolicyviolation` needs a listener in each document.
 * @returns undefined where it is about something else
 */
export function violationIn(
  message: Pick<ConsoleMessage, 'text' | 'location' | 'type' | 'page'>,
): Violation | undefined {
  const text = message.text();
  if (message.type() !== 'error' || !/Content Security Policy/i.test(text)) return undefined;
  const { url } = message.location();
  const tab = message.page()?.frames() ?? [];
  return { documents: url === '' ? tab.map((frame) => frame.url()) : [url], text };
}

/**
 * What is wrong about the violations of a test.
 * @param found all of its pages' and frames'
 * @param origins whose pages count; Keycloak's own, say, are not ours to mend
 * @param test with what it provokes on purpose
 * @returns a line each; none where all is as it has to be
 */
export function judgeViolations(
  found: readonly Violation[],
  origins: readonly string[],
  { annotations }: Pick<TestInfo, 'annotations'>,
): string[] {
  const provoked = annotations.filter(({ type }) => type === PROVOKED).map(({ description = '' }) => description);
  const isOwn = (document: string) => origins.some((origin) => document.startsWith(`${origin}/`));
  const ours = found.flatMap(({ documents, text }) => {
    const page = documents.find(isOwn);
    return page === undefined ? [] : [{ page, text }];
  });
  const unmeant = ours.filter(({ text }) => !provoked.some((words) => text.includes(words)));
  const missing = provoked.filter((words) => !ours.some(({ text }) => text.includes(words)));
  return [
    ...unmeant.map(({ page, text }) => `The policy of ${new URL(page).pathname} was violated: ${text}`),
    ...missing.map((words) => `No policy has stopped anything with these words: ${words}`),
  ];
}
