import { Parser } from 'htmlparser2';

/** One thing of a form that a browser posts, as the page has it before anyone touches it. */
export interface Control {
  readonly name: string;
  /** An `<input>`'s type, or `textarea`, `select`, `multiselect`. */
  readonly type: string;
  readonly value: string;
  readonly placeholder: string;
  /** The text of a label that the control stands in. */
  readonly label: string;
  /** A radio button's or checkbox's own state. */
  readonly checked: boolean;
  /** A select's options. */
  readonly options: readonly { readonly value: string; readonly label: string; readonly selected: boolean }[];
}

/** What is looked at of a sign-up page, the hosted one or the portal's. */
export interface Page {
  /** Where the form goes; undefined on a page without it. */
  readonly action: string | undefined;
  readonly controls: readonly Control[];
  /** The text of every element that has an id, in the order in which they end; spaces run together. */
  readonly texts: ReadonlyMap<string, string>;
  /** The text of a label by the id that it is for; of a legend by the name of the control that follows it. */
  readonly labels: ReadonlyMap<string, string>;
  /** What stands between labels, in order: `#id` of a heading, and names of controls. */
  readonly sequence: readonly string[];
}

interface Open {
  readonly id: string | undefined;
  readonly labels: string | undefined;
  /** How many controls there were when it opened. */
  readonly controls: number;
  text: string;
}

/** Elements that have no end. */
const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
]);

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };

/** Text in a textarea comes as it is written; of entities, pages only use the ones that they have to. */
function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name) => ENTITIES[name] ?? '');
}

/** A control while its element is open. */
type Draft = { -readonly [Key in keyof Control]: Control[Key] } & { options: Control['options'][number][] };

/**
 * Reads a page as far as a sign-up needs it, as a browser with scripts does: what is for those without counts for nothing.
 * @param html the page
 * @param formId the id of its sign-up form
 */
export function readPage(html: string, formId: string): Page {
  let action: string | undefined;
  let inForm = false;
  const controls: Draft[] = [];
  const texts = new Map<string, string>();
  const open: Open[] = [];
  let filling: Draft | undefined;
  let option: { value: string | undefined; label: string; selected: boolean } | undefined;
  const labels = new Map<string, string>();
  const sequence: string[] = [];
  let legend: string | undefined;
  let unscripted = 0;

  const add = (draft: Draft) => {
    if (draft.name === '') return;
    controls.push(draft);
    if (draft.type !== 'hidden') sequence.push(draft.name);
    if (legend !== undefined) labels.set(draft.name, legend);
    legend = undefined;
  };

  const control = (attributes: Record<string, string>, type: string): Draft => ({
    name: attributes.name ?? '',
    type,
    value: attributes.value ?? '',
    label: '',
    placeholder: attributes.placeholder ?? '',
    checked: 'checked' in attributes,
    options: [],
  });

  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (tag === 'noscript') unscripted++;
        if (unscripted > 0) return;
        if (!VOID.has(tag))
          open.push({ id: attributes.id, labels: attributes.for, controls: controls.length, text: '' });
        if (tag === 'form' && attributes.id === formId) {
          inForm = true;
          action = attributes.action ?? '';
        }
        if (!inForm) return;
        if (tag === 'input') {
          const draft = control(attributes, attributes.type ?? 'text');
          // A box without a value of its own posts "on".
          if (['checkbox', 'radio'].includes(draft.type)) draft.value = attributes.value ?? 'on';
          add(draft);
        }
        if (tag === 'textarea') filling = control({ ...attributes, value: '' }, 'textarea');
        if (tag === 'select') filling = control(attributes, 'multiple' in attributes ? 'multiselect' : 'select');
        if (tag === 'option') option = { value: attributes.value, label: '', selected: 'selected' in attributes };
      },
      ontext(text) {
        if (unscripted > 0) return;
        for (const element of open) element.text += text;
        if (option !== undefined) option.label += text;
        else if (filling?.type === 'textarea') filling.value += text;
      },
      onclosetag(tag) {
        if (tag === 'noscript') unscripted--;
        if (VOID.has(tag) || unscripted > 0 || tag === 'noscript') return;
        const element = open.pop();
        const text = (element?.text ?? '').replace(/\s+/g, ' ').trim();
        if (element?.id !== undefined) {
          texts.set(element.id, text);
          if (/^(header-|group-(?!.*-description$))/.test(element.id)) sequence.push(`#${element.id}`);
        }
        if (element?.labels !== undefined) labels.set(element.labels, text);
        if (tag === 'legend') legend = text;
        const labelled = tag === 'label' ? controls[element?.controls ?? controls.length] : undefined;
        if (labelled !== undefined) labelled.label = text;
        if (tag === 'form') inForm = false;
        if (tag === 'option' && option !== undefined) {
          filling?.options.push({ ...option, label: option.label.trim(), value: option.value ?? option.label.trim() });
          option = undefined;
        }
        if ((tag === 'textarea' || tag === 'select') && filling !== undefined) {
          // The parser of HTML drops the line break that follows `<textarea>`.
          filling.value = decoded(filling.value.replace(/^\n/, ''));
          add(filling);
          filling = undefined;
        }
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(html);
  return { action, controls, texts, labels, sequence };
}
