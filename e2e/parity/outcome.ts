import type { Entries } from './browser';
import type { Control, Page } from './page';
import type { StoredUser } from './stored-user';

/** What a page asks for, in the terms that both pages share. */
export interface FormShape {
  /** Names of fields, and headings with their description (with a leading #), in order. */
  readonly order: readonly string[];
  readonly fields: Readonly<Record<string, FieldShape>>;
}

export interface FieldShape {
  readonly type: string;
  readonly label: string;
  readonly required: boolean;
  /** What stands in it before anyone types. */
  readonly values: readonly string[];
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly placeholder: string;
  /** Helper texts above and below, markup left out. */
  readonly before: string;
  readonly after: string;
}

/** A record by names that anyone may choose: nothing is in it but what was put there, not even a `constructor`. */
export function byName<Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> {
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}

/** What came of a post. */
export type Outcome =
  | { readonly status: 'accepted'; readonly user: StoredUser | undefined }
  | {
      readonly status: 'refused';
      /** Messages by field: language and key, and parameters. */
      readonly errors: Readonly<Record<string, readonly string[]>>;
      /** What stands in the form now, by field. */
      readonly kept: Readonly<Record<string, readonly string[]>>;
    }
  /** No verdict: the server could not. */
  | { readonly status: 'failed'; readonly why: string };

/** One side of a comparison. */
export interface Side {
  readonly shape: FormShape;
  readonly outcome: Outcome;
  /** What was posted. */
  readonly entries: Entries;
}

/**
 * @returns the messages that a text shows, `language:key|parameter|...` each; a text that is more, or something else, than
 *   markers stands for itself
 */
export function messagesIn(text: string): string[] {
  const marked = [...text.matchAll(/\[\[(.*?)\]\](?=\s*(?:\[\[|$))/gs)];
  const covered = marked.map(([whole]) => whole).join(' ');
  return marked.length > 0 && covered === text.replace(/\]\]\s*\[\[/g, ']] [[')
    ? marked.map(([, message = '']) => message)
    : [text];
}

/** @returns the key of a message, without its language and parameters */
export function keyOf(message: unknown): string {
  return (
    String(message)
      .split('|')[0]
      ?.replace(/^[a-z]{2}:/, '') ?? ''
  );
}

/** @returns what stands in a page's form, by field: as typed, chosen or ticked; blanks are nothing */
export function heldValues(page: Page): Record<string, string[]> {
  const held = new Map<string, string[]>();
  for (const { name, type, value, checked, options } of page.controls) {
    if (type === 'hidden') continue;
    const isBox = type === 'radio' || type === 'checkbox';
    const chosen = options.filter((option) => option.selected).map((option) => option.value);
    const values = type.endsWith('select') ? chosen : isBox && !checked ? [] : [value];
    held.set(name, [...(held.get(name) ?? []), ...values.filter((one) => one !== '')]);
  }
  return byName(held);
}

/** Names that no attribute has: what the pages need for themselves. */
function isOwn(name: string, own: readonly string[]): boolean {
  return name.startsWith('$ACTION') || own.includes(name);
}

/** How a page words things: where its labels are, and how it says that a field is or is not needed. */
export interface Manners {
  /** Fields of the page's own. */
  readonly own: readonly string[];
  /** @returns the id that a field's label is for */
  labelFor(name: string): string;
  /** @returns the label without the page's remark about being needed, and what that remark says */
  readLabel(text: string): { label: string; required: boolean };
  /** @returns the ids of the texts above and below a field, and of a group's description by that of its heading */
  idOf(part: 'before' | 'after' | 'description', name: string): string;
  /** @returns the label of one radio button or checkbox, out of the page's labels */
  optionLabel(page: Page, control: Control): string;
}

function fieldShape(page: Page, controls: readonly Control[], name: string, manners: Manners): FieldShape {
  const [first] = controls;
  const type = first?.type ?? '';
  const text = (part: 'before' | 'after') => page.texts.get(manners.idOf(part, name)) ?? '';
  const about = { placeholder: first?.placeholder ?? '', before: text('before'), after: text('after') };
  const { label, required } = manners.readLabel(page.labels.get(manners.labelFor(name)) ?? page.labels.get(name) ?? '');
  if (type === 'radio' || type === 'checkbox') {
    const options = controls.map((control) => ({ value: control.value, label: manners.optionLabel(page, control) }));
    const values = controls.filter(({ checked }) => checked).map(({ value }) => value);
    return { type, label, required, options, values, ...about };
  }
  if (type === 'select' || type === 'multiselect') {
    // The empty line of a drop-down has words of each page's own, or none.
    const all = (first?.options ?? []).map(({ value, label: text }) => ({ value, label: text }));
    const options = type === 'select' ? all.slice(1) : all;
    const chosen = (first?.options ?? []).filter(({ selected, value }) => selected && value !== '');
    return { type, label, required, options, values: chosen.map(({ value }) => value), ...about };
  }
  // A list that needs several values may begin with as many empty lines.
  const values = controls.map(({ value }) => value).filter((value) => value !== '');
  return { type, label, required, options: [], values, ...about };
}

function headingOf(page: Page, id: string, manners: Manners): string {
  const description = page.texts.get(manners.idOf('description', id));
  return `#${page.texts.get(id)}${description === undefined ? '' : `: ${description}`}`;
}

/** @returns what a page asks for */
export function shapeOf(page: Page, manners: Manners): FormShape {
  const isField = (name: string) => !name.startsWith('#') && !isOwn(name, manners.own);
  const order = page.sequence
    .filter((one) => one.startsWith('#') || isField(one))
    .map((one) => (one.startsWith('#') ? headingOf(page, one.slice(1), manners) : one));
  const names = [...new Set(page.sequence.filter(isField))];
  const visible = page.controls.filter(({ type }) => type !== 'hidden');
  return {
    order: order.filter((one, index) => one !== order[index - 1]),
    fields: byName(
      names.map((name) => [
        name,
        fieldShape(
          page,
          visible.filter((control) => control.name === name),
          name,
          manners,
        ),
      ]),
    ),
  };
}
