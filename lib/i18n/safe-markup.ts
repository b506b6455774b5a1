import 'server-only';
import { ElementType, parseDocument } from 'htmlparser2';

type ParsedNode = ReturnType<typeof parseDocument>['children'][number];

/** Helper texts may hold this markup (Keycloak runs them through `kcSanitize`); everything else becomes its text. */
const ELEMENTS: ReadonlySet<string> = new Set([
  'b',
  'strong',
  'i',
  'em',
  'u',
  'small',
  'code',
  'br',
  'p',
  'ul',
  'ol',
  'li',
]);

/** A piece of text, or an allowed element with what is in it. Plain data, so that it can be sent to the browser. */
export type MarkupNode =
  | string
  | { readonly element: string; readonly href?: string; readonly children: readonly MarkupNode[] };

/**
 * Parses a text of the realm into markup that is safe by construction: elements off the list are dropped around their
 * text, scripts and styles with it, and no attribute survives but a web or mail address of a link.
 * @param html as an operator wrote it
 */
export function safeMarkup(html: string): readonly MarkupNode[] {
  return html.includes('<') || html.includes('&') ? parseDocument(html).children.flatMap(convert) : [html];
}

function convert(node: ParsedNode): readonly MarkupNode[] {
  if (node.type === ElementType.Text) return [node.data];
  // Scripts and styles have types of their own and end here, with their text.
  if (node.type !== ElementType.Tag) return [];
  const children = node.children.flatMap(convert);
  if (node.name === 'a') {
    const { href = '' } = node.attribs;
    return /^(https?:|mailto:)/i.test(href) ? [{ element: 'a', href, children }] : children;
  }
  return ELEMENTS.has(node.name) ? [{ element: node.name, children }] : children;
}
