import { createTranslator } from 'next-intl';
import { type Catalogue, flatten } from '@/lib/i18n/catalogue';
import { LOCALES } from '@/lib/i18n/locales';
import { argumentNames } from '@/lib/i18n/message-arguments';
import english from '@/messages/en.json';
import type { Problem } from './contrast';
import type { PortalConfig } from './schema';

const catalogue = new Map(flatten(english satisfies Catalogue));

/** @returns what is wrong with a text, or undefined */
function faultOf(key: string, text: string, locale: string): string | undefined {
  const original = catalogue.get(key);
  if (original === undefined) return 'is no key of messages/en.json; the texts that can be reworded are listed there';
  const known = argumentNames(original);
  const unknown = argumentNames(text).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const takes = known.length === 0 ? 'none' : known.map((name) => `{${name}}`).join(', ');
    return `uses {${unknown.join('}, {')}}, which this text does not have; it has ${takes}`;
  }
  let fault: string | undefined;
  const translate = createTranslator({
    locale,
    messages: { text },
    onError: () => {
      fault = 'is no valid ICU message; look for a brace without its partner, or a plural without "other"';
    },
  });
  translate('text', Object.fromEntries(known.map((name) => [name, 1])));
  return fault;
}

/**
 * Finds the texts that can't be shown: keys that no catalogue has, arguments that the page does not fill in, and what is
 * no ICU message.
 * @returns a problem for each
 */
export function textProblems({ texts, clients }: Pick<PortalConfig, 'texts' | 'clients'>): Problem[] {
  const sets = [
    { path: ['texts'], texts },
    ...Object.entries(clients).map(([id, client]) => ({ path: ['clients', id, 'texts'], texts: client.texts })),
  ];
  return sets.flatMap((set) =>
    LOCALES.flatMap((locale) =>
      Object.entries(set.texts?.[locale] ?? {}).flatMap(([key, text]) => {
        const message = faultOf(key, text, locale);
        return message === undefined ? [] : [{ path: [...set.path, locale, key], message }];
      }),
    ),
  );
}
