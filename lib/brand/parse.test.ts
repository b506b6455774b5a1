import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { configJsonSchema, SCHEMA_FILE } from './json-schema';
import { parseConfigText, parsePortalConfig } from './parse';

function problems(config: unknown): string[] {
  const result = parseConfigText(typeof config === 'string' ? config : JSON.stringify(config));
  return result.ok ? [] : result.problems;
}

/** A configuration with one thing wrong, the place that is named, and a piece of the mend. */
const WRONG: readonly [config: unknown, place: string, mend: string][] = [
  ['{"clients": {\n  "shop": {,}\n}}', 'is not valid JSON (line 2, column', ''],
  [{ colour: 1 }, '(top): does not know colour', 'it takes $schema, brand'],
  [{ clients: { shop: { nmae: 'x' } } }, 'clients.shop: does not know nmae', 'name'],
  [{ clients: [] }, 'clients: ', 'must be an object of client ids'],
  [{ brand: { colors: { light: { accent: 'teal' } } } }, 'brand.colors.light.accent: ', 'such as #0b5d66'],
  [{ brand: { corner: '1000px' } }, 'brand.corner: ', 'up to 24px'],
  [{ brand: { font: 'Comic Sans' } }, 'brand.font: ', 'one of system, humanist'],
  [{ brand: { logo: { light: 'javascript:alert(1)' } } }, 'brand.logo.light: ', 'an http(s) address'],
  [{ brand: { favicon: '//evil.example/icon' } }, 'brand.favicon: ', 'one slash'],
  [{ brand: { claim: { fr: 'Bonjour' } } }, 'brand.claim: does not know fr', 'en, de, ar'],
  [{ links: { help: { de: 'nirgends' } } }, 'links.help.de: ', 'an http(s) address'],
  [{ clients: { 'my shop': { links: { help: 7 } } } }, 'clients["my shop"].links.help: ', 'an http(s) address'],
  [{ passwordMode: 'later' }, 'passwordMode: ', 'after-verification, form or passkey'],
  [{ captcha: true }, 'captcha: ', 'hcaptcha, proof-of-work or none'],
  [{ captchaFromAttempt: 0 }, 'captchaFromAttempt: ', 'at least 1'],
  [{ extraActions: ['UPDATE_PASSWORD'] }, 'extraActions[0]: ', 'passwordMode'],
  [{ emailDomains: { deny: ['*.example.com'] } }, 'emailDomains.deny[0]: ', 'such as example.com'],
  [{ emailDomains: { deny: ['==example.com'] } }, 'emailDomains.deny[0]: ', '=example.com or .example.com'],
  [{ emailDomains: { allow: ['Example.com'] } }, 'emailDomains.allow[0]: ', 'lower-case'],
  [{ emailDomains: { allow: ['@example.com'] } }, 'emailDomains.allow[0]: ', 'or an address'],
  [{ disposableEmail: true }, 'disposableEmail: ', 'refuse or allow'],
  [{ passwordRules: { common: 'yes' } }, 'passwordRules.common: ', 'true or false'],
  [{ clients: { a: { origins: ['https://a.example/'] } } }, 'clients.a.origins[0]: ', 'exact origin'],
  [{ clients: { a: { origins: ['https://*.example'] } } }, 'clients.a.origins[0]: ', 'or *'],
  [{ clients: { a: { origins: ['*'] } } }, 'clients.a.origins[0]: ', 'exact origin'],
  [{ texts: { en: { 'signUp.titel': 'x' } } }, 'texts.en["signUp.titel"]: ', 'no key of messages/en.json'],
  [{ texts: { en: { 'signUp.title': 'Join {brand}' } } }, 'texts.en["signUp.title"]: ', 'uses {brand}'],
  [{ texts: { de: { 'signUp.titleFor': 'Bei {client' } } }, 'texts.de["signUp.titleFor"]: ', 'brace'],
  [{ terms: { version: 'a b', documents: { en: { url: '/t' } } } }, 'terms.version: ', 'letters, digits'],
  [{ terms: { version: '1', documents: {} } }, 'terms.documents: ', 'at least one language'],
  [
    { terms: { version: '1', documents: { en: { url: '/t', text: 'x' } } } },
    'terms.documents.en: ',
    'either url or text',
  ],
  [{ terms: true }, 'terms: ', 'false where there are none'],
  [{ marketing: { version: '1', text: { en: '' } } }, 'marketing.text.en: ', 'not be empty'],
];

it.each(WRONG)('%j is refused, with its place and the mend', (config, place, mend) => {
  const found = problems(config);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(`PORTAL_CONFIG ${place}`);
  expect(found[0]).toContain(mend);
});

it('names all problems at once', () => {
  expect(problems({ captcha: 1, clients: { shop: { origins: ['x'], passwordMode: 'no' } } })).toHaveLength(3);
});

it('lets a text be reworded with the arguments that it has', () => {
  expect(
    problems({ texts: { ar: { 'signUp.titleFor': 'انضم إلى {client}' }, en: { 'signUp.title': 'Join' } } }),
  ).toEqual([]);
});

it('asks for the keys of a CAPTCHA that a client wants', () => {
  const text = JSON.stringify({ clients: { shop: { captcha: 'hcaptcha' }, api: { captcha: 'none' } } });
  const result = parseConfigText(text, { hasCaptchaKeys: false, canCompute: true });
  expect(result).toEqual({
    ok: false,
    problems: [
      'PORTAL_CONFIG clients.shop.captcha: needs HCAPTCHA_SITE_KEY and HCAPTCHA_SECRET: set them, or say none',
    ],
  });
  expect(parseConfigText(text, { hasCaptchaKeys: true, canCompute: true }).ok).toBe(true);
});

it('asks for https where a client wants the proof of work', () => {
  const text = JSON.stringify({ captcha: 'proof-of-work', clients: { shop: { captchaFromAttempt: 3 } } });
  expect(parseConfigText(text, { hasCaptchaKeys: false, canCompute: false })).toEqual({
    ok: false,
    problems: ['PORTAL_CONFIG captcha: needs a PORTAL_URL that is https: browsers compute on no other page'],
  });
  expect(parseConfigText(text, { hasCaptchaKeys: false, canCompute: true }).ok).toBe(true);
});

it('takes the JSON itself, or the path of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  const file = join(folder, 'portal.json');
  writeFileSync(file, '{"brand":{"name":"Mine"}}');
  for (const source of [file, ' {"brand":{"name":"Mine"}}'])
    expect(parsePortalConfig(source)).toMatchObject({ ok: true, config: { brand: { name: 'Mine' } } });
  rmSync(folder, { recursive: true });
  expect(parsePortalConfig(file)).toMatchObject({
    problems: [`PORTAL_CONFIG names a file that can't be read: ${file}`],
  });
});

it('has its JSON Schema written down as it is (else: npm run config:schema)', () => {
  expect(readFileSync(new URL(`../../${SCHEMA_FILE}`, import.meta.url), 'utf8')).toBe(configJsonSchema());
});
