import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { decideTheme, THEME } from './set-up-theme';
import { portalLocales, portalTexts } from './texts';

const FOLDER = join(import.meta.dirname, 'theme', THEME);
const KINDS = ['login', 'email'] as const;

const files = (readdirSync(FOLDER, { recursive: true }) as string[]).filter((name) =>
  statSync(join(FOLDER, name)).isFile(),
);
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

/** The lines of a properties file that is as plain as ours: no continuation, no escape. */
function words(kind: string, locale: string): Map<string, string> {
  const lines = read(`${kind}/messages/messages_${locale}.properties`).split('\n');
  return new Map(
    lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

const places = (text: string | undefined) => [...new Set(text?.match(/\{\d\}/g))].sort();

describe.each(KINDS)('the words of the %s theme', (kind) => {
  const english = words(kind, 'en');

  it('are there in every language of the portal and no other', () => {
    expect(readdirSync(join(FOLDER, kind, 'messages')).sort()).toEqual(
      portalLocales.map((locale) => `messages_${locale}.properties`).sort(),
    );
  });

  it.each(portalLocales)('are all there in %s, with the same places to fill in', (locale) => {
    const own = words(kind, locale);
    expect([...own.keys()]).toEqual([...english.keys()]);
    expect(own.get('vestibuleLanguage')).toBe(locale);
    for (const [key, text] of own) {
      expect(text.trim(), key).not.toBe('');
      expect(places(text), key).toEqual(places(english.get(key)));
      // MessageFormat takes an apostrophe for a quote, and properties a backslash for an escape.
      expect(text.replaceAll(/\{\d\}/g, ''), key).not.toMatch(/['{}\\]/);
    }
  });

  it.each(portalLocales)('are those of the realm texts in %s, where both have them', (locale) => {
    const texts = new Map(Object.entries(portalTexts[locale]?.texts ?? {}));
    const shared = [...words(kind, locale)].filter(([key]) => texts.has(key));
    expect(shared.length).toBeGreaterThan(0);
    expect(shared).toEqual(shared.map(([key]) => [key, texts.get(key)]));
  });

  it('are those that the templates use', () => {
    const templates = files.filter((name) => name.startsWith(kind) && name.endsWith('.ftl')).map(read);
    const used = templates.flatMap((text) =>
      [...text.matchAll(/msg\("(vestibule\w+)"/g)].map(([, key]) => String(key)),
    );
    // error.ftl puts its keys together: vestibule + fault + Title or Lead.
    const faults = templates.flatMap((text) =>
      [...text.matchAll(/^ +"\w+": "(\w+)"/gm)].flatMap(([, fault]) => [
        `vestibule${fault}Title`,
        `vestibule${fault}Lead`,
      ]),
    );
    const own = [...english.keys()].filter((key) => key.startsWith('vestibule'));
    expect([...new Set([...used, ...faults])].sort()).toEqual(own.sort());
  });
});

describe('the templates', () => {
  const templates = files.filter((name) => name.endsWith('.ftl'));

  it('say nothing that a person can choose, so that nobody’s name is a message', () => {
    // The name of a page.
    const words = (name: string) => read(name).replaceAll('"login-username"', '');
    expect(templates.filter((name) => /\buser\b|firstName|lastName|username/i.test(words(name)))).toEqual([]);
  });

  it('switch the escaping off for Keycloak’s sanitized words alone', () => {
    for (const name of templates) {
      expect(read(name).replaceAll(/\$\{kcSanitize\([^\n]*\)\?no_esc\}/g, ''), name).not.toContain('no_esc');
    }
  });
});

describe('the jar', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-jar-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function pack(name: string): Buffer {
    const file = join(folder, name);
    const run = spawnSync(process.execPath, [join(import.meta.dirname, 'theme-jar.mjs'), file]);
    expect(run.status).toBe(0);
    return readFileSync(file);
  }

  /** Follows the central directory (APPNOTE.TXT 4.3.12), as Java does. */
  function unpack(jar: Buffer): Map<string, Buffer> {
    const end = jar.lastIndexOf('PK\x05\x06');
    const found = new Map<string, Buffer>();
    let at = jar.readUInt32LE(end + 16);
    for (let left = jar.readUInt16LE(end + 10); left > 0; left -= 1) {
      expect(jar.toString('latin1', at, at + 4)).toBe('PK\x01\x02');
      const nameLength = jar.readUInt16LE(at + 28);
      const name = jar.toString('utf8', at + 46, at + 46 + nameLength);
      const local = jar.readUInt32LE(at + 42);
      expect(jar.toString('utf8', local + 30, local + 30 + nameLength)).toBe(name);
      const data = jar.subarray(local + 30 + nameLength, local + 30 + nameLength + jar.readUInt32LE(at + 24));
      expect(jar.readUInt32LE(at + 16), name).toBe(crc32(data));
      found.set(name, data);
      at += 46 + nameLength;
    }
    expect(at).toBe(end);
    return found;
  }

  it('holds the folder, and what Keycloak reads to find it', () => {
    const held = unpack(pack('one.jar'));
    const index = String(held.get('META-INF/keycloak-themes.json'));
    expect(JSON.parse(index)).toEqual({ themes: [{ name: THEME, types: KINDS }] });
    held.delete('META-INF/keycloak-themes.json');
    expect([...held.keys()].sort()).toEqual(files.map((name) => `theme/${THEME}/${name}`).sort());
    for (const name of files) {
      expect(held.get(`theme/${THEME}/${name}`)?.equals(readFileSync(join(FOLDER, name))), name).toBe(true);
    }
  });

  it('is the same to the byte, however often it is packed', () => {
    expect(pack('one.jar').equals(pack('other.jar'))).toBe(true);
  });
});

describe('where the theme is used', () => {
  const installed = { login: true, email: true };

  it('where it is installed and nobody chose another, for the portal’s own pages alone', () => {
    const ours = { clientLogin: THEME, realmEmail: THEME, notes: [] };
    expect(decideTheme({ installed })).toEqual(ours);
    expect(decideTheme({ installed, realmLogin: '', realmEmail: '' })).toEqual(ours);
    expect(decideTheme({ installed, clientLogin: THEME, realmEmail: THEME })).toEqual(ours);
  });

  it('never in place of the operator’s own, of the realm or of the client; a note says so', () => {
    for (const facts of [{ realmLogin: 'acme' }, { clientLogin: 'acme' }, { realmLogin: THEME, clientLogin: 'acme' }]) {
      const { clientLogin, notes } = decideTheme({ installed, ...facts });
      expect(clientLogin).toBeUndefined();
      expect(notes).toEqual([expect.stringMatching(/kept the login theme acme/)]);
    }
    const { realmEmail, clientLogin, notes } = decideTheme({ installed, realmEmail: 'acme' });
    expect(realmEmail).toBeUndefined();
    expect(clientLogin).toBe(THEME);
    expect(notes).toEqual([expect.stringMatching(/kept the email theme acme/)]);
  });

  it('not where it isn’t installed; chosen all the same, it is missed', () => {
    const none = { login: false, email: false };
    expect(decideTheme({ installed: none, realmLogin: 'acme' })).toEqual({ notes: [] });
    const { notes, ...rest } = decideTheme({ installed: none, clientLogin: THEME, realmEmail: THEME });
    expect(rest).toEqual({});
    expect(notes).toHaveLength(2);
  });
});
