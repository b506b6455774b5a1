import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { stack } from './stack';

/** Something that a test has told a page or a portal about a person, and what kind of thing it is. */
export interface Typed {
  readonly kind: string;
  readonly value: string;
}

/** What a browser asked a portal for. */
export interface Asked {
  readonly url: string;
  readonly status: number;
  readonly referrer: string;
}

/** The files of a run, which end with it: what was typed, and what was asked for. */
export const TYPED_FILE = 'typed.jsonl';
export const ASKED_FILE = 'asked.jsonl';

const noted = new Set<string>();

function write(file: string, line: Typed | Asked): void {
  const text = JSON.stringify(line);
  if (stack.folder === undefined || noted.has(text)) return;
  noted.add(text);
  appendFileSync(join(stack.folder, file), `${text}\n`);
}

/** Notes what must be found nowhere when all tests have run (`traces.ts`). */
export function noteTyped(kind: string, value: string): void {
  write(TYPED_FILE, { kind, value });
}

/** Notes what a browser asked a portal for. */
export function noteAsked(asked: Asked): void {
  write(ASKED_FILE, asked);
}

/**
 * The fields of a posted form.
 * @param body as it was sent, `multipart/form-data` or in a query's form
 * @returns name and value each; nothing for any other body
 */
export function postedFields(body: string, contentType: string): [string, string][] {
  if (contentType.startsWith('application/x-www-form-urlencoded')) return [...new URLSearchParams(body)];
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  return body.split(`--${boundary}`).flatMap((part) => {
    const [, name, value] = /name="([^"]*)"\r\n\r\n([\s\S]*)\r\n$/.exec(part) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as [string, string]];
  });
}
