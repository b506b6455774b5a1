/** What a visitor may have meant with a mistyped address. Pure and small: the browser loads it once an address was typed. */

/** The endings under which a provider gives out addresses. */
const ENDINGS = {
  gmail: ['com'],
  googlemail: ['com'],
  hotmail: [
    'com',
    'co.uk',
    'fr',
    'de',
    'es',
    'it',
    'nl',
    'be',
    'se',
    'no',
    'dk',
    'ch',
    'gr',
    'com.br',
    'com.ar',
    'com.tr',
  ],
  outlook: [
    'com',
    'de',
    'fr',
    'es',
    'it',
    'pt',
    'dk',
    'ie',
    'at',
    'be',
    'sa',
    'com.br',
    'com.tr',
    'com.au',
    'co.id',
    'jp',
  ],
  yahoo: [
    'com',
    'co.uk',
    'fr',
    'de',
    'es',
    'it',
    'ca',
    'in',
    'gr',
    'ie',
    'se',
    'no',
    'com.br',
    'com.ar',
    'com.mx',
    'com.au',
  ],
  icloud: ['com'],
  protonmail: ['com', 'ch'],
  't-online': ['de'],
  freenet: ['de'],
  comcast: ['net'],
  yandex: ['ru', 'com', 'by', 'kz', 'com.tr'],
  laposte: ['net'],
  wanadoo: ['fr'],
} as const satisfies Record<string, readonly string[]>;

/** Others of note. Their names are short or words, so that what is only alike may well be another's. */
const OTHERS = `
  aol.com att.net bluewin.ch bk.ru btinternet.com cox.net duck.com email.com fastmail.com fmail.com free.fr
  gmx.at gmx.ch gmx.com gmx.de gmx.fr gmx.net gmx.org hey.com inbox.ru kpnmail.nl libero.it list.ru live.be
  live.ca live.co.uk live.com live.de live.fr live.it live.nl mac.com mail.com mail.de mail.ru mailbox.org
  me.com msn.com naver.com orange.fr pm.me posteo.de proton.me qq.com rambler.ru rediffmail.com rocketmail.com
  sfr.fr sky.com tutanota.com tuta.com verizon.net virgilio.it web.de windowslive.com ymail.com ziggo.nl
  zoho.com 163.com 126.com
`
  .trim()
  .split(/\s+/);

/**
 * Mail domains that many people have and nobody may take for anything else: never mistyped, never disposable.
 */
export const WELL_KNOWN_DOMAINS: ReadonlySet<string> = new Set([
  ...Object.entries(ENDINGS).flatMap(([name, endings]) => endings.map((ending) => `${name}.${ending}`)),
  ...OTHERS,
]);

/** Endings that are no top-level domain (IANA root zone), and what they are slips of. */
const SLIPS: Readonly<Record<string, string>> = {
  con: 'com',
  cmo: 'com',
  ocm: 'com',
  vom: 'com',
  xom: 'com',
  cpm: 'com',
  cim: 'com',
  comm: 'com',
  coom: 'com',
  ccom: 'com',
  c0m: 'com',
  nte: 'net',
  ner: 'net',
  nett: 'net',
  ogr: 'org',
  orgg: 'org',
  ed: 'de',
  dee: 'de',
  rf: 'fr',
};

/** Real ones, under which these providers have nothing, though the hand slips to them from `com`. */
const BESIDE_COM = ['co', 'cm', 'om', 'com.com'];

/** How many letters were dropped, added, changed or swapped with their neighbour (optimal string alignment). */
function slipsBetween(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const at = (line: readonly number[], index: number) => line[index] ?? 0;
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[other.length] ?? 0;
}

/** A first letter is rarely mistyped, but may come second: `mail.com`, `fmail.com` and `ymail.com` are no `gmail.com`. */
const beginsAlike = (typed: string, name: string) =>
  typed[0] === name[0] || (typed[0] === name[1] && typed[1] === name[0]);

function isSlipOf(typed: string, name: string): boolean {
  return beginsAlike(typed, name) && slipsBetween(typed, name) <= (name.length < 8 ? 1 : 2);
}

/** A domain that was meant; undefined where what was typed may well be right. */
function suggestDomain(domain: string): string | undefined {
  if (WELL_KNOWN_DOMAINS.has(domain)) return undefined;
  const dot = domain.indexOf('.');
  const [name, ending] = dot < 0 ? [domain, ''] : [domain.slice(0, dot), domain.slice(dot + 1)];
  const last = ending.slice(ending.lastIndexOf('.') + 1);
  const slip = Object.hasOwn(SLIPS, last) ? SLIPS[last] : undefined;
  const mended = slip === undefined ? ending : ending.slice(0, ending.length - last.length) + slip;
  for (const [provider, endings] of Object.entries(ENDINGS)) {
    const [first] = endings;
    // Without a dot: the name alone, or one with its ending run into it.
    if (dot < 0 && (name === provider || name === `${provider}${first}`)) return `${provider}.${first}`;
    if (dot < 0 || !isSlipOf(name, provider)) continue;
    const meant = endings.find((one) => one === mended);
    if (meant !== undefined) return `${provider}.${meant}`;
    if (first === 'com' && BESIDE_COM.includes(ending)) return `${provider}.com`;
  }
  return mended === ending ? undefined : `${name}.${mended}`;
}

/**
 * The address that somebody may have meant: a slip in the domain of a well-known provider, or an ending that does not exist.
 * It is only ever offered. Nothing is offered for a domain that is known, or that is alike but may be anybody's (`gmx.de` and
 * `gmx.net`, `live.nl`, `ymail.com`).
 * @param email as it was typed
 * @returns the address with another domain, the part before the @ as it was typed; undefined where there is nothing to offer
 */
export function suggestEmail(email: string): string | undefined {
  const typed = email.trim();
  const at = typed.lastIndexOf('@');
  if (at < 1) return undefined;
  const meant = suggestDomain(typed.slice(at + 1).toLowerCase());
  return meant === undefined ? undefined : `${typed.slice(0, at + 1)}${meant}`;
}
