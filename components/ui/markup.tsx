import { createElement, type ReactNode } from 'react';
import type { MarkupNode } from '@/lib/i18n/safe-markup';

/** Shows markup that the server has made safe. */
export function Markup({ nodes }: { readonly nodes: readonly MarkupNode[] }): ReactNode {
  return nodes.map((node, index) => {
    if (typeof node === 'string') return node;
    // The nodes of a text never move, so their place is their identity.
    const attributes =
      node.href === undefined
        ? { key: index }
        : { key: index, href: node.href, target: '_blank', rel: 'noopener noreferrer' };
    return createElement(
      node.element,
      attributes,
      ...(node.children.length > 0 ? [<Markup key="children" nodes={node.children} />] : []),
    );
  });
}
