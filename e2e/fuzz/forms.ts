import { Parser } from 'htmlparser2';

/** One thing of a form that a browser posts. */
export interface FormControl {
  readonly name: string;
  /** An `<input>`'s type, or `textarea`, `select`. */
  readonly type: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly isRequired: boolean;
}

/** A form of a page. */
export interface PageForm {
  readonly method: string;
  readonly action: string;
  readonly controls: readonly FormControl[];
}

type Attributes = Readonly<Record<string, string>>;

/** Buttons that were not pressed are not posted. */
const isPosted = ({ name, type }: FormControl) => name !== '' && !['submit', 'button', 'image', 'reset'].includes(type);

/**
 * Reads all forms of a page, with what is hidden in them.
 * @param html the page, as it came over the wire
 */
export function readForms(html: string): PageForm[] {
  const forms: { method: string; action: string; controls: FormControl[] }[] = [];
  let filling: { attributes: Attributes; options: string[] } | undefined;
  let isInForm = false;
  const add = (attributes: Attributes, type: string, options: readonly string[] = []) => {
    const control = {
      name: attributes.name ?? '',
      type,
      value: attributes.value ?? (['checkbox', 'radio'].includes(type) ? 'on' : ''),
      options,
      isRequired: 'required' in attributes || attributes['aria-required'] === 'true',
    };
    if (isInForm && isPosted(control)) forms.at(-1)?.controls.push(control);
  };
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (tag === 'form') {
          isInForm = true;
          forms.push({ method: attributes.method ?? 'GET', action: attributes.action ?? '', controls: [] });
        }
        if (tag === 'input') add(attributes, attributes.type ?? 'text');
        if (tag === 'textarea') add(attributes, 'textarea');
        if (tag === 'select') filling = { attributes, options: [] };
        if (tag === 'option' && attributes.value) filling?.options.push(attributes.value);
      },
      onclosetag(tag) {
        if (tag === 'select' && filling !== undefined) {
          add(filling.attributes, 'select', filling.options);
          filling = undefined;
        }
        if (tag === 'form') isInForm = false;
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(html);
  return forms;
}

/** Next's ids of server actions in a page: of its forms, and of what it hands to its scripts. */
export function actionIds(html: string): string[] {
  return [...new Set([...html.matchAll(/\b[0-9a-f]{42}\b/g)].map(([id]) => id))];
}
