import type { Control } from './page';

/** What a visitor would like each field to hold, in the order of its values. */
export type Wishes = Readonly<Record<string, readonly string[]>>;

/** @returns what is wished for a field; an attribute may well be called `constructor` */
export function wishedFor(wishes: Wishes, name: string): readonly string[] {
  return Object.hasOwn(wishes, name) ? (wishes[name] ?? []) : [];
}

/** The name-value pairs of a post, in the order of the page. */
export type Entries = readonly (readonly [string, string])[];

const NUMBER = /^-?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?$/;
const DATE = /^\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?$/;

const withoutLineBreaks = (text: string) => text.replace(/[\r\n]/g, '');
const asciiTrimmed = (text: string) => withoutLineBreaks(text).replace(/^[\t\f ]+|[\t\f ]+$/g, '');
const only = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text : '');

const withPostedBreaks = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n');

/** HTML's value sanitization, by input type (HTML Standard, 4.10.5.1). */
const SANITIZERS: Readonly<Record<string, (text: string) => string>> = {
  email: asciiTrimmed,
  url: asciiTrimmed,
  number: only(NUMBER),
  // A slider always stands somewhere: in the middle where nobody moved it.
  range: (text) => (NUMBER.test(text) ? text : '50'),
  date: only(DATE),
  month: only(/^\d{4,}-(0[1-9]|1[0-2])$/),
  week: only(/^\d{4,}-W(0[1-9]|[1-4]\d|5[0-3])$/),
  time: only(TIME),
  'datetime-local': (text) => {
    const [date = '', time = '', ...rest] = text.split(/[T ]/);
    return rest.length === 0 && DATE.test(date) && TIME.test(time) ? `${date}T${time}` : '';
  },
  color: (text) => (/^#[0-9a-f]{6}$/i.test(text) ? text.toLowerCase() : '#000000'),
};

/** @returns what a single-line input of a type makes of a text */
function sanitized(type: string, text: string): string {
  return (SANITIZERS[type] ?? withoutLineBreaks)(text);
}

/** @returns whether controls of this type are typed into, one value each */
function isTyped(type: string): boolean {
  return !['hidden', 'radio', 'checkbox', 'select', 'multiselect', 'submit', 'button', 'image', 'reset'].includes(type);
}

function chosen(control: Control, wished: readonly string[]): string[] {
  const { type, options } = control;
  const possible = options.filter(({ value }) => wished.includes(value)).map(({ value }) => value);
  if (type === 'multiselect') return possible;
  // A drop-down always has something chosen: the first line where nobody chose.
  const first = options.find(({ selected }) => selected) ?? options[0];
  return possible.length > 0 ? possible.slice(0, 1) : first === undefined ? [] : [first.value];
}

function posted(control: Control, wished: readonly string[], position: number, isLast: boolean): string[] {
  const { type, value } = control;
  switch (type) {
    case 'select':
    case 'multiselect':
      return chosen(control, wished);
    case 'radio':
      return wished[0] === value ? [value] : [];
    case 'checkbox':
      return wished.includes(value) ? [value] : [];
    default: {
      // The add button of a multivalued field: as many more lines as there are values.
      const typed = isLast ? wished.slice(position) : wished.slice(position, position + 1);
      const own = typed.length > 0 ? typed : [''];
      return own.map((text) => (type === 'textarea' ? withPostedBreaks(text) : sanitized(type, text)));
    }
  }
}

/**
 * Fills a form in and posts it as a browser does: a field that was left empty is posted as an empty text, an option that
 * the page does not offer can't be chosen, line breaks and spaces are what HTML makes of them.
 * @param controls the form's
 * @param wishes what the visitor wants; fields that the page does not have can't be filled in
 */
export function fillIn(controls: readonly Control[], wishes: Wishes): Entries {
  const seen = new Map<string, number>();
  return controls.flatMap((control, index) => {
    const { name, type, value } = control;
    if (type === 'hidden') return [[name, value] as const];
    if (['submit', 'button', 'image', 'reset'].includes(type)) return [];
    const position = seen.get(name) ?? 0;
    seen.set(name, position + 1);
    const isLast = !controls.slice(index + 1).some((other) => other.name === name && isTyped(other.type));
    return posted(control, wishedFor(wishes, name), position, isLast).map((text) => [name, text] as const);
  });
}

/**
 * Posts whatever an attacker likes, past all controls: only what the page itself hides (its tokens) goes along.
 * @param controls the form's
 * @param wishes the values to post, under any names
 */
export function forge(controls: readonly Control[], wishes: Wishes): Entries {
  const own = controls.filter(({ name, type }) => type === 'hidden' && !Object.hasOwn(wishes, name));
  return [
    ...own.map(({ name, value }) => [name, value] as const),
    // A multipart post holds every line break as CR LF; so does this one, for the other page gets the same.
    ...Object.entries(wishes).flatMap(([name, values]) =>
      values.map((value) => [name, withPostedBreaks(value)] as const),
    ),
  ];
}
