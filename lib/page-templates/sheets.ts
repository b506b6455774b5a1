import 'server-only';

/** A sheet of the build, as Next links to it. */
const LINK = /<link rel="stylesheet" href="(\/_next\/static\/[^"?]+)" (nonce="[^"]+" data-precedence="[^"]+")\/>/g;

/** What is looked for beside the sheet's own address, and what would end the element that holds it. */
const BOUND_TO_ITS_FILE = /@import|url\(|<\/style/i;

/**
 * Writes a page's style sheets into it, so that the first paint needs nothing but the page: a sheet that is a file of its own
 * costs a telephone a whole round trip before it. The link stays, since React looks for it and would insert another one;
 * being for print alone it holds nothing up and comes last, and is there for the pages after this one.
 * @param html as Next has written it
 * @param textOf reads a sheet by its path; undefined where that fails
 * @returns the page, with a link as it was for each sheet that can't stand in it
 */
export async function withSheets(html: string, textOf: (path: string) => Promise<string | undefined>): Promise<string> {
  const written = new Map<string, string>();
  for (const [link, path = '', attributes] of html.matchAll(LINK)) {
    const text = await textOf(path);
    // To React, a style without a precedence would be the next one that a component has rendered: the brand's.
    if (text !== undefined && !BOUND_TO_ITS_FILE.test(text))
      written.set(link, `<style ${attributes}>${text}</style>${link.replace('/>', ' media="print"/>')}`);
  }
  return html.replace(LINK, (link) => written.get(link) ?? link);
}
